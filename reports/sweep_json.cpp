#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "holdfast_version.h"
#include "models/scenario/metrics.h"
#include "reports/sweep_text.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using models::fleet::Metric;
using models::sweep::Point;
using models::sweep::Result;

Json finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json pair_of(const sim::Interval& interval) {
  return Json::array({finite(interval.low), finite(interval.high)});
}

Json metric_json(const Metric& metric) {
  const sim::Estimate& estimate = metric.estimate;
  const models::scenario::MetricInfo* info = models::scenario::find_metric(metric.id);
  Json json;
  json["value"] = finite(estimate.value);
  json["ci95"] = pair_of(estimate.ci95);
  json["input_range"] = estimate.input_range ? pair_of(*estimate.input_range) : Json(nullptr);
  json["unit"] = info != nullptr ? std::string{info->unit} : std::string{};
  json["method"] = sim::to_string(estimate.method);
  json["model"] = estimate.model;
  json["converged"] = estimate.converged;
  json["replicates"] = estimate.replicates;
  if (!estimate.note.empty()) json["note"] = estimate.note;
  if (metric.analytic) {
    json["analytic"] = {{"value", finite(metric.analytic->value)},
                        {"model", metric.analytic->model}};
  }
  return json;
}

Json point_json(const Point& point) {
  Json json;
  json["values"] = point.values;
  json["replicates"] = {point.first_replicate, point.end_replicate};
  json["strategies"] = Json::array();
  for (const auto& strategy : point.strategies) {
    Json one{{"name", strategy.name}, {"code", strategy.code}, {"metrics", Json::object()}};
    for (const Metric& metric : strategy.metrics) one["metrics"][metric.id] = metric_json(metric);
    json["strategies"].push_back(std::move(one));
  }
  return json;
}

}  // namespace

std::string sweep_json(const Result& result) {
  Json json;
  json["schema"] = "holdfast/sweep/1";
  json["version"] = holdfast::version;
  json["commit"] = holdfast::commit;
  json["command"] = "sweep";
  json["seed"] = result.seed;
  json["precision_reached"] = result.precision_reached();
  json["interrupted"] = result.interrupted;
  json["scenario"] = {{"name", result.scenario}, {"file", result.file}, {"sha256", result.sha256}};
  json["axes"] = Json::array();
  for (const auto& axis : result.axes) {
    json["axes"].push_back({{"path", axis.path}, {"values", axis.values}});
  }
  json["metrics"] = result.metrics;
  json["points"] = Json::array();
  for (const Point& point : result.points) json["points"].push_back(point_json(point));
  json["timing"] = {{"wall_s", finite(result.timing.wall_s)},
                    {"cpu_s", finite(result.timing.cpu_s)},
                    {"events", result.timing.events},
                    {"group_touches", result.timing.group_touches},
                    {"missions", result.timing.missions}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
