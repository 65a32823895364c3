#include "models/lifecycle/cache.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/contract.h"

namespace models::lifecycle {
namespace {

/// Objects of about equal popularity.
struct Rank {
  double count{};
  double weight{};  ///< of one
};

/// Ranks one by one up to a thousand, then in steps of half a percent: the sum of r^-s over a step
/// is that of its middle within 1e-6.
std::vector<Rank> ranks_of(double objects, double zipf) {
  constexpr double single = 1000;
  constexpr double step = 1.005;
  std::vector<Rank> ranks;
  double from = 1;
  while (from <= objects) {
    const double to = from <= single ? from : std::min(std::floor(from * step), objects);
    const double count = to - from + 1;
    ranks.push_back({count, std::pow((from + to) / 2, -zipf)});
    from = to + 1;
  }
  double sum = 0;
  for (const Rank& rank : ranks) sum += rank.count * rank.weight;
  for (Rank& rank : ranks) rank.weight /= sum;
  return ranks;
}

double held_within(const std::vector<Rank>& ranks, double time) {
  double held = 0;
  for (const Rank& rank : ranks) held += rank.count * -std::expm1(-rank.weight * time);
  return held;
}

}  // namespace

double hit_ratio(double objects, double held, double zipf) {
  EXPECTS(objects >= 1 && held >= 0 && zipf >= 0);
  if (held >= objects) return 1;
  if (held <= 0) return 0;
  const std::vector<Rank> ranks = ranks_of(std::floor(objects), zipf);
  double low = 0;
  double high = 1;
  while (held_within(ranks, high) < held) high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-13 * high; ++i) {
    const double middle = (low + high) / 2;
    (held_within(ranks, middle) < held ? low : high) = middle;
  }
  double hits = 0;
  for (const Rank& rank : ranks)
    hits += rank.count * rank.weight * -std::expm1(-rank.weight * high);
  return hits;
}

double best_hit_ratio(double objects, double held, double zipf) {
  EXPECTS(objects >= 1 && held >= 0 && zipf >= 0);
  double left = held;
  double hits = 0;
  for (const Rank& rank : ranks_of(std::floor(objects), zipf)) {
    const double taken = std::min(left, rank.count);
    hits += taken * rank.weight;
    left -= taken;
  }
  return std::min(hits, 1.0);
}

}  // namespace models::lifecycle
