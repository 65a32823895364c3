#include "models/input/validate_lifecycle.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/scenario/lifecycle_values.h"

namespace models::scenario {
namespace {

void check_cold_files(const Scenario& scenario, const ColdFiles& files, FaultList& faults) {
  const std::string pointer = "/lifecycle/cold_files";
  for (const auto& [key, name] : {std::pair{"hot", files.hot}, std::pair{"cold", files.cold}}) {
    if (std::ranges::find(scenario.strategies, name, &Strategy::name) !=
        scenario.strategies.end()) {
      continue;
    }
    faults.error(fmt::format("{}/{}", pointer, key),
                 fmt::format("there is no strategy \"{}\"", name));
  }
  if (files.rule.reheat_from <= files.rule.accesses_at_most) {
    faults.error(pointer + "/reheat_from",
                 fmt::format("must be above accesses_at_most ({}), or files would move to and fro",
                             files.rule.accesses_at_most));
  }
  if (!scenario.lifecycle->coding_server) {
    faults.error(pointer, "needs a coding_server beside it: something has to encode");
  }
}

void check_metadata(const Lifecycle& lifecycle, FaultList& faults) {
  for (std::size_t i = 0; i < lifecycle.metadata.size(); ++i) {
    const MetadataStore& store = lifecycle.metadata[i];
    if (store.count != 2 || store.resync.value > 0) continue;
    faults.error(fmt::format("/lifecycle/metadata/{}/resync", i),
                 "is missing: how long until a lost one of two is whole again");
  }
}

void check_copies(const Lifecycle& lifecycle, FaultList& faults) {
  const bool has_line = lifecycle.line && lifecycle.writes && lifecycle.snapshots;
  for (std::size_t i = 0; i < lifecycle.copies.size(); ++i) {
    const StoredCopy& copy = lifecycle.copies[i];
    const std::string pointer = fmt::format("/lifecycle/copies/{}", i);
    if (i > 0 && copy.over_line && !has_line) {
      faults.error(pointer + "/behind",
                   "is missing: how far it trails behind; without it the copy goes over the line, "
                   "and that needs line, writes and snapshots");
    }
    const bool of_schedule = i == 0 && lifecycle.snapshots;
    if (copy.versions != Versions::none && !(copy.versions_for.value > 0) && !of_schedule) {
      faults.error(pointer + "/versions_for", "is missing: how far older states go back");
    }
  }
}

void check_incidents(const Lifecycle& lifecycle, FaultList& faults) {
  for (std::size_t i = 0; i < lifecycle.incidents.size(); ++i) {
    const IncidentOf& incident = lifecycle.incidents[i];
    const std::string pointer = fmt::format("/lifecycle/incidents/{}", i);
    if (lifecycle.copies.empty()) {
      faults.error(pointer, "strikes copies, and there are none: describe them in copies");
      return;
    }
    const bool struck = std::ranges::any_of(lifecycle.copies, [&](const StoredCopy& copy) {
      return copy.place.starts_with(incident.place);
    });
    if (incident.kind == IncidentKind::place && !struck) {
      faults.error(
          pointer + "/place",
          fmt::format("no copy stands in \"{}\": nothing would ever happen", incident.place));
    }
  }
}

}  // namespace

void check_lifecycle(const Scenario& scenario, FaultList& faults) {
  if (!scenario.lifecycle) return;
  const Lifecycle& lifecycle = *scenario.lifecycle;
  if (lifecycle.cold_files) check_cold_files(scenario, *lifecycle.cold_files, faults);
  check_metadata(lifecycle, faults);
  check_copies(lifecycle, faults);
  check_incidents(lifecycle, faults);
  if (lifecycle.writes && !(lifecycle.writes->from < lifecycle.writes->to)) {
    faults.error("/lifecycle/writes/to", "must be after 'from'");
  }
  if (lifecycle.line && (!lifecycle.writes || !lifecycle.snapshots)) {
    faults.error("/lifecycle/line",
                 "needs writes and snapshots beside it: they are what it carries");
  }
  if (lifecycle.classes && lifecycle.classes->classes.empty()) {
    faults.error("/lifecycle/classes/use", "needs at least one class");
  }
}

}  // namespace models::scenario
