#include "models/lifecycle/incident.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace models::lifecycle {
namespace {

using scenario::IncidentKind;
using scenario::IncidentOf;
using scenario::StoredCopy;
using scenario::Versions;

/// A place lies in what its beginning names.
bool lies_in(const std::string& place, const std::string& region) {
  return place.starts_with(region) &&
         (place.size() == region.size() || place[region.size()] == '/');
}

Seconds how_far_back(const StoredCopy& copy, const CopySet& set, bool first) {
  if (copy.versions_for.value > 0 || !first || !set.snapshots) return copy.versions_for;
  Seconds back = set.snapshots->every * set.snapshots->most;
  if (!set.snapshots->keep.empty()) {
    Seconds longest;
    for (const policy::KeepRule& keep : set.snapshots->keep)
      longest = std::max(longest, keep.keep_for);
    back = std::min(back, longest);
  }
  return back;
}

/// Age, at `t`, of the newest state that this copy gives back; empty if it has none.
std::optional<Seconds> state_age(const IncidentOf& incident, const StoredCopy& copy,
                                 const CopySet& set, Seconds t, const IncidentDraws& draws) {
  const bool first = &copy == set.copies.data();
  const Seconds behind = copy.over_line && !first && set.course != nullptr ? set.course->lag_at(t)
                         : first                                           ? Seconds{}
                                                                           : copy.behind;
  if (incident.kind == IncidentKind::place) {
    if (lies_in(copy.place, incident.place)) return std::nullopt;
    return behind;
  }
  // What was deleted is deleted in every copy that follows; older states have to reach back.
  const bool kept =
      copy.versions == Versions::immutable ||
      (copy.versions == Versions::snapshots && incident.kind == IncidentKind::deletion);
  if (!kept || how_far_back(copy, set, first) < draws.found_after) return std::nullopt;
  if (first && set.course != nullptr) return t - set.course->last_snapshot(t);
  if (first && set.snapshots) return Seconds{std::fmod(t.value, set.snapshots->every.value)};
  return behind;
}

/// Time to bring `bytes` of the data back from a copy.
Seconds restore_time(const StoredCopy& copy, const CopySet& set, Bytes bytes) {
  if (!(copy.restore.value > 0)) return {};  // it is used where it stands
  if (!set.intake) return bytes / copy.restore;
  const double objects = bytes / set.object;
  return std::max(bytes / std::min(copy.restore, set.intake->rate),
                  Seconds{objects / set.intake->operations.value});
}

}  // namespace

Aftermath aftermath(const IncidentOf& incident, const CopySet& set, Seconds t,
                    const IncidentDraws& draws) {
  Aftermath result;
  if (incident.kind == IncidentKind::place) {
    const bool struck = lies_in(set.copies.front().place, incident.place);
    // What is not destroyed comes back with the place.
    if (!struck || draws.destroys >= incident.destroys) {
      result.first_back = result.all_back =
          struck ? draws.found_after + draws.ready_after : Seconds{};
      result.from = set.copies.front().name;
      return result;
    }
  }
  result.lost = true;
  for (const StoredCopy& copy : set.copies) {
    if (!set.off_site && copy.place != set.copies.front().place) continue;
    const auto age = state_age(incident, copy, set, t, draws);
    if (!age) continue;
    const Seconds begin =
        draws.found_after + draws.ready_after + copy.delay.time_at_hazard(draws.delay_hazard);
    const Seconds first = begin + restore_time(copy, set, set.object);
    const Seconds all = begin + restore_time(copy, set, set.data);
    if (!result.lost && std::tuple(result.rolled_back, result.all_back) <= std::tuple(*age, all)) {
      continue;
    }
    result = {false, *age, first, all, copy.name};
  }
  return result;
}

IncidentFigures draw_incidents(const IncidentOf& incident, const scenario::Lifecycle& all,
                               Bytes data, Bytes object, Seconds horizon, bool off_site,
                               std::uint64_t seed, std::uint64_t draws,
                               const std::function<bool()>& over) {
  IncidentFigures figures;
  figures.name = incident.name;
  figures.per_year = sim::per_year({1 / incident.between.mean().value}).value;
  const bool over_line = all.line && all.writes && all.snapshots;
  std::map<std::string, std::uint64_t> sources;
  constexpr std::uint64_t per_course = 32;
  std::optional<CopyCourse> course;
  for (std::uint64_t i = 0; i < draws; ++i) {
    if (i % per_course == 0 && over && over()) break;
    if (over_line && i % per_course == 0) {
      course.emplace(CopyOverLine{*all.writes, *all.line, *all.snapshots, horizon}, seed,
                     i / per_course);
    }
    sim::Stream stream(seed, sim::Purpose::policy, {i, 0x696e6369, 0, 0});
    const Seconds t = horizon * stream.uniform();
    const IncidentDraws drawn{.destroys = stream.uniform(),
                              .found_after = incident.found_after.sample(stream),
                              .ready_after = incident.ready_after.sample(stream),
                              .delay_hazard = stream.exponential()};
    const CopySet set{.copies = all.copies,
                      .data = data,
                      .object = object,
                      .snapshots = all.snapshots,
                      .course = course ? &*course : nullptr,
                      .intake = all.intake,
                      .off_site = off_site};
    const Aftermath after = aftermath(incident, set, t, drawn);
    ++figures.drawn;
    if (after.lost) {
      ++figures.lost;
      continue;
    }
    ++sources[after.from];
    figures.rolled_back_s.add(after.rolled_back.value);
    figures.first_back_s.add(after.first_back.value);
    figures.all_back_s.add(after.all_back.value);
  }
  const auto most =
      std::ranges::max_element(sources, {}, [](const auto& entry) { return entry.second; });
  if (most != sources.end()) figures.from = most->first;
  return figures;
}

ThreeTwoOne count_copies(std::span<const StoredCopy> copies) {
  ThreeTwoOne count;
  std::set<std::string> media;
  for (const StoredCopy& copy : copies) {
    media.insert(copy.medium);
    if (copy.place != copies.front().place) ++count.off_site;
    if (copy.versions == Versions::immutable) ++count.immutable;
  }
  count.copies = copies.size();
  count.media = media.size();
  return count;
}

}  // namespace models::lifecycle
