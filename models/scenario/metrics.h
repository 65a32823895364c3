#pragma once

#include <span>
#include <string_view>

namespace models::scenario {

/// What a metric is, for readers, writers and claims. Ids with a dot nest in JSON:
/// "rebuild_hours_per_tb.p50" is {"rebuild_hours_per_tb": {"p50": ...}}.
struct MetricInfo {
  std::string_view id;
  std::string_view unit;     ///< "objects/object-year", "share of time", "h/TB", ...
  std::string_view title;    ///< for tables
  std::string_view meaning;  ///< one sentence, for `info` and the schema
  enum class Better { lower, higher } better{Better::lower};
};

/// The whole table of metrics, in the order in which they are printed (metrics.cpp).
std::span<const MetricInfo> all_metrics();
const MetricInfo* find_metric(std::string_view id);

}  // namespace models::scenario
