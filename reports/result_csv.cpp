#include "reports/result_csv.h"

#include <string_view>
#include <vector>

#include "reports/number_text.h"

namespace reports {
namespace {

std::string field(std::string_view text) {
  std::string result{text};
  // A spreadsheet would run a text that begins like a formula.
  if (!result.empty() && std::string_view{"=+-@\t\r"}.find(result[0]) != std::string_view::npos) {
    result.insert(0, "'");
  }
  if (result.find_first_of(",\"\r\n") == std::string::npos) return result;
  for (std::size_t at = 0; (at = result.find('"', at)) != std::string::npos; at += 2) {
    result.insert(at, "\"");
  }
  return "\"" + result + "\"";
}

std::string number(const std::optional<double>& value) { return value ? exact_text(*value) : ""; }

std::string row(const models::fleet::StrategyResult& strategy,
                const models::fleet::Metric& metric) {
  const sim::Estimate& estimate = metric.estimate;
  const models::fleet::MetricInfo* info = models::fleet::find_metric(metric.id);
  const std::vector<std::string> fields{field(strategy.name),
                                        field(strategy.code),
                                        field(metric.id),
                                        number(estimate.value),
                                        exact_text(estimate.ci95.low),
                                        exact_text(estimate.ci95.high),
                                        field(info != nullptr ? info->unit : ""),
                                        sim::to_string(estimate.method),
                                        field(estimate.model),
                                        estimate.converged ? "true" : "false",
                                        std::to_string(estimate.replicates),
                                        field(estimate.replicates > 0 ? estimate.counted : ""),
                                        metric.analytic ? number(metric.analytic->value) : "",
                                        metric.analytic ? field(metric.analytic->model) : "",
                                        field(estimate.note)};
  std::string line;
  for (const std::string& text : fields) line += (line.empty() ? "" : ",") + text;
  return line + "\n";
}

}  // namespace

std::string result_csv(const models::fleet::Results& results) {
  std::string csv =
      "strategy,code,metric,value,low95,high95,unit,method,model,converged,replicates,replicates_"
      "are,analytic,"
      "analytic_model,note\n";
  for (const auto& strategy : results.strategies) {
    for (const auto& metric : strategy.metrics) csv += row(strategy, metric);
  }
  return csv;
}

}  // namespace reports
