#include "models/paths/incidents.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "models/paths/service_mission.h"
#include "sim/quantile.h"

namespace models::paths {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();
/// What is not over by then is not over by itself: a decision.
constexpr Seconds watched = sim::days(60);

Spread spread_of(const sim::QuantileSketch& sketch) {
  if (sketch.count() == 0) return {};
  return {sketch.quantile(0.5), sketch.quantile(0.95), sketch.quantile(1)};
}

class Player {
 public:
  Player(const PathModel& model, const PathLaws& laws, const scenario::Paths& spec,
         const PathOptions& options)
      : model_(model), laws_(laws), spec_(spec), options_(options) {}

  std::vector<std::uint32_t> parts_of(PartKind kind) const {
    std::vector<std::uint32_t> parts;
    for (std::uint32_t p = 0; p < model_.parts().size(); ++p) {
      if (model_.parts()[p].kind == kind && !model_.parts()[p].vertices.empty()) parts.push_back(p);
    }
    return parts;
  }

  /// One part of `parts`, in turn; with `second`, another one `after` the first.
  Incident play(std::string kind, const std::vector<std::uint32_t>& parts,
                const std::vector<std::uint32_t>& second = {}, Seconds after = {}) const {
    Incident incident{.kind = std::move(kind)};
    sim::QuantileSketch rto;
    sim::QuantileSketch rpo;
    for (std::uint64_t i = 0; i < options_.incidents; ++i) {
      if (options_.stop.stop_requested()) {
        incident.kind.clear();  // a spread of a few would pass for that of all
        return incident;
      }
      const std::uint32_t part = parts[i % parts.size()];
      ServiceMission mission(model_, laws_, spec_, options_.seed, (i << 8U) + part,
                             ServiceMission::Failures::injected_only);
      mission.inject(part, Seconds{1});
      if (!second.empty()) mission.inject(second[i % second.size()], Seconds{1} + after);
      mission.play(watched);
      double longest = 0;
      for (const ServiceLog& log : mission.logs()) longest = std::max(longest, log.longest);
      rto.add(mission.all_served() ? longest : never);
      rpo.add(mission.split_seconds() + lost_with_host(part, i));
    }
    incident.rto = spread_of(rto);
    incident.rpo = spread_of(rpo);
    for (const std::uint32_t part : parts) {
      const auto& law = laws_[part];
      if (!law || !second.empty()) continue;
      incident.has_rate = true;
      incident.per_year += sim::year / (law->between.mean() + law->duration.mean());
    }
    return incident;
  }

 private:
  /// What ran there goes on elsewhere without what the host's own cache alone held.
  double lost_with_host(std::uint32_t part, std::uint64_t sample) const {
    if (model_.parts()[part].kind != PartKind::host) return 0;
    for (const Service& service : model_.services()) {
      if (std::ranges::find(service.hosts, part) == service.hosts.end()) continue;
      sim::Stream stream(options_.seed, sim::Purpose::policy, {sample, part, 0, 0});
      return spec_.services[service.spec].host_cache.value * stream.uniform();
    }
    return 0;
  }

  const PathModel& model_;
  const PathLaws& laws_;
  const scenario::Paths& spec_;
  const PathOptions& options_;
};

Incident logical_fault(const scenario::LogicalFaults& faults, const PathOptions& options) {
  Incident incident{
      .kind = "logical fault", .per_year = sim::year / faults.between.mean(), .has_rate = true};
  sim::QuantileSketch rto;
  sim::QuantileSketch rpo;
  const bool snapshots = faults.snapshots_every.value > 0;
  for (std::uint64_t i = 0; i < options.incidents; ++i) {
    sim::Stream stream(options.seed, sim::Purpose::policy, {i, 1U << 20U, 0, 0});
    const double found = faults.found.sample(stream).value;
    const double before = faults.snapshots_every.value * stream.uniform();
    rpo.add(snapshots ? found + before : never);
    rto.add(snapshots ? found + faults.restore.sample(stream).value : never);
  }
  incident.rto = spread_of(rto);
  incident.rpo = spread_of(rpo);
  incident.note = snapshots ? "back to the snapshot before the fault"
                            : "both arrays hold the fault, and there is no older state to go "
                              "back to";
  return incident;
}

/// Without those that were interrupted.
std::vector<Incident> finished(std::vector<Incident> incidents) {
  std::erase_if(incidents, [](const Incident& incident) { return incident.kind.empty(); });
  return incidents;
}

}  // namespace

std::vector<Incident> play_incidents(const PathModel& model, const PathLaws& laws,
                                     const scenario::Paths& spec, const PathOptions& options) {
  const Player player(model, laws, spec, options);
  std::vector<Incident> incidents;
  for (const PartKind kind :
       {PartKind::adapter, PartKind::fabric, PartKind::site_link, PartKind::enclosure,
        PartKind::controller, PartKind::head, PartKind::shelf, PartKind::software, PartKind::power,
        PartKind::host}) {
    const auto parts = player.parts_of(kind);
    if (parts.empty()) continue;
    if (options.stop.stop_requested()) return finished(std::move(incidents));
    if (kind == PartKind::enclosure) {
      // The engine that holds the charter, and any other.
      incidents.push_back(player.play("first engine", {model.engines().front()}));
      const std::vector<std::uint32_t> others(model.engines().begin() + 1, model.engines().end());
      if (!others.empty()) incidents.push_back(player.play("other engine", others));
    }
    if (kind == PartKind::host) {
      for (const Service& service : model.services()) {
        incidents.push_back(player.play(service.name + " host", service.hosts));
        if (spec.services[service.spec].host_cache.value > 0) {
          incidents.back().note = "its own cache held writes that were acknowledged";
        }
      }
      continue;
    }
    incidents.push_back(player.play(std::string(to_string(kind)), parts));
  }
  const auto heads = player.parts_of(PartKind::head);
  if (heads.size() == 2 && !options.stop.stop_requested()) {
    // A minute apart: the first is given up long before.
    incidents.push_back(player.play("array, the other away", {heads[0]}, {heads[1]}, sim::minute));
    incidents.back().note =
        "nothing is lost: the array that is not current is not used, whatever it takes";
  }
  if (spec.logical) incidents.push_back(logical_fault(*spec.logical, options));
  return finished(std::move(incidents));
}

}  // namespace models::paths
