#include "models/analytic/closed_forms.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "models/analytic/binomial.h"
#include "sim/contract.h"

namespace models::analytic {

double any_of_independent(double count, double p) {
  EXPECTS(count >= 0 && p >= 0 && p <= 1);
  return count > 0 && p > 0 ? -std::expm1(count * std::log1p(-p)) : 0;
}

double object_loss(double stripes, double groups, double p) {
  EXPECTS(groups >= 0 && p >= 0 && p <= 1);
  if (!(groups > 0)) return 0;
  if (!(stripes > 1) || p == 0 || p == 1) return p;
  const auto n = std::max<std::int64_t>(std::llround(groups), 1);
  const auto count = static_cast<double>(n);
  const auto share = [&](std::int64_t lost) {
    return -std::expm1(stripes * std::log1p(-static_cast<double>(lost) / count));
  };
  // From the likeliest count of lost groups (at least one) to both sides, until a term no longer
  // changes the sum: the shares are at most 1 and the terms fall faster and faster.
  constexpr double unnoticed = 1e-20;
  const auto likeliest = std::clamp<std::int64_t>(static_cast<std::int64_t>((count + 1) * p), 1, n);
  const double highest = binomial_term(n, likeliest, p);
  const double odds = p / (1 - p);
  double sum = 0;
  double term = highest;
  for (std::int64_t lost = likeliest; lost <= n && term > unnoticed * sum; ++lost) {
    sum += term * share(lost);
    term *= static_cast<double>(n - lost) / static_cast<double>(lost + 1) * odds;
  }
  term = highest;
  for (std::int64_t lost = likeliest; lost > 1 && term > unnoticed * sum; --lost) {
    term *= static_cast<double>(lost) / static_cast<double>(n - lost + 1) / odds;
    sum += term * share(lost - 1);
  }
  return std::min(sum, 1.0);
}

double mirror_mttdl(double loss, double repair) { return (repair + 3 * loss) / (2 * loss * loss); }

double three_way_mirror_mttdl(double loss, double repair) {
  return (2 * repair * repair + 7 * loss * repair + 11 * loss * loss) / (6 * loss * loss * loss);
}

double raid_mttdl(int n, double loss, double repair) {
  EXPECTS(n >= 2);
  const double disks = n;
  return (repair + (2 * disks - 1) * loss) / (disks * (disks - 1) * loss * loss);
}

double classical_raid_mttdl(int n, double mttf, double mttr) {
  EXPECTS(n >= 2);
  const double disks = n;
  return mttf * mttf / (disks * (disks - 1) * mttr);
}

double raid1988_mttdl(const Raid1988& array, double mttf, double mttr) {
  EXPECTS(array.data > 0 && array.group > 0 && array.group + array.check > 1);
  const double disks = array.data + array.check * array.data / array.group;
  return mttf * mttf / (disks * (array.group + array.check - 1) * mttr);
}

double serial_repair_mttdl(int shards, int needed, double loss, double repair) {
  EXPECTS(1 <= needed && needed <= shards);
  double sum = 0;
  for (int k = 0; k <= shards - needed; ++k) {
    double term = 1;
    for (int i = 0; i <= k; ++i) {
      // (s - k + i)_(i+1) = (s - k) (s - k + 1) ... (s - k + i)
      term /= shards - k + i;
      sum += term;
      term *= repair / loss;
    }
  }
  return sum / loss;
}

double windowed_annual_loss(int n, int tolerated, PerYear failure_rate, Seconds window,
                            Seconds year) {
  EXPECTS(window.value > 0 && year.value > 0 && failure_rate.value >= 0);
  const double p = -std::expm1(-failure_rate.value * (window / year));
  return any_of_independent(year / window, binomial_tail(n, tolerated, p));
}

double crossing_rate(int n, int tolerated, double loss, double repair_time) {
  EXPECTS(0 <= tolerated && tolerated < n && loss >= 0 && repair_time >= 0);
  const double missing = loss * repair_time / (1 + loss * repair_time);
  return n * loss / (1 + loss * repair_time) * binomial_term(n - 1, tolerated, missing);
}

PoissonDurability poisson_durability(int shards, int needed, double p) {
  EXPECTS(1 <= needed && needed <= shards && p > 0);
  const double tolerated = shards - needed;
  const double mean = shards * p;
  // P(Poisson(mean) <= t) is the upper incomplete gamma function Q(t + 1, mean).
  return {.kept = boost::math::gamma_q(tolerated + 1, mean),
          .lost = boost::math::gamma_p(tolerated + 1, mean)};
}

double copyset_loss(std::int64_t nodes, std::int64_t failed, int copies, double copysets) {
  EXPECTS(1 <= copies && copies <= nodes && 0 <= failed && failed <= nodes);
  double all_failed = 1;
  for (int i = 0; i < copies; ++i) {
    all_failed *=
        static_cast<double>(std::max<std::int64_t>(failed - i, 0)) / static_cast<double>(nodes - i);
  }
  return any_of_independent(copysets, all_failed);
}

double failures_per_drive_year_of_365_days(double failures, double drive_days) {
  EXPECTS(drive_days > 0);
  return failures / (drive_days / 365);
}

double msr_repair_share(int data, int helpers) {
  EXPECTS(1 <= data && data <= helpers);
  const double d = helpers;
  const double k = data;
  return d / (k * (d - k + 1));
}

std::array<Seconds, 4> rebuild_unit_readings(double machines, double tera, double mega_per_second) {
  const double tib = 0x1p40 * tera;
  const double tb = 1e12 * tera;
  const double mib = 0x1p20 * mega_per_second * machines;
  const double mb = 1e6 * mega_per_second * machines;
  return {Seconds{tib / mib}, Seconds{tb / mb}, Seconds{tb / mib}, Seconds{tib / mb}};
}

}  // namespace models::analytic
