#include "reports/result_json.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "holdfast_version.h"
#include "models/input/draw_inputs.h"
#include "models/scenario/metrics.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using models::fleet::Metric;
using models::fleet::Results;
using models::fleet::StrategyResult;

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json pair_of(const sim::Interval& interval) {
  return Json::array({finite(interval.low), finite(interval.high)});
}

/// What null stands for, where it stands for more than "not known".
std::string note_of(const sim::Estimate& estimate) {
  std::string note = estimate.note;
  const auto add = [&note](std::string_view sentence) {
    if (!note.empty()) note += "; ";
    note += sentence;
  };
  if (estimate.value && std::isinf(*estimate.value)) add("the value is infinite");
  if (std::isinf(estimate.ci95.high)) add("the interval has no upper end");
  if (std::isinf(estimate.ci95.low)) add("the interval has no lower end");
  return note;
}

Json estimate_json(const sim::Estimate& estimate, std::string_view unit) {
  Json json;
  json["value"] = estimate.value ? finite(*estimate.value) : Json(nullptr);
  json["ci95"] = pair_of(estimate.ci95);
  json["input_range"] = estimate.input_range ? pair_of(*estimate.input_range) : Json(nullptr);
  json["unit"] = unit;
  json["method"] = sim::to_string(estimate.method);
  json["model"] = estimate.model;
  json["converged"] = estimate.converged;
  json["replicates"] = estimate.replicates;
  json["replicates_are"] = estimate.counted;
  if (const std::string note = note_of(estimate); !note.empty()) json["note"] = note;
  return json;
}

Json swings_json(const Metric& metric) {
  Json json = Json::array();
  for (const models::fleet::Swing& swing : metric.swings) {
    json.push_back({{"input", swing.input},
                    {"low", swing.low},
                    {"high", swing.high},
                    {"at_low", finite(swing.at_low)},
                    {"at_high", finite(swing.at_high)}});
  }
  return json;
}

Json metric_json(const Metric& metric) {
  const models::scenario::MetricInfo* info = models::scenario::find_metric(metric.id);
  Json json = estimate_json(metric.estimate, info != nullptr ? info->unit : "");
  if (!metric.range_model.empty()) {
    json["input_range_model"] = metric.range_model;
    json["input_range_by"] = swings_json(metric);
  }
  if (metric.analytic) {
    const sim::Estimate& analytic = *metric.analytic;
    json["analytic"] = {{"value", analytic.value ? finite(*analytic.value) : Json(nullptr)},
                        {"model", analytic.model}};
    if (const std::string note = note_of(analytic); !note.empty()) json["analytic"]["note"] = note;
  }
  return json;
}

/// A metric of the contract of which nothing is known: readers find every key in every document.
Json unknown_json(std::string_view unit, std::string_view why) {
  return {{"value", nullptr},          {"ci95", {nullptr, nullptr}},
          {"input_range", nullptr},    {"unit", unit},
          {"method", nullptr},         {"model", nullptr},
          {"converged", false},        {"replicates", 0},
          {"replicates_are", nullptr}, {"note", std::string{why}}};
}

/// Ids with a dot nest: "rebuild_hours_per_tb.p50" is {"rebuild_hours_per_tb": {"p50": ...}}.
Json& place_of(Json& json, std::string_view id) {
  Json* place = &json;
  for (std::size_t dot = id.find('.'); dot != std::string_view::npos; dot = id.find('.')) {
    place = &(*place)[std::string{id.substr(0, dot)}];
    id.remove_prefix(dot + 1);
  }
  return (*place)[std::string{id}];
}

struct Unmodelled {
  std::string_view id;
  std::string_view unit;
  std::string_view why;
};
constexpr std::array<Unmodelled, 2> unmodelled{
    {{"service_unavailability.read", "share of time", "front ends and software are not modelled"},
     {"service_unavailability.write", "share of time",
      "front ends and software are not modelled"}}};

Json metrics_json(const StrategyResult& strategy) {
  Json json = Json::object();
  for (const models::scenario::MetricInfo& info : models::scenario::all_metrics()) {
    const Metric* metric = strategy.find(info.id);
    place_of(json, info.id) = metric != nullptr
                                  ? metric_json(*metric)
                                  : unknown_json(info.unit, "nothing in this run measures it");
  }
  for (const Unmodelled& metric : unmodelled) {
    place_of(json, metric.id) = unknown_json(metric.unit, metric.why);
  }
  return json;
}

