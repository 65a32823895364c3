#include "models/records/joint_fit.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "sim/contract.h"

namespace models::records {
namespace {

/// Of 32 bytes each: 50 MB, for each kind of places.
constexpr double most_pieces = 1.5e6;
constexpr double level_years = weeks_of_level * 7 / 365.25;
constexpr double drop = 1.920729410347062;  // half of the 95 % quantile of chi-squared(1)
constexpr double infinite = std::numeric_limits<double>::infinity();
/// Shapes that a scenario may have.
const double least_log_shape = std::log(0.05);
const double most_log_shape = std::log(20.0);
const double least_log_variance = std::log(1e-3);
const double most_log_variance = std::log(50.0);
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

int levels_between(Seconds from, Seconds until) {
  return std::max(1, static_cast<int>(std::ceil(sim::in_years(until - from) / level_years - 1e-9)));
}

double log_of(double age) { return age > 0 ? std::log(age) : -infinite; }

/// Log-likelihood of one group, its factor integrated out, less what only the levels say.
class GroupValue {
 public:
  explicit GroupValue(double variance)
      : variance_(variance),
        ratio_(variance > 0 ? 1 / variance : 0),
        log_gamma_(variance > 0 ? boost::math::lgamma(ratio_) : 0) {}

  double operator()(double seen, double expected) const {
    if (variance_ <= 0) return -expected;
    const double value = -(seen + ratio_) * std::log1p(variance_ * expected);
    if (seen <= 0) return value;
    return value + boost::math::lgamma(seen + ratio_) - log_gamma_ + seen * std::log(variance_);
  }

