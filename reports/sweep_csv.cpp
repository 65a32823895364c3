#include <string>
#include <vector>

#include "models/scenario/metrics.h"
#include "reports/csv_field.h"
#include "reports/sweep_text.h"

namespace reports {
namespace {

using models::fleet::Metric;
using models::fleet::StrategyResult;
using models::sweep::Point;

std::string row(const Point& point, const StrategyResult& strategy, const Metric& metric) {
  const sim::Estimate& estimate = metric.estimate;
  const models::scenario::MetricInfo* info = models::scenario::find_metric(metric.id);
  std::vector<std::string> fields;
  for (const std::string& value : point.values) fields.push_back(csv_field(value));
  for (std::string& field : std::vector<std::string>{
           csv_field(strategy.name), csv_field(strategy.code), csv_field(metric.id),
           csv_number(estimate.value), csv_number(estimate.ci95.low),
           csv_number(estimate.ci95.high), csv_field(info != nullptr ? info->unit : ""),
           sim::to_string(estimate.method), csv_field(estimate.model),
           estimate.converged ? "true" : "false", std::to_string(estimate.replicates),
           metric.analytic ? csv_number(metric.analytic->value) : "", csv_field(estimate.note)}) {
    fields.push_back(std::move(field));
  }
  return csv_line(fields);
}

}  // namespace

std::string sweep_csv(const models::sweep::Result& result) {
  std::vector<std::string> titles;
  for (const auto& axis : result.axes) titles.push_back(csv_field(axis.path));
  for (const char* title : {"strategy", "code", "metric", "value", "low95", "high95", "unit",
                            "method", "model", "converged", "replicates", "analytic", "note"}) {
    titles.emplace_back(title);
  }
  std::string csv = csv_line(titles);
  for (const Point& point : result.points) {
    for (const StrategyResult& strategy : point.strategies) {
      for (const Metric& metric : strategy.metrics) csv += row(point, strategy, metric);
    }
  }
  return csv;
}

}  // namespace reports
