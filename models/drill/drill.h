#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/drill/course.h"
#include "models/drill/step.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"
#include "models/units.h"

/// The storage code against real bytes: objects are stored through the code on a fleet, faults are
/// injected, the same RebuildPlanner that the simulator asks rebuilds, and every byte is compared.
namespace models::drill {

struct DrillOptions {
  Setting setting;
  std::uint64_t first_mission{0};
  std::uint64_t missions{1};            ///< schedules, each with faults and objects of its own
  int steps{50};                        ///< of a schedule, >= 0
  std::vector<StepKind> faults;         ///< empty: all
  std::optional<std::string> schedule;  ///< this one instead of a drawn one; one mission then
  std::vector<std::string> strategies;  ///< only these; empty: every one
  std::optional<std::filesystem::path> store;  ///< a folder for the bytes; empty: memory
  int threads{0};                              ///< missions at once; 0: as many as there are cores
  std::stop_token stop{};                      ///< no mission begins then; see also Setting::stop
};

/// The first mission that failed.
struct Failure {
  std::uint64_t mission{};
  Schedule schedule;
  Schedule shrunk;                      ///< still fails, and no step of it can be left out
  std::vector<std::string> violations;  ///< of the shrunk one
};

/// How long the rebuild of one TB takes, by what it is held up by.
struct RebuildPace {
  Seconds measured;   ///< by the code, on one core of this machine
  double cores{};     ///< machines of the fleet, each giving one core to rebuilds
  Seconds computed;   ///< measured / cores
  Seconds moved;      ///< by the simulated limits of disks, network and throttles
  std::string limit;  ///< the tightest of these, for people
  bool cpu_bound() const { return computed > moved; }
};

struct StrategyResult {
  StrategyDrill drill;
  std::optional<Failure> failure;
  std::optional<RebuildPace> pace;  ///< empty: nothing was rebuilt
};

struct DrillResult {
  std::vector<StrategyResult> strategies;  ///< with at least one mission
  bool interrupted{};
  bool passed() const;
};

/// Drills the chosen strategies on the scenario's own fleet; of the placement groups as many are
/// kept as there are objects. A disk holds what `usable_fill` leaves free, in proportion. Same
/// options, same result (but for the times). Errors: no such strategy, an option out of range, more
/// than 4 GiB in memory, a folder that is not empty. What the file system refuses is thrown.
scenario::Checked<DrillResult> drill(const scenario::Scenario& scenario,
                                     const DrillOptions& options);

}  // namespace models::drill
