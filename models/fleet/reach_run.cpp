#include "models/fleet/reach_run.h"

#include <algorithm>

#include "models/fleet/reach_mission.h"
#include "sim/estimators/balance.h"
#include "sim/estimators/publish.h"
#include "sim/estimators/rare_estimator.h"
#include "sim/estimators/stages.h"
#include "sim/execution/blocks.h"

namespace models::fleet {

namespace {

/// Virtual events of a replicate: the natural path costs as much as some dozens of them.
constexpr double starts = 32.0;
constexpr std::uint64_t block_size = 64;
constexpr std::uint64_t least = 6 * block_size;
constexpr std::uint64_t most = 64 * block_size;

}  // namespace

ReachRun estimate_time_out_of_reach(const std::shared_ptr<const Fleet>& fleet,
                                    const RareRunOptions& options) {
  ReachMission model(fleet, options.seed);
  sim::RareOptions settings;
  settings.mission = fleet->mission();
  settings = sim::balanced(model, settings, starts);
  using Estimator = sim::RareEstimator<ReachMission>;
  const auto make = [&] {
    return std::make_unique<Estimator>(model, sim::Method::exposure, settings, options.seed);
  };
  const sim::RareTally empty = make()->empty_tally(fleet->mission());
  sim::RarePrecision precision;
  precision.relative = precision_of(options);
  precision.least_replicates = 0;
  sim::BlockPlan plan = plan_of(options, block_size, most);
  sim::Stages stages(least, most);
  sim::BlockHooks<sim::RareTally> hooks;
  hooks.stop = options.stop;
  hooks.out_of_time = options.out_of_time;
  if (options.progress) {
    hooks.progress = [&](const sim::RareTally&, std::uint64_t done) {
      options.progress(done, plan.end - plan.first);
    };
  }
  std::optional<sim::BlocksResult<sim::RareTally>> kept;
  for (;;) {
    if (!options.replicates) plan.first = stages.first(), plan.end = stages.end();
    auto blocks = sim::run_blocks(
        plan, empty, make,
        [](std::uint64_t replicate, std::unique_ptr<Estimator>& estimator, sim::RareTally& tally) {
          estimator->play(replicate, tally);
        },
        hooks);
    const sim::Ended ended = blocks.ended;
    if (!kept || blocks.replicates() > kept->replicates()) kept = std::move(blocks);
    kept->ended = ended;
    const bool whole = ended == sim::Ended::all_played;
    if (options.replicates || !whole || stages.finish(kept->accumulator, precision)) break;
  }
  return {std::move(kept->accumulator), fleet->names_of(fleet->all_families()),
          kept->ended == sim::Ended::cancelled};
}

}  // namespace models::fleet