Json cost_lines_json(const StrategyResult& strategy) {
  Json json = Json::array();
  for (const auto& line : strategy.cost_lines) {
    json.push_back({{"item", line.item},
                    {"count", finite(line.count)},
                    {"price", finite(line.price)},
                    {"unit", line.unit},
                    {"total", finite(line.total.value)},
                    {"source", line.source}});
  }
  return json;
}

Json strategy_json(const StrategyResult& strategy) {
  Json json;
  json["name"] = strategy.name;
  json["code"] = strategy.code;
  json["fleet"] = strategy.fleet;
  json["metrics"] = metrics_json(strategy);
  json["incidents"] = Json::array();  // no kind of incident is modelled yet
  json["loss_by_cause"] = Json::object();
  for (const auto& [cause, share] : strategy.loss_by_cause) {
    json["loss_by_cause"][cause] = finite(share);
  }
  json["out_of_reach_by_cause"] = Json::object();
  for (const auto& [cause, share] : strategy.out_of_reach_by_cause) {
    json["out_of_reach_by_cause"][cause] = finite(share);
  }
  json["loss_by_path"] = Json::array();
  for (const auto& path : strategy.loss_by_path) {
    json["loss_by_path"].push_back(
        {{"began", path.began}, {"ended", path.ended}, {"share", finite(path.share)}});
  }
  json["loss_by_year"] = Json::array();
  for (const sim::Estimate& year : strategy.loss_by_year) {
    json["loss_by_year"].push_back(estimate_json(year, "probability"));
  }
  json["cost_lines"] = cost_lines_json(strategy);
  json["limits"] = strategy.limits;
  json["warnings"] = strategy.warnings;
  json["not_modelled"] = strategy.not_modelled;
  return json;
}

Json differences_json(const Results& results) {
  Json json = Json::array();
  for (const auto& difference : results.differences) {
    json.push_back(
        {{"a", difference.a},
         {"b", difference.b},
         {"metric", difference.metric},
         {"log10_ratio", difference.log10_ratio ? finite(*difference.log10_ratio) : Json(nullptr)},
         {"ci95", pair_of(difference.ci95)},
         {"method", sim::to_string(difference.method)}});
  }
  return json;
}

Json claims_json(const Results& results) {
  Json json = Json::array();
  for (const auto& claim : results.claims) {
    json.push_back({{"id", claim.id},
                    {"text", claim.text},
                    {"strategy", claim.strategy},
                    {"verdict", models::fleet::to_string(claim.verdict)},
                    {"flips_when", claim.flips_when},
                    {"why", claim.why}});
  }
  return json;
}

Json uncertain_json(const models::fleet::UncertainInputs& uncertain) {
  using models::scenario::UncertainInput;
  Json inputs = Json::array();
  for (const UncertainInput& input : uncertain.inputs) {
    const bool counted = input.kind == UncertainInput::Kind::gamma;
    Json json{{"input", input.path},
              {"stated", models::scenario::input_text(input, input.value)},
              {"law", counted ? "gamma" : "range"}};
    if (counted) {
      json["failures"] = finite(input.failures);
      json["drive_days"] = finite(sim::in_days(input.exposure));
    } else {
      json["low"] = models::scenario::input_text(input, input.low);
      json["high"] = models::scenario::input_text(input, input.high);
    }
    json["source"] = input.source;
    inputs.push_back(std::move(json));
  }
  return {
      {"inputs", std::move(inputs)}, {"draws", uncertain.draws}, {"refused", uncertain.refused}};
}

Json timing_json(const models::fleet::Timing& timing) {
  return {{"wall_s", finite(timing.wall_s)},
          {"cpu_s", finite(timing.cpu_s)},
          {"events", timing.events},
          {"group_touches", timing.group_touches},
          {"missions", timing.missions}};
}

}  // namespace

std::string result_json(const Results& results, std::string_view command) {
  Json json;
  json["schema"] = "holdfast/result/1";
  json["version"] = holdfast::version;
  json["commit"] = holdfast::commit;
  json["command"] = command;
  json["seed"] = results.seed;
  json["mission_years"] = finite(results.mission_years);
  json["replicates"] = {results.first_replicate, results.end_replicate};
  json["again"] = results.again;
  json["precision_reached"] = results.precision_reached;
  json["interrupted"] = results.interrupted;
  json["scenario"] = {{"name", results.scenario},
                      {"file", results.scenario_file},
                      {"sha256", results.scenario_sha256}};
  json["strategies"] = Json::array();
  for (const StrategyResult& strategy : results.strategies) {
    json["strategies"].push_back(strategy_json(strategy));
  }
  json["differences"] = differences_json(results);
  json["claims"] = claims_json(results);
  json["uncertain"] = uncertain_json(results.uncertain);
  json["timing"] = timing_json(results.timing);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
