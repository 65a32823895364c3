#include "models/verify/textbook_group.h"

#include <string>
#include <utility>

#include "models/fleet/run.h"
#include "sim/contract.h"

namespace models::verify {

namespace {

template <class Change>
sim::Estimate changed(sim::Estimate estimate, const Change& change) {
  if (estimate.value) estimate.value = change(*estimate.value);
  estimate.ci95 = {change(estimate.ci95.low), change(estimate.ci95.high)};
  if (estimate.ci95.low > estimate.ci95.high) std::swap(estimate.ci95.low, estimate.ci95.high);
  return estimate;
}

sim::Estimate mttdl_years(const TextbookGroup& group, const Effort& effort) {
  fleet::RunOptions options;
  options.seed = effort.seed;
  options.threads = effort.threads;
  options.replicates = {0, group.missions};
  options.method = sim::Method::direct;
  const auto results = fleet::run(scenario_of(group), options, {}, effort.stop);
  ENSURES(static_cast<bool>(results));
  const fleet::Metric* metric = results.value().strategies.at(0).find("mttdl_years");
  ENSURES(metric != nullptr);
  return metric->estimate;
}

}  // namespace

scenario::Scenario scenario_of(const TextbookGroup& group) {
  const auto code = codes::make_code(group.code);
  scenario::Scenario scenario;
  scenario.name = "textbook group";
  scenario.mission = group.mission;
  scenario.data.logical = terabyte;  // no figure of this model depends on sizes or rates
  scenario.data.stripe = terabyte;
  scenario.hardware.racks_per_site = code->shape().total();
  scenario.hardware.disk = {"textbook", 10 * terabyte, {1e9}, {1e9}};
  scenario.hardware.network = {{1e10}, {1e11}, {1e12}, 1.0};
  scenario.failures.disk = group.life;
  scenario::Strategy strategy;
  strategy.name = "group";
  strategy.code = group.code;
  strategy.placement.groups = 1;
  strategy.repair.rebuild_time = group.repair;
  scenario.strategies.push_back(std::move(strategy));
  return scenario;
}

sim::Estimate simulated_mttdl(const TextbookGroup& group, double unit_per_year,
                              const Effort& effort) {
  return changed(mttdl_years(group, effort), [&](double x) { return x * unit_per_year; });
}

sim::Estimate simulated_loss_rate(const TextbookGroup& group, double unit_per_year,
                                  const Effort& effort) {
  return changed(mttdl_years(group, effort), [&](double x) { return 1 / (x * unit_per_year); });
}

}  // namespace models::verify
