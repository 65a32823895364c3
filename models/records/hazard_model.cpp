#include "models/records/hazard_model.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "models/records/gamma_spread.h"
#include "models/records/joint_fit.h"
#include "models/records/place_groups.h"
#include "sim/interval.h"

namespace models::records {
namespace {

using Best = JointFit::Best;

sim::Estimate estimate(double value, sim::Interval ci95, double failures) {
  sim::Estimate result =
      sim::Estimate::exact(value, sim::Method::analytic,
                           "maximum likelihood of age, calendar and place together; interval from "
                           "its profile");
  result.ci95 = ci95;
  result.replicates = static_cast<std::uint64_t>(std::llround(failures));
  result.counted = "failures";
  return result;
}

sim::Estimate spread_estimate(const GammaSpread& spread, double failures) {
  return estimate(std::sqrt(spread.variance),
                  {std::sqrt(spread.ci95.low), std::sqrt(spread.ci95.high)}, failures);
}

/// Failures seen and expected by place, at a shape, without factors of places.
std::vector<Counted> counts_of(const PlaceGroups& groups, const JointFit& fit, double shape) {
  std::vector<Counted> counts;
  if (!groups.of_lives) {
    for (std::size_t i = 0; i < groups.seen.size(); ++i) {
      counts.push_back({groups.seen[i], fit.failures() * groups.share[i], 1});
    }
    return counts;
  }
  const JointFit::Point point = fit.at(shape, 0);
  for (std::size_t g = 0; g < groups.of_lives->times.size(); ++g) {
    const double times = groups.of_lives->times[g];
    counts.push_back({point.group_seen[g] / times, point.group_expected[g] / times, times});
  }
  return counts;
}

/// Where units follow one another in their places, who fails often and who fails young look alike:
/// the shape stands beside the variance in test and interval.
void fit_with_shape(const JointFit& fit, const Best& alone, HazardPart& part) {
  const Best best = fit.best(true);
  const sim::Interval ci95 = fit.variance_interval(best, true);
  part.size = estimate(std::sqrt(best.variance), {std::sqrt(ci95.low), std::sqrt(ci95.high)},
                       fit.failures());
  part.gain = std::max(0.0, best.log_likelihood - alone.log_likelihood);
  // A variance of 0 lies at the edge: chi-squared(1) in one half of the cases (Self, Liang 1987).
  part.p = part.gain > 0 ? 0.5 * boost::math::gamma_q(0.5, part.gain) : 1;
}

HazardPart place_part(const PlaceGroups& groups, const JointFit& fit, const Best& alone,
                      bool free_shape, std::uint64_t seed, std::uint64_t number) {
  HazardPart part{.name = groups.name, .identified = groups.why_not.empty(), .why = groups.why_not};
  if (!part.identified) return part;
  if (free_shape && number == 0) {
    fit_with_shape(fit, alone, part);
    return part;
  }
  const std::vector<Counted> counts = counts_of(groups, fit, alone.shape);
  double seen = 0;
  for (const Counted& count : counts) seen += count.times * count.seen;
  const GammaSpread spread = gamma_spread(counts);
  part.size = spread_estimate(spread, seen);
  part.gain = spread.gain;
  part.p = p_of_even_places(counts, groups.squares, seed, number);
  return part;
}

HazardPart age_part(const JointFit& fit, const Best& best, bool one_age) {
  HazardPart part{.name = "age"};
  if (one_age) {
    part.why =
        "at any date nearly all units have one age, so ageing and bad months cannot be told apart";
    return part;
  }
  part.size = estimate(best.shape, fit.shape_interval(best), fit.failures());
  part.identified = part.size.ci95.low > 0 && std::isfinite(part.size.ci95.high);
  if (!part.identified) {
    part.why = "the ages in the record do not tell a shape once months may differ";
    return part;
  }
  part.gain = std::max(0.0, best.log_likelihood - fit.best(false).log_likelihood);
  part.p = boost::math::gamma_q(0.5, part.gain);  // chi-squared(1) of twice the gain
  return part;
}

/// Pearson's chi-squared of four-week levels; neighbours are put together until 5 are expected
/// (Cochran 1954).
double p_of_even_months(const std::vector<CalendarLevel>& levels, int parameters) {
  constexpr double least_expected = 5;
  double statistic = 0;
  int parts = 0;
  double seen = 0;
  double expected = 0;
  for (const CalendarLevel& level : levels) {
    seen += level.failures;
    expected += level.expected;
    if (expected < least_expected) continue;
    statistic += (seen - expected) * (seen - expected) / expected;
    ++parts;
    seen = expected = 0;
  }
  const int freedom = parts - parameters;
  return freedom > 0 ? boost::math::gamma_q(0.5 * freedom, 0.5 * statistic) : 1;
}

std::vector<CalendarLevel> levels_of(const JointFit::Point& point, Seconds from) {
  double seen = 0;
  double exposure = 0;
  for (std::size_t j = 0; j < point.seen.size(); ++j) {
    seen += point.seen[j];
    exposure += point.exposure[j];
  }
  std::vector<CalendarLevel> levels;
  for (std::size_t j = 0; j < point.seen.size(); ++j) {
    CalendarLevel level{.from = from + sim::days(7.0 * weeks_of_level * static_cast<double>(j)),
                        .failures = point.seen[j],
                        .expected = point.exposure[j] * seen / exposure};
    if (level.expected > 0) {
      const sim::Interval count = sim::poisson_interval(level.failures);
      level.factor =
          estimate(level.failures / level.expected,
                   {count.low / level.expected, count.high / level.expected}, level.failures);
    }
    levels.push_back(std::move(level));
  }
  return levels;
}

HazardPart calendar_part(const std::vector<CalendarLevel>& levels, double failures,
                         const HazardPart& age) {
  HazardPart part{.name = "calendar", .identified = levels.size() > 2};
  if (!part.identified) {
    part.why = "the record is shorter than three times four weeks";
    return part;
  }
  std::vector<Counted> counts;
  for (const CalendarLevel& level : levels) counts.push_back({level.failures, level.expected, 1});
  const GammaSpread spread = gamma_spread(counts);
  part.size = spread_estimate(spread, failures);
  part.gain = spread.gain;
  part.p = p_of_even_months(levels, age.identified ? 2 : 1);
  if (!age.identified) part.why = "or ageing: the two cannot be told apart here";
  return part;
}

/// Hundreds of thousands of drives: those of a place that were born in one week and are watched as
/// long count as one with their number, where they are no longer young.
std::vector<Life> merged(const std::vector<Life>& lives) {
  constexpr Seconds young = sim::days(90);
  constexpr Seconds week = sim::days(7);
  std::vector<Life> result;
  std::map<std::tuple<double, double, double, std::uint32_t, std::uint32_t>, std::size_t> known;
  for (const Life& life : lives) {
    if (life.failed || life.entry < young) {
      result.push_back(life);
      continue;
    }
    const Seconds born{(std::floor(life.born / week) + 0.5) * week.value};
    const auto key = std::tuple((life.born + life.entry).value, (life.born + life.exit).value,
                                born.value, life.machine, life.rack);
    const auto [found, added] = known.emplace(key, result.size());
    if (!added) {
      result[found->second].units += life.units;
      continue;
    }
    Life one = life;
    one.entry = life.entry + (life.born - born);
    one.exit = life.exit + (life.born - born);
    one.born = born;
    one.unit = Life::no_unit;
    result.push_back(one);
  }
  return result;
}

/// Of the kinds of places whose factors differ and are in a fit, the one that tells the most.
std::optional<std::size_t> frailest(const std::vector<HazardPart>& places,
                                    const std::vector<std::optional<JointFit>>& fits) {
  std::optional<std::size_t> most;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i].found() || !fits[i]) continue;
    if (!most || places[i].gain > places[*most].gain) most = i;
  }
  return most;
}

}  // namespace

