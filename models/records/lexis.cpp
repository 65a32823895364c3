#include "models/records/lexis.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/contract.h"

namespace models::records {
namespace {

constexpr double week_years = 7 / 365.25;
constexpr double month_years = 1.0 / 12;
/// Two weeks in the first months, where early failures are, and a month from then on.
std::vector<double> edges_until(double age) {
  std::vector<double> edges{0};
  while (edges.back() < age) {
    edges.push_back(edges.back() + (edges.back() < 0.25 ? 2 * week_years : month_years));
  }
  if (edges.size() < 2) edges.push_back(2 * week_years);
  return edges;
}

}  // namespace

Lexis::Lexis(std::span<const Life> lives, Seconds from, Seconds until)
    : from_(from),
      weeks_(std::max(1, static_cast<int>(std::ceil((until - from) / sim::days(7) - 1e-9)))) {
  double oldest = 0;
  for (const Life& life : lives) oldest = std::max(oldest, sim::in_years(life.exit));
  edges_ = edges_until(oldest);
  failed_.assign(static_cast<std::size_t>(rows()) * static_cast<std::size_t>(weeks_), 0);
  exposure_ = failed_;
  for (const Life& life : lives) add(life);
}

void Lexis::add(const Life& life) {
  EXPECTS(life.dated());
  const double born = sim::in_years(life.born - from_);
  const double exit = sim::in_years(life.exit);
  double age = sim::in_years(life.entry);
  auto row = static_cast<int>(std::ranges::upper_bound(edges_, age) - edges_.begin()) - 1;
  const auto week_at = [&](double at) {
    return std::clamp(static_cast<int>(std::floor((born + at) / week_years)), 0, weeks_ - 1);
  };
  int week = week_at(age + 1e-9);
  for (;;) {
    row = std::min(row, rows() - 1);
    const double week_end = week + 1 < weeks_ ? (week + 1) * week_years - born
                                              : std::numeric_limits<double>::infinity();
    const double row_end =
        row + 1 < rows() ? edge(row + 1) : std::numeric_limits<double>::infinity();
    const double next = std::min({exit, week_end, row_end});
    exposure_[place(row, week)] += life.units * std::max(0.0, next - age);
    age = std::max(age, next);
    if (next >= exit) break;
    if (week_end <= next) ++week;
    if (row_end <= next) ++row;
  }
  if (life.failed) failed_[place(row, week)] += life.units;
}

AgeTable Lexis::without(int fold, int folds) const {
  std::vector<Life> lives;
  for (int row = 0; row < rows(); ++row) {
    double years = 0;
    double deaths = 0;
    for (int week = 0; week < weeks_; ++week) {
      if (week % folds == fold) continue;
      years += exposure(row, week);
      deaths += failed(row, week);
    }
    const Seconds begin = sim::years(edge(row));
    const Seconds end = sim::years(edge(row + 1));
    // As many units as make these unit-years, each watched for the whole row.
    if (years > 0) lives.push_back({begin, end, false, years / sim::in_years(end - begin)});
    if (deaths > 0) {
      const Seconds middle = 0.5 * (begin + end);
      lives.push_back({middle - Seconds{1}, middle, true, deaths});
    }
  }
  return AgeTable(lives);
}

double Lexis::score(std::span<const double> rates, int fold, int folds) const {
  double sum = 0;
  for (int row = 0; row < rows(); ++row) {
    const double rate = std::max(rates[static_cast<std::size_t>(row)], 1e-300);
    for (int week = fold; week < weeks_; week += folds) {
      sum += failed(row, week) * std::log(rate) - exposure(row, week) * rate;
    }
  }
  return sum;
}

namespace {

/// Log-likelihood of a shape, the level of each four weeks at its best.
class LevelFree {
 public:
  explicit LevelFree(const Lexis& lexis) : lexis_(lexis) {
    constexpr int weeks_of_level = 4;
    levels_ = (lexis.weeks() + weeks_of_level - 1) / weeks_of_level;
    const auto cells = static_cast<std::size_t>(lexis.rows()) * static_cast<std::size_t>(levels_);
    failed_.assign(cells, 0);
    exposure_.assign(cells, 0);
    for (int row = 0; row < lexis.rows(); ++row) {
      for (int week = 0; week < lexis.weeks(); ++week) {
        failed_[place(row, week / weeks_of_level)] += lexis.failed(row, week);
        exposure_[place(row, week / weeks_of_level)] += lexis.exposure(row, week);
      }
    }
  }

  double operator()(double log_shape) const {
    const double shape = std::exp(log_shape);
    const auto rates =
        lexis_.rates_of([&](double age) { return age > 0 ? std::pow(age, shape) : 0.0; });
    double sum = 0;
    for (int level = 0; level < levels_; ++level) {
      double hazard = 0;
      double failed = 0;
      for (int row = 0; row < lexis_.rows(); ++row) {
        const double deaths = failed_[place(row, level)];
        hazard += exposure_[place(row, level)] * rates[static_cast<std::size_t>(row)];
        failed += deaths;
        if (deaths > 0) sum += deaths * std::log(rates[static_cast<std::size_t>(row)]);
      }
      if (failed > 0) sum -= failed * std::log(hazard);
    }
    return sum;
  }

 private:
  std::size_t place(int row, int level) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(levels_) +
           static_cast<std::size_t>(level);
  }
  const Lexis& lexis_;
  int levels_{};
  std::vector<double> failed_, exposure_;
};

}  // namespace

ShapeOfAges shape_of_ages(const Lexis& lexis) {
  // The shapes that a scenario may have; the likelihood is looked at evenly between.
  const double least = std::log(0.05);
  const double most = std::log(20.0);
  constexpr int steps = 240;
  constexpr double drop = 1.920729410347062;  // half of the 95 % quantile of chi-squared(1)
  const LevelFree likelihood(lexis);
  std::vector<double> values;
  for (int i = 0; i <= steps; ++i) values.push_back(likelihood(least + (most - least) * i / steps));
  const auto best = std::ranges::max_element(values) - values.begin();
  const auto at = [&](double i) { return std::exp(least + (most - least) * i / steps); };
  ShapeOfAges result;
  result.shape = at(static_cast<double>(best));
  const double limit = values[static_cast<std::size_t>(best)] - drop;
  result.ci95 = {0, std::numeric_limits<double>::infinity()};
  for (auto i = best; i > 0; --i) {
    const double inner = values[static_cast<std::size_t>(i)];
    const double outer = values[static_cast<std::size_t>(i - 1)];
    if (outer >= limit) continue;
    result.ci95.low = at(static_cast<double>(i) - (inner - limit) / (inner - outer));
    break;
  }
  for (auto i = best; i < steps; ++i) {
    const double inner = values[static_cast<std::size_t>(i)];
    const double outer = values[static_cast<std::size_t>(i + 1)];
    if (outer >= limit) continue;
    result.ci95.high = at(static_cast<double>(i) + (inner - limit) / (inner - outer));
    break;
  }
  result.identified = result.ci95.low > 0 && std::isfinite(result.ci95.high);
  return result;
}

}  // namespace models::records
