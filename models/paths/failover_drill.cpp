#include "models/paths/failover_drill.h"

#include <algorithm>

#include "models/paths/path_model.h"

namespace models::paths {
namespace {

drill::MirrorDrillResult drill_one(const scenario::Paths& paths, const FailoverDrill& what,
                                   const FailoverDrillOptions& options) {
  const auto arbitration =
      paths.third_place ? gateway::Arbitration::third_place : gateway::Arbitration::none;
  const gateway::FailoverController controller(arbitration, (gateway::LegSet{1} << what.legs) - 1,
                                               Seconds{1});
  return drill::drill_mirror(drill::policy_of(controller), {.seed = options.seed,
                                                            .first_mission = options.first_mission,
                                                            .missions = options.missions,
                                                            .steps = options.steps,
                                                            .schedule = options.schedule,
                                                            .engines = what.engines,
                                                            .legs = what.legs,
                                                            .stop = options.stop});
}

}  // namespace

std::vector<FailoverDrill> drill_failover(const scenario::Scenario& scenario,
                                          const FailoverDrillOptions& options) {
  std::vector<FailoverDrill> drills;
  for (const scenario::Strategy& strategy : scenario.strategies) {
    if (!options.strategies.empty() &&
        std::ranges::find(options.strategies, strategy.name) == options.strategies.end()) {
      continue;
    }
    const PathModel model(scenario, strategy);
    const auto engines = std::max(1U, static_cast<std::uint32_t>(model.engines().size()));
    const auto legs = static_cast<std::uint32_t>(model.legs().size());
    auto like = std::ranges::find_if(drills, [&](const FailoverDrill& each) {
      return each.engines == engines && each.legs == legs;
    });
    if (like == drills.end()) like = drills.insert(drills.end(), {{}, engines, legs, {}});
    like->strategies.push_back(strategy.name);
  }
  for (FailoverDrill& each : drills) each.result = drill_one(*scenario.paths, each, options);
  std::erase_if(drills, [](const FailoverDrill& each) { return each.result.missions == 0; });
  return drills;
}

}  // namespace models::paths