std::optional<HazardModel> hazard_model(const Sample& sample, const std::vector<Life>& all,
                                        const BurstInput& input,
                                        const std::optional<BurstFit>& bursts, bool one_age,
                                        std::uint64_t seed) {
  const bool dated = sample.from && sample.until && !all.empty() &&
                     std::ranges::all_of(all, [](const Life& life) { return life.dated(); });
  if (!dated) return std::nullopt;
  // Where unit follows unit in a place, each life has its own.
  const bool many = !JointFit::fits(all, *sample.from, *sample.until) && !(sample.units > 0);
  const std::vector<Life> lives = many ? merged(all) : all;
  if (!JointFit::fits(lives, *sample.from, *sample.until)) return std::nullopt;
  const JointFit even(lives, *sample.from, *sample.until);
  if (!(even.failures() > 0)) return std::nullopt;
  const Best alone = even.best(!one_age);
  std::vector<PlaceGroups> groups = place_groups(sample, lives, input, bursts);
  std::vector<std::optional<JointFit>> fits;  // none where only failures tell of the places
  HazardModel model;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    fits.emplace_back();
    if (groups[i].why_not.empty() && groups[i].of_lives) {
      fits.back().emplace(lives, *sample.from, *sample.until, *groups[i].of_lives);
    }
    const JointFit& own = fits.back() ? *fits.back() : even;
    model.places.push_back(place_part(groups[i], own, alone, !one_age, seed, i));
  }
  model.frailty = frailest(model.places, fits);
  const JointFit& fit = model.frailty ? *fits[*model.frailty] : even;
  const Best best = model.frailty ? fit.best(!one_age) : alone;
  model.age = age_part(fit, best, one_age);
  model.levels = levels_of(fit.at(best.shape, best.variance), *sample.from);
  model.calendar = calendar_part(model.levels, fit.failures(), model.age);
  return model;
}

}  // namespace models::records
