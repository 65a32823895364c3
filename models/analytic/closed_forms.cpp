#include "models/analytic/closed_forms.h"

#include <cmath>

namespace models::analytic {

double any_of_independent(double count, double p) { return -std::expm1(count * std::log1p(-p)); }

double binomial_tail(int n, int most, double p) {
  if (!(p > 0) || most >= n) return 0;
  if (p >= 1) return 1;
  double sum = 0;
  for (int i = n; i > most && i >= 0; --i) {
    const double log_choose = std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0);
    sum += std::exp(log_choose + i * std::log(p) + (n - i) * std::log1p(-p));
  }
  return sum < 1 ? sum : 1;
}

std::array<Seconds, 4> rebuild_unit_readings(double machines, double tera, double mega_per_second) {
  const double tib = 0x1p40 * tera;
  const double tb = 1e12 * tera;
  const double mib = 0x1p20 * mega_per_second * machines;
  const double mb = 1e6 * mega_per_second * machines;
  return {Seconds{tib / mib}, Seconds{tb / mb}, Seconds{tb / mib}, Seconds{tib / mb}};
}

}  // namespace models::analytic
