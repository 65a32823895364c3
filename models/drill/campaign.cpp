#include "models/drill/campaign.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "models/drill/draws.h"
#include "models/drill/shrink.h"
#include "sim/contract.h"
#include "sim/execution/blocks.h"

namespace models::drill {
namespace {

Schedule schedule_of(const Subject& subject, const DrillOptions& options, std::uint64_t mission) {
  const Extent extent{static_cast<std::uint32_t>(options.setting.objects),
                      static_cast<std::uint16_t>(subject.code.shape().total())};
  if (options.schedule) return read_schedule(*options.schedule, extent).schedule.value();
  const std::vector<StepKind> kinds =
      options.faults.empty() ? read_faults("all").kinds : options.faults;
  sim::Stream stream = stream_for(options.setting.seed, mission, faults);
  return draw_schedule(kinds, options.steps, extent, stream);
}

/// Missions in a row, as one thread plays them.
struct Block {
  StrategyDrill sum;
  std::optional<std::uint64_t> failed;  ///< the first
  void merge(const Block& other) {
    if (!failed) failed = other.failed;
    sum.add(other.sum);
  }
};

Failure look_into(const Subject& subject, const DrillOptions& options, std::uint64_t mission,
                  const MakeMedium& make_medium) {
  Failure failure{mission, schedule_of(subject, options, mission), {}, {}};
  // In memory if it fails there too: a shrink plays hundreds of missions.
  const bool in_memory = !play(subject, options.setting, mission, failure.schedule).passed();
  const MakeMedium medium = in_memory ? MakeMedium{} : make_medium;
  const auto run = [&](const Schedule& schedule) {
    return play(subject, options.setting, mission, schedule, medium);
  };
  const auto fails = [&](const Schedule& schedule) {
    return !options.stop.stop_requested() && !run(schedule).passed();
  };
  failure.shrunk = fails(failure.schedule) ? shrink(failure.schedule, fails) : failure.schedule;
  failure.violations = run(failure.shrunk).violations;
  return failure;
}

}  // namespace

StrategyResult campaign(const Subject& subject, const DrillOptions& options,
                        const MakeMedium& make_medium) {
  EXPECTS(options.missions >= 1);
  sim::BlockPlan plan;
  plan.first = options.first_mission;
  plan.end = options.first_mission + options.missions;
  plan.block_size = 16;
  plan.threads = options.missions == 1 || make_medium ? 1 : options.threads;
  sim::BlockHooks<Block> hooks;
  hooks.stop = options.stop;
  hooks.satisfied = [](const Block& fold, std::uint64_t) { return fold.failed.has_value(); };
  const auto start = std::chrono::steady_clock::now();
  struct Nothing {};
  const auto play_one = [&](std::uint64_t mission, Nothing&, Block& block) {
    if (block.failed) return;
    const StrategyDrill one = play(subject, options.setting, mission,
                                   schedule_of(subject, options, mission), make_medium);
    if (!one.passed()) block.failed = mission;
    block.sum.add(one);
  };
  const Block all = sim::run_blocks(
                        plan, Block{}, [] { return Nothing{}; }, play_one, hooks)
                        .accumulator;
  StrategyResult result;
  result.drill = all.sum;
  result.drill.code = subject.code.name();
  result.drill.objects = options.setting.objects;
  if (all.failed) result.failure = look_into(subject, options, *all.failed, make_medium);
  result.drill.wall_s =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace models::drill
