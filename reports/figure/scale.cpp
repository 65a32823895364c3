#include <algorithm>
#include <cmath>

#include "reports/figure/figure.h"
#include "sim/contract.h"

namespace reports {
namespace {

void log_ticks(FigureScale& scale, int most) {
  const double base = std::log(scale.log_base);
  // A value that is a power but for rounding is one.
  constexpr double slack = 1e-9;
  const auto first = static_cast<int>(std::floor(std::log(scale.low) / base + slack));
  const auto last = static_cast<int>(std::ceil(std::log(scale.high) / base - slack));
  const int end = std::max(last, first + 1);
  scale.low = std::pow(scale.log_base, first);
  scale.high = std::pow(scale.log_base, end);
  const int step = (end - first) / most + 1;
  for (int power = first; power <= end; power += step) {
    scale.ticks.push_back({std::pow(scale.log_base, power), 0});
  }
}

void linear_ticks(FigureScale& scale, int most) {
  const double span = scale.high > scale.low ? scale.high - scale.low : 1.0;
  const double power = std::pow(10.0, std::floor(std::log10(span / most)));
  double step = 10 * power;
  for (const double times : {1.0, 2.0, 5.0}) {
    if (span / (times * power) <= most) {
      step = times * power;
      break;
    }
  }
  const double first = std::floor(scale.low / step);
  const double last = std::max(std::ceil(scale.high / step), first + 1);
  scale.low = first * step;
  scale.high = last * step;
  for (double i = first; i <= last; ++i) scale.ticks.push_back({i * step, 0});
}

}  // namespace

double FigureScale::at(double value) const {
  if (log_base <= 0) return (value - low) / (high - low);
  return std::log(value / low) / std::log(high / low);
}

FigureScale make_scale(double low, double high, double log_base, int most) {
  EXPECTS(low <= high && most >= 2 && (log_base <= 0 || low > 0));
  FigureScale scale{low, high, log_base, {}};
  if (log_base > 0) {
    log_ticks(scale, most);
  } else {
    linear_ticks(scale, most);
  }
  for (FigureTick& tick : scale.ticks) tick.at = scale.at(tick.value);
  return scale;
}

}  // namespace reports
