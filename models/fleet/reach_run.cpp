#include "models/fleet/reach_run.h"

#include <optional>
#include <utility>

#include "models/fleet/block_store.h"
#include "models/fleet/reach_mission.h"
#include "sim/estimators/balance.h"
#include "sim/estimators/play_stages.h"
#include "sim/estimators/publish.h"
#include "sim/estimators/rare_estimator.h"
#include "sim/execution/limit.h"

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
  settings = sim::balanced(model, settings, starts, options.over());
  using Estimator = sim::RareEstimator<ReachMission>;
  const auto make = [&] {
    return std::make_unique<Estimator>(model, sim::Method::exposure, settings, options.seed,
                                       sim::Limit{options.over()});
  };
  sim::RarePrecision precision;
  precision.relative = precision_of(options);
  precision.least_replicates = 0;
  std::optional<sim::Stages> stages;
  if (!options.replicates) stages.emplace(least, most);
  sim::BlockHooks<sim::RareTally> hooks;
  hooks.stop = options.stop;
  hooks.out_of_time = options.out_of_time;
  const sim::RareTally empty = make()->empty_tally(fleet->mission());
  remember(options.blocks, stage_name(options.stage, sim::Method::exposure, settings), empty,
           hooks);
  auto played = sim::play_stages(
      plan_of(options, block_size, most), stages, precision, empty, make,
      [](std::uint64_t replicate, std::unique_ptr<Estimator>& estimator, sim::RareTally& tally) {
        return estimator->play(replicate, tally);
      },
      [](const sim::RareTally& tally) -> const sim::RareTally& { return tally; }, hooks,
      options.progress);
  return {std::move(played.accumulator), fleet->names_of(fleet->all_families()), played.first,
          played.ended};
}

}  // namespace models::fleet
