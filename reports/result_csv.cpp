#include "reports/result_csv.h"

#include <string_view>
#include <vector>

#include "models/scenario/metrics.h"
#include "reports/csv_field.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

std::string row(const models::fleet::StrategyResult& strategy,
                const models::fleet::Metric& metric) {
  const sim::Estimate& estimate = metric.estimate;
  const auto& range = estimate.input_range;
  const models::scenario::MetricInfo* info = models::scenario::find_metric(metric.id);
  const std::vector<std::string> fields{csv_field(strategy.name),
                                        csv_field(strategy.code),
                                        csv_field(metric.id),
                                        csv_number(estimate.value),
                                        exact_text(estimate.ci95.low),
                                        exact_text(estimate.ci95.high),
                                        range ? exact_text(range->low) : "",
                                        range ? exact_text(range->high) : "",
                                        csv_field(info != nullptr ? info->unit : ""),
                                        sim::to_string(estimate.method),
                                        csv_field(estimate.model),
                                        estimate.converged ? "true" : "false",
                                        std::to_string(estimate.replicates),
                                        csv_field(estimate.replicates > 0 ? estimate.counted : ""),
                                        metric.analytic ? csv_number(metric.analytic->value) : "",
                                        metric.analytic ? csv_field(metric.analytic->model) : "",
                                        csv_field(estimate.note),
                                        csv_field(metric.range_model)};
  return csv_line(fields);
}

}  // namespace

std::string result_csv(const models::fleet::Results& results) {
  std::string csv =
      "strategy,code,metric,value,low95,high95,input_low,input_high,unit,method,model,"
      "converged,replicates,replicates_are,analytic,analytic_model,note,input_range_model\n";
  for (const auto& strategy : results.strategies) {
    for (const auto& metric : strategy.metrics) csv += row(strategy, metric);
  }
  return csv;
}

}  // namespace reports
