#include "models/fleet/results.h"

#include <algorithm>

namespace models::fleet {

const Metric* StrategyResult::find(std::string_view id) const {
  const auto found = std::find_if(metrics.begin(), metrics.end(),
                                  [&](const Metric& metric) { return metric.id == id; });
  return found == metrics.end() ? nullptr : &*found;
}

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::supported:
      return "supported";
    case Verdict::refuted:
      return "refuted";
    case Verdict::undecided:
      return "undecided";
  }
  return "";
}

}  // namespace models::fleet
