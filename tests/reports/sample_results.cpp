#include "tests/reports/sample_results.h"

#include <limits>

namespace reports_test {
namespace {

using models::fleet::Metric;
using models::fleet::Results;
using models::fleet::StrategyResult;
using sim::Estimate;
using sim::Method;

constexpr double infinity = std::numeric_limits<double>::infinity();

Estimate direct(std::optional<double> value, sim::Interval ci95, bool converged = true) {
  Estimate estimate;
  estimate.value = value;
  estimate.ci95 = ci95;
  estimate.model = "the whole fleet, rebuilds share bandwidth";
  estimate.replicates = 65536;
  estimate.converged = converged;
  if (!value) estimate.note = "no loss seen";
  return estimate;
}

Estimate chain(double value) {
  return Estimate::exact(value, Method::analytic,
                         "one group, parallel exponential repair, groups independent");
}

Estimate arithmetic(double value) {
  return Estimate::exact(value, Method::arithmetic, "prices and rates of the scenario");
}

void add_repair_and_cost(StrategyResult& strategy, double scale) {
  strategy.metrics.push_back(
      {"rebuild_hours_per_tb.p50", direct(0.121 * scale, {0.119 * scale, 0.123 * scale}), {}});
  strategy.metrics.push_back(
      {"rebuild_hours_per_tb.p99", direct(0.9 * scale, {0.8 * scale, 1.2 * scale}), {}});
  strategy.metrics.push_back({"rebuild_hours_per_tb.arithmetic", arithmetic(0.0926 * scale), {}});
  strategy.metrics.push_back({"repair_bytes_per_day.total",
                              direct(1.23e12 * scale, {1.20e12 * scale, 1.26e12 * scale}),
                              {}});
  strategy.metrics.push_back({"capacity_overhead", arithmetic(3.0 / scale), {}});
  strategy.metrics.push_back({"cost_per_usable_tb_year", arithmetic(165.2 / scale), {}});
}

StrategyResult three_replicas() {
  StrategyResult strategy;
  strategy.name = "three replicas";
  strategy.code = "3 replicas";
  strategy.metrics = {{"durability_nines", direct({}, {9.8265, infinity}), chain(12.314)},
                      {"annual_object_loss", direct({}, {0, 1.49e-10}), chain(4.85e-13)},
                      {"annual_loss_probability", direct({}, {0, 4.577e-5}), chain(2.1e-9)},
                      {"mttdl_years", direct(infinity, {21845.3, infinity}), chain(4.7e8)},
                      {"data_unavailability", direct(1.2e-6, {1.1e-6, 1.3e-6}), chain(2.1e-6)}};
  add_repair_and_cost(strategy, 1);
  strategy.limits = {"rebuild: the 30 MB/s throttle of each machine"};
  strategy.not_modelled = {"tiers: standard, infrequent, archive", "scrub: periodic scan"};
  return strategy;
}

StrategyResult two_copies() {
  StrategyResult strategy;
  strategy.name = "两副本";
  strategy.code = "2 replicas";
  strategy.metrics = {
      {"durability_nines", direct(6.53, {6.41, 6.68}), chain(6.9)},
      {"annual_object_loss", direct(2.95e-7, {2.1e-7, 3.9e-7}), chain(1.2e-7)},
      {"annual_loss_probability", direct(0.0123, {0.0101, 0.0168}, false), chain(0.0112)},
      {"data_unavailability", direct(3.4e-4, {3.3e-4, 3.5e-4}), {}}};
  add_repair_and_cost(strategy, 1.5);
  strategy.loss_by_cause = {{"disk", 0.91}, {"machine", 0.09}};
  strategy.loss_by_path = {{"disk", "disk", 0.83}, {"machine", "disk", 0.17}};
  strategy.warnings = {"one failure in the window of a rebuild ends the data"};
  strategy.not_modelled = {"tiers: standard, infrequent, archive"};
  return strategy;
}

StrategyResult wide_name() {
  StrategyResult strategy = three_replicas();
  strategy.name = "RS 10+4 over every rack of both machine rooms, lazily repaired";
  strategy.code = "RS 10+4";
  return strategy;
}

}  // namespace

Results sample_results() {
  Results results;
  results.scenario = "Regional imaging cloud";
  results.scenario_file = "scenarios/regional_imaging_cloud.json";
  results.scenario_sha256 = "00ff";
  results.seed = 7;
  results.mission_years = 10;
  StrategyResult reed_solomon = three_replicas();
  reed_solomon.name = "RS 6+3";
  reed_solomon.code = "RS 6+3";
  results.strategies = {three_replicas(), reed_solomon, wide_name(), two_copies()};
  results.differences = {
      {"两副本", "three replicas", "data_unavailability", 2.45, {2.4, 2.5}, Method::direct},
      {"RS 6+3",
       "three replicas",
       "annual_object_loss",
       {},
       {-infinity, infinity},
       Method::direct}};
  results.claims = {
      {"durability",
       "99.99999999 % durability",
       "three replicas",
       models::fleet::Verdict::undecided,
       {"disk failures above 4 %/year"},
       "no loss was seen in 65,536 missions: at least 9.8 nines, 10 claimed"},
      {"rebuild", "1 TB is rebuilt in under 6 min", "", models::fleet::Verdict::supported, {}, ""},
      {"two",
       "两个副本即可保证数据安全，任何情况下都不会丢失任何影像数据，也不需要任何人工干预操作",
       "两副本",
       models::fleet::Verdict::refuted,
       {},
       "6.5 nines, 8 claimed"}};
  results.end_replicate = 65536;
  results.timing = {12.34, 24.1, 123456789, 987654321, 65536};
  return results;
}

}  // namespace reports_test
