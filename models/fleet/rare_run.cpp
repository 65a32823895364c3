#include "models/fleet/rare_run.h"

#include <algorithm>
#include <string_view>

#include "models/fleet/block_store.h"
#include "sim/estimators/balance.h"
#include "sim/estimators/pilot.h"
#include "sim/estimators/play_stages.h"
#include "sim/estimators/publish.h"
#include "sim/estimators/rare_estimator.h"
#include "sim/execution/limit.h"

namespace models::fleet {

namespace {

constexpr std::uint64_t block_size = 16;  // a replicate may take a tenth of a second
constexpr std::uint64_t most_by_default = std::uint64_t{1} << 16;
constexpr std::uint64_t most_on_demand = std::uint64_t{1} << 24;

constexpr std::string_view cut_pilot = "the pilot had no time";

struct Sums {
  sim::RareTally tally;
  std::vector<double> objects;
  template <class Archive>
  void show(Archive& archive) {
    archive(tally, objects);
  }
  bool fits(const Sums& read) const {
    return tally.fits(read.tally) && read.objects.size() == read.tally.replicates();
  }
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

namespace {

/// The method as it is where it was asked for.
sim::PilotChoice settings_of(const RareMission& model, sim::Method method,
                             const sim::RareOptions& base, const std::function<bool()>& over) {
  constexpr double starts = 16.0;
  RareMission own = model;
  sim::PilotChoice choice;
  choice.method = method;
  choice.options = sim::balanced(own, base, starts, over);
  return choice;
}

}  // namespace

std::optional<sim::PilotChoice> choose_estimator(const std::shared_ptr<const Fleet>& fleet,
                                                 const RareRunOptions& options) {
  const RareMission model(fleet, options.seed);
  sim::RareOptions base;
  base.mission = model.fleet().mission();
  const auto stopped = [&options] { return options.stop.stop_requested(); };
  std::optional<sim::PilotChoice> choice;
  if (!options.method) {
    sim::PilotBudget budget;
    budget.replicates = 1024;
    budget.work = 750'000;
    budget.least = 16;
    budget.over = options.over();
    choice = sim::pilot(model, base, options.seed, precision_of(options), budget);
    // What a pilot cut short would choose depends on the clock, and nobody could ask for it.
    if (budget.over()) choice.reset();
  }
  if (!choice) {
    choice = settings_of(model, options.method.value_or(sim::Method::exposure), base, stopped);
    choice->why = options.method ? "asked for" : cut_pilot;
  }
  return stopped() ? std::nullopt : choice;
}

RareRun estimate_rare_loss(const std::shared_ptr<const Fleet>& fleet,
                           const RareRunOptions& options) {
  const RareMission model(fleet, options.seed);
  const Seconds mission = fleet->mission();
  const std::optional<sim::PilotChoice> choice =
      options.choice ? options.choice : choose_estimator(fleet, options);
  if (!choice) {
    const sim::RareTally none{mission, model.payoffs(), model.event_classes()};
    RareRun run{options.method.value_or(sim::Method::exposure), none, {}, {}};
    run.ended = options.stop.stop_requested() ? sim::Ended::cancelled : sim::Ended::out_of_time;
    return run;
  }
  using Estimator = sim::RareEstimator<RareMission>;
  const auto make = [&] {
    return std::make_unique<Estimator>(model, choice->method, choice->options, options.seed,
                                       sim::Limit{options.over()});
  };
  sim::RarePrecision precision;
  precision.relative = precision_of(options);
  precision.least_replicates = 0;
  const bool limited = !options.replicates && !options.precision && !options.out_of_time;
  double work = 0;  // of all stages
  sim::BlockHooks<Sums> hooks;
  hooks.stop = options.stop;
  hooks.out_of_time = options.out_of_time;
  hooks.folded = [&work](const Sums& block, std::uint64_t) {
    work += static_cast<double>(block.tally.work().total());
  };
  hooks.satisfied = [&](const Sums&, std::uint64_t) { return limited && work > options.work; };
  const Sums empty{make()->empty_tally(mission), {}};
  remember(options.blocks, stage_name(options.stage, choice->method, choice->options), empty,
           hooks);
  const bool demanded = options.precision || options.out_of_time;
  const std::uint64_t most = demanded ? most_on_demand : most_by_default;
  std::optional<sim::Stages> stages;
  if (!options.replicates) {
    stages.emplace(rounded_up(std::max(choice->planned, sim::least_planned)), most);
  }
  auto played = sim::play_stages(
      plan_of(options, block_size, most), stages, precision, empty, make,
      [](std::uint64_t replicate, std::unique_ptr<Estimator>& estimator, Sums& sums) {
        if (!estimator->play(replicate, sums.tally)) return false;
        sums.objects.push_back(estimator->sample().amounts[RareMission::objects]);
        return true;
      },
      [](const Sums& sums) -> const sim::RareTally& { return sums.tally; }, hooks,
      options.progress);
  RareRun run{choice->method,
              std::move(played.accumulator.tally),
              std::move(played.accumulator.objects),
              {}};
  run.first = played.first;
  run.by_pilot = !options.method && choice->why != cut_pilot;
  run.class_names = fleet->names_of(fleet->families());
  const sim::RareFigure figure{run.method, {}, run.class_names, {}};
  run.converged = run.tally.replicates() > 0 && sim::why_not_converged(run.tally, figure).empty();
  run.reached = run.tally.replicates() > 0 && sim::satisfies(run.tally, precision);
  run.ended = played.ended;
  return run;
}

}  // namespace models::fleet
