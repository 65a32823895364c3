#include "models/study/lifecycle_report.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/analytic/binomial.h"
#include "models/lifecycle/chain_drill.h"
#include "models/lifecycle/move_drill.h"
#include "models/lifecycle/tier_drill.h"
#include "models/scenario/lifecycle_values.h"
#include "models/study/lifecycle_report_tables.h"
#include "sim/estimators/direct.h"
#include "sim/interval.h"

namespace models::study {

using namespace lifecycle;

namespace {

const codes::CodeSpec& code_of(const scenario::Scenario& scenario, const std::string& name) {
  return std::ranges::find(scenario.strategies, name, &scenario::Strategy::name)->code;
}

/// The policy of the scenario in a drill whose rounds are short: what matters is the order.
DrillReport tiers_drill(const scenario::ClassFlow& flow, std::uint64_t seed) {
  policy::LifecycleSettings settings = flow.rule;
  Seconds last;
  for (const policy::ClassStep& step : settings.steps)
    last = std::max({last, step.age, step.unread_for});
  const Seconds expires = last * 1.5;
  settings.expire_after = expires;
  settings.evict_after = last * 0.1;
  const policy::LifecycleRule rule(settings);
  const TierDrill drill{.classes = static_cast<std::uint32_t>(flow.classes.size()),
                        .round = expires / 24,
                        .rounds = 30,
                        .seed = seed};
  return drill_tiers(drill, "objects through the classes", expires,
                     {.rule = [&rule](Seconds now, std::span<const policy::ObjectFact> objects,
                                      policy::LifecycleRule::Actions& actions) {
                       rule.decide(now, objects, actions);
                     }});
}

/// The schedule of the scenario with its periods shortened to a few snapshots each.
DrillReport chain_drill(const policy::SnapshotRule& rule, std::uint64_t seed) {
  policy::SnapshotRule array{.every = rule.every, .keep = {}, .most = std::min(rule.most, 3)};
  policy::SnapshotRule cloud{
      .every = rule.every, .keep = {{rule.every, rule.every}, {rule.every * 4, rule.every * 100}}};
  return drill_chain({.array = array, .cloud = cloud, .seed = seed},
                     "snapshots, copied and restored", {});
}

}  // namespace

Cell exact(double value, std::string model) {
  return {sim::Estimate::exact(value, sim::Method::arithmetic, std::move(model))};
}

Cell mean_of(const sim::Moments& moments, std::string model) {
  sim::Estimate estimate;
  estimate.value = moments.mean();
  estimate.ci95 = sim::mean_interval(moments);
  estimate.method = sim::Method::direct;
  estimate.model = std::move(model);
  estimate.replicates = moments.count();
  estimate.counted = "courses";
  return {estimate};
}

Cell quantile_of(const sim::QuantileSketch& sketch, double p, std::string model) {
  return {sim::direct_quantile(sketch, p, std::move(model), "moments")};
}

std::vector<DrillReport> drills_of(const scenario::Scenario& scenario, std::uint64_t seed) {
  const scenario::Lifecycle& all = *scenario.lifecycle;
  std::vector<DrillReport> drills;
  if (all.cold_files) {
    const auto hot = codes::make_code(code_of(scenario, all.cold_files->hot));
    const auto cold = codes::make_code(code_of(scenario, all.cold_files->cold));
    constexpr std::int64_t most_nodes = 12;  // every set of lost nodes is tried
    const auto nodes =
        static_cast<std::uint32_t>(std::min(scenario.hardware.machines(), most_nodes));
    drills.push_back(drill_moves({.from = *hot, .to = *cold, .nodes = nodes, .seed = seed},
                                 hot->name() + " to " + cold->name(), next_move));
    drills.push_back(drill_moves({.from = *cold, .to = *hot, .nodes = nodes, .seed = seed},
                                 cold->name() + " to " + hot->name(), next_move));
  }
  if (all.snapshots) drills.push_back(chain_drill(*all.snapshots, seed));
  if (all.classes) drills.push_back(tiers_drill(*all.classes, seed));
  return drills;
}

bool LifecycleReport::passed() const { return std::ranges::all_of(drills, &DrillReport::passed); }

scenario::Checked<LifecycleReport> report_lifecycle(
    const scenario::Scenario& scenario, const LifecycleOptions& options,
    const std::function<void(const fleet::Progress&)>& progress, std::stop_token stop) {
  if (!scenario.lifecycle) {
    return scenario::Diagnostics{{scenario.file, 0, "",
                                  "has no section 'lifecycle': there is nothing to report",
                                  scenario::Diagnostic::Severity::error}};
  }
  LifecycleReport report{.scenario = scenario.name,
                         .scenario_file = scenario.file,
                         .scenario_sha256 = scenario.sha256,
                         .currency = scenario.prices ? scenario.prices->currency : "",
                         .seed = options.run.seed,
                         .tables = {},
                         .drills = drills_of(scenario, options.run.seed)};
  if (const auto& cold = scenario.lifecycle->cold_files) {
    scenario::Scenario two = scenario;
    two.claims.clear();
    fleet::RunOptions run = options.run;
    run.strategies = {cold->hot, cold->cold};
    run.input_draws = 0;
    const auto results = fleet::run(two, run, progress, stop);
    if (!results) return results.diagnostics();
    if (!stop.stop_requested()) {
      add_cold_tables(scenario, results.value(), options, stop, report.tables);
    }
  }
  // What is not drawn is made as a whole or not at all.
  if (!stop.stop_requested()) add_metadata_tables(scenario, report.tables);
  if (!stop.stop_requested()) add_copy_tables(scenario, options, report.tables);
  if (!stop.stop_requested()) add_class_tables(scenario, report.tables);
  if (!stop.stop_requested()) add_incident_tables(scenario, options, stop, report.tables);
  report.interrupted = stop.stop_requested();
  return report;
}

}  // namespace models::study
