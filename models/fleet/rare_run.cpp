#include "models/fleet/rare_run.h"

#include <algorithm>

#include "sim/estimators/balance.h"
#include "sim/estimators/pilot.h"
#include "sim/estimators/publish.h"
#include "sim/estimators/rare_estimator.h"
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
  if (choice.planned > 0) precision.least_replicates = std::min(choice.planned, most_by_default);
  const bool limited = !options.replicates && !options.precision && !options.out_of_time;
  sim::BlockHooks<Sums> hooks;
  hooks.stop = options.stop;
  if (!options.replicates) {
    hooks.satisfied = [&](const Sums& sums, std::uint64_t) {
      const bool spent = limited && static_cast<double>(sums.tally.work().total()) > options.work;
      return spent || sim::satisfies(sums.tally, precision);
    };
  }
  hooks.out_of_time = options.out_of_time;
  const bool demanded = options.precision || options.out_of_time;
  const sim::BlockPlan plan =
      plan_of(options, block_size, demanded ? most_on_demand : most_by_default);
  if (options.progress) {
    hooks.progress = [&](const Sums&, std::uint64_t done) {
      options.progress(done, std::min(plan.end - plan.first, precision.least_replicates));
    };
  }
  auto blocks = sim::run_blocks(
      plan, empty, make,
      [](std::uint64_t replicate, std::unique_ptr<Estimator>& estimator, Sums& sums) {
        const sim::RareSample& sample = estimator->play(replicate, sums.tally);
        sums.objects.push_back(sample.amounts[RareMission::objects]);
      },
      hooks);
  RareRun run{choice.method,
              std::move(blocks.accumulator.tally),
              std::move(blocks.accumulator.objects),
              {}};
  run.class_names = fleet->names_of(fleet->families());
  const sim::RareFigure figure{run.method, {}, run.class_names, {}};
  run.converged = run.tally.replicates() > 0 && sim::why_not_converged(run.tally, figure).empty();
  run.reached = run.tally.replicates() > 0 && sim::satisfies(run.tally, precision);
  run.cancelled = blocks.ended == sim::Ended::cancelled;
  return run;
}

}  // namespace models::fleet