 private:
  double variance_, ratio_, log_gamma_;
};

/// The place of the greatest value between two.
template <class Value>
double top_of(const Value& value, double low, double high) {
  constexpr int bits = 11;  // of a place: the top is flat to twice as many
  std::uintmax_t most_steps = 40;
  return boost::math::tools::brent_find_minima([&](double at) { return -value(at); }, low, high,
                                               bits, most_steps)
      .first;
}

/// Where the value falls below `limit` on one side of its top, as a logarithm; the bound itself if
/// it does not. @param reach  of the first step outwards
template <class Value>
double end_of(const Value& value, double top, double top_value, double limit, double bound,
              double reach) {
  const double sign = bound < top ? -1 : 1;
  // The root of the depth is nearly a line.
  const auto depth = [&](double at) { return std::sqrt(std::max(0.0, top_value - value(at))); };
  const double wanted = std::sqrt(top_value - limit);
  double inside = top;
  double inside_depth = 0;
  double outside = top;
  double outside_depth = 0;
  for (;; reach *= 2) {
    outside = top + sign * reach;
    if ((outside - bound) * sign >= 0) outside = bound;
    outside_depth = depth(outside);
    if (outside_depth > wanted) break;
    if (outside == bound) return bound;
    inside = outside;
    inside_depth = outside_depth;
  }
  constexpr int most_steps = 20;
  constexpr double enough = 2e-3;
  for (int step = 0; step < most_steps; ++step) {
    const double chord = (wanted - inside_depth) / (outside_depth - inside_depth);
    const double here =
        inside + (step % 3 == 2 ? 0.5 : std::clamp(chord, 0.02, 0.98)) * (outside - inside);
    const double here_depth = depth(here);
    if (std::abs(here_depth - wanted) < enough) return here;
    (here_depth < wanted ? inside : outside) = here;
    (here_depth < wanted ? inside_depth : outside_depth) = here_depth;
  }
  return 0.5 * (inside + outside);
}

}  // namespace

/// What each cell gains of hazard at a level of 1, and the factors from which a climb begins.
struct JointFit::Gains {
  double shape{1};
  std::vector<double> of_cell;
  std::vector<double> factors;
};

bool JointFit::fits(std::span<const Life> lives, Seconds from, Seconds until) {
  double pieces = 0;
  const double levels = levels_between(from, until);
  for (const Life& life : lives) {
    pieces += std::min(levels, 2 + sim::in_years(life.exit - life.entry) / level_years);
  }
  return pieces <= most_pieces;
}

JointFit::JointFit(std::span<const Life> lives, Seconds from, Seconds until, LifeGroups groups)
    : groups_(std::move(groups)), seen_(static_cast<std::size_t>(levels_between(from, until))) {
  group_seen_.assign(groups_.times.size(), 0);
  std::vector<std::size_t> order(lives.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const bool grouped = !groups_.times.empty();
  const auto group_of = [&](std::size_t i) { return grouped ? groups_.of_life[i] : 0U; };
  std::ranges::stable_sort(order, {}, group_of);
  std::vector<std::uint32_t> cell_of_level(seen_.size());
  std::optional<std::uint32_t> group;
  for (const std::size_t i : order) {
    if (group != group_of(i)) {
      group = group_of(i);
      std::ranges::fill(cell_of_level, none);
    }
    add(lives[i], from, *group, cell_of_level);
  }
}

void JointFit::add(const Life& life, Seconds from, std::uint32_t group,
                   std::vector<std::uint32_t>& cell_of_level) {
  EXPECTS(life.dated());
  const std::size_t last = seen_.size() - 1;
  const double born = sim::in_years(life.born - from);
  const double exit = sim::in_years(life.exit);
  double age = sim::in_years(life.entry);
  const double first = std::max(0.0, std::floor((born + age) / level_years + 1e-9));
  std::size_t level = std::min(last, static_cast<std::size_t>(first));
  for (;;) {
    const double until = (static_cast<double>(level) + 1) * level_years - born;
    const double end = level < last ? std::min(exit, until) : exit;
    if (end > age) {
      if (cell_of_level[level] == none) {
        cell_of_level[level] = static_cast<std::uint32_t>(cells_.size());
        cells_.push_back({group, static_cast<std::uint32_t>(level)});
      }
      pieces_.push_back({log_of(age), log_of(end), life.units, cell_of_level[level]});
      age = end;
    }
    if (end >= exit || level == last) break;
    ++level;
  }
  if (!life.failed) return;
  seen_[level] += life.units;
  if (!group_seen_.empty()) group_seen_[group] += life.units;
  log_ages_ += life.units * log_of(exit);
  failures_ += life.units;
}

JointFit::Gains JointFit::gains_of(double shape) const {
  Gains gains{shape, std::vector<double>(cells_.size()),
              std::vector<double>(std::max<std::size_t>(1, groups_.times.size()), 1)};
  for (const Piece& piece : pieces_) {
    gains.of_cell[piece.cell] +=
        piece.units * (std::exp(shape * piece.log_end) - std::exp(shape * piece.log_begin));
  }
  return gains;
}

JointFit::Point JointFit::climb(Gains& gains, double variance) const {
  constexpr int most_steps = 60;
  constexpr double enough = 1e-5;  // of the log-likelihood
  Point point;
  point.seen = seen_;
  point.group_seen = group_seen_;
  const std::size_t count = groups_.times.size();
  if (variance <= 0) std::ranges::fill(gains.factors, 1);
  const GroupValue group_value(variance);
  double before = -infinite;
  for (int step = 0; step < most_steps; ++step) {
    point.exposure.assign(seen_.size(), 0);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      point.exposure[cells_[i].level] += gains.factors[cells_[i].group] * gains.of_cell[i];
    }
    point.levels.assign(seen_.size(), 0);
    double value = failures_ * std::log(gains.shape) + (gains.shape - 1) * log_ages_;
    for (std::size_t j = 0; j < seen_.size(); ++j) {
      if (seen_[j] <= 0 || point.exposure[j] <= 0) continue;
      point.levels[j] = seen_[j] / point.exposure[j];
      value += seen_[j] * std::log(point.levels[j]);
    }
    point.log_likelihood = value - failures_;
    if (count == 0) break;
    point.group_expected.assign(count, 0);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      point.group_expected[cells_[i].group] += point.levels[cells_[i].level] * gains.of_cell[i];
    }
    for (std::size_t g = 0; g < count; ++g) {
      const double times = groups_.times[g];
      const double seen = group_seen_[g] / times;
      const double expected = point.group_expected[g] / times;
      value += times * group_value(seen, expected);
      gains.factors[g] = (1 + variance * seen) / (1 + variance * expected);
    }
    point.log_likelihood = value;
    if (variance <= 0 || std::abs(value - before) < enough) break;
    before = value;
  }
  return point;
}

