#include "models/fleet/rare_run.h"

#include <algorithm>

#include "sim/estimators/balance.h"
#include "sim/estimators/pilot.h"
#include "sim/estimators/publish.h"
#include "sim/estimators/rare_estimator.h"
#include "sim/estimators/stages.h"
#include "sim/execution/blocks.h"

namespace models::fleet {

namespace {

constexpr std::uint64_t block_size = 16;  // a replicate may take a tenth of a second
constexpr std::uint64_t most_by_default = std::uint64_t{1} << 16;
constexpr std::uint64_t most_on_demand = std::uint64_t{1} << 24;

struct Sums {
  sim::RareTally tally;
  std::vector<double> objects;
  void merge(const Sums& later) {
    tally.merge(later.tally);
    objects.insert(objects.end(), later.objects.begin(), later.objects.end());
  }
};

/// To whole blocks.
std::uint64_t rounded_up(std::uint64_t replicates) {
  return (replicates + block_size - 1) / block_size * block_size;
}

}  // namespace

double precision_of(const RareRunOptions& options) {
  return options.precision.value_or(sim::PublishRule{}.half_width);
}

sim::BlockPlan plan_of(const RareRunOptions& options, std::uint64_t block_size,
                       std::uint64_t most) {
  sim::BlockPlan plan;
  plan.block_size = block_size;
  plan.threads = options.threads;
  plan.end = most;
  if (options.replicates) {
    plan.first = options.replicates->first;
    plan.end = options.replicates->second;
  }
  return plan;
}

sim::PilotChoice choose_estimator(const std::shared_ptr<const Fleet>& fleet,
                                  const RareRunOptions& options) {
  const RareMission model(fleet, options.seed);
  sim::RareOptions base;
  base.mission = model.fleet().mission();
  if (!options.method) {
    sim::PilotBudget budget;
    budget.replicates = 1024;
    budget.work = 750'000;
    budget.least = 16;
    budget.over = [&options] {
      return options.stop.stop_requested() || (options.out_of_time && options.out_of_time());
    };
    return sim::pilot(model, base, options.seed, precision_of(options), budget);
  }
  sim::PilotChoice choice;
  choice.method = *options.method;
  RareMission own = model;
  constexpr double starts = 16.0;
  choice.options = sim::balanced(own, base, starts);
  choice.planned = 0;
  return choice;
}

RareRun estimate_rare_loss(const std::shared_ptr<const Fleet>& fleet,
                           const RareRunOptions& options) {
  const RareMission model(fleet, options.seed);
  const double relative = precision_of(options);
  const sim::PilotChoice choice =
      options.choice ? *options.choice : choose_estimator(fleet, options);
  using Estimator = sim::RareEstimator<RareMission>;
  const Seconds mission = fleet->mission();
  const auto make = [&] {
    return std::make_unique<Estimator>(model, choice.method, choice.options, options.seed);
  };
  const Sums empty{make()->empty_tally(mission), {}};
  sim::RarePrecision precision;
  precision.relative = relative;
  precision.least_replicates = 0;
  const bool limited = !options.replicates && !options.precision && !options.out_of_time;
  sim::BlockHooks<Sums> hooks;
  hooks.stop = options.stop;
  double work = 0;  // of the stages before
  const auto spent = [&](const Sums& sums) {
    return limited && work + static_cast<double>(sums.tally.work().total()) > options.work;
  };
  hooks.satisfied = [&](const Sums& sums, std::uint64_t) { return spent(sums); };
  hooks.out_of_time = options.out_of_time;
  const bool demanded = options.precision || options.out_of_time;
  const std::uint64_t most = demanded ? most_on_demand : most_by_default;
  sim::BlockPlan plan = plan_of(options, block_size, most);
  const std::uint64_t planned = std::max(choice.planned, sim::least_planned);
  sim::Stages stages(options.replicates ? most : rounded_up(planned), most);
  if (options.progress) {
    hooks.progress = [&](const Sums&, std::uint64_t done) {
      options.progress(done, plan.end - plan.first);
    };
  }
  std::optional<sim::BlocksResult<Sums>> kept;
  for (;;) {
    if (!options.replicates) plan.first = stages.first(), plan.end = stages.end();
    auto blocks = sim::run_blocks(
        plan, empty, make,
        [](std::uint64_t replicate, std::unique_ptr<Estimator>& estimator, Sums& sums) {
          const sim::RareSample& sample = estimator->play(replicate, sums.tally);
          sums.objects.push_back(sample.amounts[RareMission::objects]);
        },
        hooks);
    const bool whole = blocks.ended == sim::Ended::all_played;
    const sim::Ended ended = blocks.ended;
    work += static_cast<double>(blocks.accumulator.tally.work().total());
    // Of a stage that was cut off and the one before it, the longer: no figure has a part in that.
    if (!kept || blocks.replicates() > kept->replicates()) kept = std::move(blocks);
    kept->ended = ended;
    if (options.replicates || !whole || stages.finish(kept->accumulator.tally, precision)) break;
  }
  RareRun run{
      choice.method, std::move(kept->accumulator.tally), std::move(kept->accumulator.objects), {}};
  run.first = kept->first;
  run.class_names = fleet->names_of(fleet->families());
  const sim::RareFigure figure{run.method, {}, run.class_names, {}};
  run.converged = run.tally.replicates() > 0 && sim::why_not_converged(run.tally, figure).empty();
  run.reached = run.tally.replicates() > 0 && sim::satisfies(run.tally, precision);
  run.cancelled = kept->ended == sim::Ended::cancelled;
  return run;
}

}  // namespace models::fleet