JointFit::Point JointFit::at(double shape, double variance) const {
  Gains gains = gains_of(shape);
  return climb(gains, variance);
}

/// All else at its best. The variance is sought on a scale on which the top is round.
JointFit::Best JointFit::best_of(Gains& gains) const {
  Best best{gains.shape, 0, climb(gains, 0).log_likelihood};
  if (groups_.times.empty()) return best;
  const double top = top_of([&](double log) { return climb(gains, std::exp(log)).log_likelihood; },
                            least_log_variance, most_log_variance);
  const double there = climb(gains, std::exp(top)).log_likelihood;
  if (there > best.log_likelihood) best = {gains.shape, std::exp(top), there};
  return best;
}

JointFit::Best JointFit::best_at(double shape) const {
  Gains gains = gains_of(shape);
  return best_of(gains);
}

/// A coarse look without groups finds the hill.
double JointFit::hill() const {
  constexpr int looks = 24;
  double log_shape = 0;
  double most = -infinite;
  for (int i = 0; i <= looks; ++i) {
    const double here = least_log_shape + (most_log_shape - least_log_shape) / looks * i;
    const double value = at(std::exp(here), 0).log_likelihood;
    if (value <= most) continue;
    most = value;
    log_shape = here;
  }
  return log_shape;
}

JointFit::Best JointFit::best(bool free_shape) const {
  if (!free_shape) return best_at(1);
  constexpr double around = 0.6;  // of a log shape: more than two looks
  const double middle = hill();
  const double top =
      top_of([&](double log) { return best_at(std::exp(log)).log_likelihood; },
             std::max(least_log_shape, middle - around), std::min(most_log_shape, middle + around));
  return best_at(std::exp(top));
}

sim::Interval JointFit::shape_interval(const Best& best) const {
  const auto value = [&](double log) { return best_at(std::exp(log)).log_likelihood; };
  const double top = std::log(best.shape);
  const double limit = best.log_likelihood - drop;
  constexpr double reach = 0.1;
  const double low = end_of(value, top, best.log_likelihood, limit, least_log_shape, reach);
  const double high = end_of(value, top, best.log_likelihood, limit, most_log_shape, reach);
  return {low > least_log_shape ? std::exp(low) : 0,
          high < most_log_shape ? std::exp(high) : infinite};
}

/// The log-likelihood at a variance, the shape at its best.
double JointFit::with_variance(double variance, double near_log_shape, bool free_shape) const {
  if (!free_shape) return at(1, variance).log_likelihood;
  constexpr double around = 0.4;
  const auto value = [&](double log) { return at(std::exp(log), variance).log_likelihood; };
  return value(top_of(value, std::max(least_log_shape, near_log_shape - around),
                      std::min(most_log_shape, near_log_shape + around)));
}

sim::Interval JointFit::variance_interval(const Best& best, bool free_shape) const {
  const auto value = [&](double log) {
    return with_variance(std::exp(log), std::log(best.shape), free_shape);
  };
  const double none = with_variance(0, std::log(best.shape), free_shape);
  const double limit = best.log_likelihood - drop;
  const double top = best.variance > 0 ? std::log(best.variance) : least_log_variance;
  constexpr double reach = 0.5;
  sim::Interval interval{0, infinite};
  if (none < limit) {
    interval.low =
        std::exp(end_of(value, top, best.log_likelihood, limit, least_log_variance, reach));
  }
  const double high = end_of(value, top, best.log_likelihood, limit, most_log_variance,
                             best.variance > 0 ? reach : 4);
  if (high < most_log_variance) interval.high = std::exp(high);
  return interval;
}

}  // namespace models::records
