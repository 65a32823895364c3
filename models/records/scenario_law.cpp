#include "models/records/scenario_law.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "sim/interval.h"

namespace models::records {
namespace {

constexpr int folds = 5;
constexpr double rejected_below = 0.05;
/// A shape needs as many failures as the tests of clustering.
constexpr double least_failures = 20;

/// The lives with the failures of bursts as censored: who dies in one does not die by the law.
std::vector<Life> single_lives(const Sample& sample, const std::optional<BurstFit>& bursts) {
  if (!bursts || !bursts->found()) return sample.lives;
  std::map<std::uint32_t, std::vector<std::size_t>> of_unit;
  for (std::size_t i = 0; i < sample.happenings.size(); ++i) {
    of_unit[sample.happenings[i].unit].push_back(i);
  }
  std::vector<Life> lives;
  for (const Life& life : sample.lives) {
    const auto found = life.failed ? of_unit.find(life.unit) : of_unit.end();
    if (found == of_unit.end()) {
      lives.push_back(life);
      continue;
    }
    // The unit's failure that is nearest to the end of this life.
    const Seconds end = life.born + life.exit;
    const std::size_t mine = *std::ranges::min_element(found->second, {}, [&](std::size_t i) {
      return std::abs((sample.happenings[i].at - end).value);
    });
    const double single = bursts->law.single[mine];
    Life part = life;
    part.units = life.units * single;
    if (part.units > 0) lives.push_back(part);
    part.failed = false;
    part.units = life.units * (1 - single);
    if (part.units > 0) lives.push_back(part);
  }
  return lives;
}

double hazard_of(const FittedLaw& law, double age) {
  return law.law.cumulative_hazard(sim::years(age));
}

/// Pearson's chi-squared of the failures of each four weeks; neighbours are put together until 5
/// are expected (Cochran 1954).
std::optional<double> calendar_test(const std::vector<double>& seen,
                                    const std::vector<double>& expected, int parameters) {
  constexpr std::size_t weeks = 4;
  constexpr double least_expected = 5;
  double statistic = 0;
  int parts = 0;
  double sum_seen = 0;
  double sum_expected = 0;
  const double all = std::accumulate(seen.begin(), seen.end(), 0.0);
  const double model = std::accumulate(expected.begin(), expected.end(), 0.0);
  if (!(model > 0)) return std::nullopt;
  for (std::size_t week = 0; week < seen.size(); ++week) {
    sum_seen += seen[week];
    sum_expected += expected[week] * all / model;
    if ((week + 1) % weeks != 0 || sum_expected < least_expected) continue;
    statistic += (sum_seen - sum_expected) * (sum_seen - sum_expected) / sum_expected;
    ++parts;
    sum_seen = sum_expected = 0;
  }
  const int freedom = parts - std::max(1, parameters);
  if (freedom < 1) return std::nullopt;
  return boost::math::gamma_q(0.5 * freedom, 0.5 * statistic);
}

/// At any date nine tenths of the units have one age, within two rows of the plane: what a failed
/// unit's successor tells of youth is what its place tells of itself.
bool of_one_age(const Lexis& lexis) {
  double same = 0;
  double all = 0;
  for (int week = 0; week < lexis.weeks(); ++week) {
    double most = 0;
    double before = 0;
    for (int row = 0; row < lexis.rows(); ++row) {
      const double here = lexis.exposure(row, week);
      most = std::max(most, before + here);
      before = here;
      all += here;
    }
    same += most;
  }
  return all > 0 && same > 0.9 * all;
}

/// Ages between which all but one in a hundred unit-years lie.
sim::Interval ages_seen(const Lexis& lexis) {
  std::vector<double> by_row;
  for (int row = 0; row < lexis.rows(); ++row) {
    double sum = 0;
    for (int week = 0; week < lexis.weeks(); ++week) sum += lexis.exposure(row, week);
    by_row.push_back(sum);
  }
  const double all = std::accumulate(by_row.begin(), by_row.end(), 0.0);
  const auto quantile = [&](double share) {
    double sum = 0;
    for (int row = 0; row < lexis.rows(); ++row) {
      const double here = by_row[static_cast<std::size_t>(row)];
      if (sum + here >= share * all && here > 0) {
        return lexis.edge(row) +
               (lexis.edge(row + 1) - lexis.edge(row)) * (share * all - sum) / here;
      }
      sum += here;
    }
    return lexis.edge(lexis.rows());
  };
  return {quantile(0.005), quantile(0.995)};
}

/// What speaks against a law whose hazard changes with age.
std::string against_shape(const FittedLaw& law, const ScenarioLaw& result) {
  if (law.kind == LawKind::exponential) return {};
  if (result.one_age) {
    return "its shape is that of the calendar: at any date nearly all units have one age, so "
           "ageing "
           "and bad months cannot be told apart";
  }
  if (!result.shape || !result.shape->identified || result.shape->ci95.contains(1)) {
    return "the ages in the record do not tell ageing from bad months: with a level for each four "
           "weeks the shape may be 1";
  }
  const bool rising = result.shape->ci95.low > 1;
  const auto& ages = *result.ages;
  const double middle = 0.5 * (ages.low + ages.high);
  const double early = hazard_of(law, middle) - hazard_of(law, ages.low);
  const double late = hazard_of(law, ages.high) - hazard_of(law, middle);
  if ((late > early) == rising || law.kind == LawKind::bathtub) return {};
  return "its hazard moves against what ages tell once months may differ";
}

std::string against(const Candidate& candidate, const ScenarioLaw& result) {
  const FittedLaw& law = candidate.law;
  if (law.test && law.test->p < rejected_below) {
    return fmt::format("rejected by its test of fit (p {:.2g})", law.test->p);
  }
  if (std::string words = against_shape(law, result); !words.empty()) return words;
  if (law.kind != LawKind::exponential && !law.test) return "too few failures to test it";
  if (candidate.calendar_p && *candidate.calendar_p < rejected_below) {
    return fmt::format("failures of each four weeks differ more than it allows (p {:.2g})",
                       *candidate.calendar_p);
  }
  return {};
}

void add_candidates(const AgeTable& ages, const Lexis* lexis, const std::optional<LawKind>& wanted,
                    ScenarioLaw& result) {
  for (const LawKind kind : {LawKind::exponential, LawKind::weibull, LawKind::bathtub}) {
    if (wanted && kind != *wanted) continue;
    if (kind != LawKind::exponential && ages.failures() < least_failures) continue;
    auto law = fit_law(ages, kind);
    if (!law) continue;
    Candidate candidate{std::move(*law), {}, {}, {}};
    if (lexis != nullptr) {
      const auto expected =
          lexis->expected([&](double age) { return hazard_of(candidate.law, age); });
      candidate.calendar_p = calendar_test(result.seen_by_week, expected, candidate.law.parameters);
      double score = 0;
      bool scored = lexis->weeks() >= 2 * folds;
      for (int fold = 0; scored && fold < folds; ++fold) {
        const AgeTable rest = lexis->without(fold, folds);
        const auto there = rest.failures() > 0 ? fit_law(rest, kind) : std::nullopt;
        scored = there.has_value();
        if (!scored) break;
        const auto rates = lexis->rates_of([&](double age) { return hazard_of(*there, age); });
        score += lexis->score(rates, fold, folds);
      }
      if (scored) candidate.held_out = score;
    }
    result.candidates.push_back(std::move(candidate));
  }
  const auto worth = [](const Candidate& candidate) {
    // Without weeks to hold out, Akaike's criterion stands for them.
    return candidate.held_out ? *candidate.held_out : -0.5 * candidate.law.aic();
  };
  const bool all_scored = std::ranges::all_of(
      result.candidates, [](const Candidate& candidate) { return candidate.held_out.has_value(); });
  std::ranges::stable_sort(result.candidates, std::ranges::greater{},
                           [&](const Candidate& candidate) {
                             return all_scored ? worth(candidate) : -0.5 * candidate.law.aic();
                           });
}

void set_rate(const Sample& sample, double singles, ScenarioLaw& result) {
  result.failures = singles;
  const double years = sample.all.unit_years;
  const sim::Interval count = sim::poisson_interval(singles);
  result.rate = sim::Estimate::exact(singles / years, sim::Method::analytic,
                                     "constant rate, Poisson count of single failures");
  result.rate.ci95 = {count.low / years, count.high / years};
  result.rate.replicates = static_cast<std::uint64_t>(std::llround(singles));
  result.rate.counted = "failures";
  result.range = result.rate.ci95;
}

/// Slowest to fastest calendar year, of those that hold enough to have a rate.
void widen_to_years(const Sample& sample, double singles, ScenarioLaw& result) {
  constexpr double least_of_year = 5;
  const double share = sample.all.failures > 0 ? singles / sample.all.failures : 1;
  for (const auto& [year, count] : sample.by_year) {
    if (count.failures < least_of_year || !(count.unit_years > 0)) continue;
    const double rate = share * count.failures / count.unit_years;
    result.range.low = std::min(result.range.low, rate);
    result.range.high = std::max(result.range.high, rate);
  }
}

double single_failures(const Sample& sample, const std::optional<BurstFit>& bursts) {
  if (!bursts || !bursts->found()) return sample.all.failures;
  return std::accumulate(bursts->law.single.begin(), bursts->law.single.end(), 0.0);
}

/// What the ages tell, the calendar and places allowed for.
void look_at_hazard(const Sample& sample, const std::vector<Life>& lives,
                    const std::optional<BurstFit>& bursts, const BurstInput* input,
                    std::uint64_t seed, ScenarioLaw& result) {
  if (input != nullptr) {
    result.hazard = hazard_model(sample, lives, *input, bursts, result.one_age, seed);
  }
  if (!result.hazard || !result.hazard->age.identified) return;
  const sim::Estimate& shape = result.hazard->age.size;
  result.shape = ShapeOfAges{*shape.value, shape.ci95, true};
}

void weigh_laws(const Sample& sample, const std::vector<Life>& lives,
                const std::optional<BurstFit>& bursts, const std::optional<LawKind>& wanted,
                const BurstInput* input, std::uint64_t seed, ScenarioLaw& result) {
  const AgeTable ages(lives);
  const bool dated = sample.from && sample.until &&
                     std::ranges::all_of(lives, [](const Life& life) { return life.dated(); });
  std::optional<Lexis> lexis;
  if (dated) {
    lexis.emplace(lives, *sample.from, *sample.until);
    result.one_age = of_one_age(*lexis);
    result.ages = ages_seen(*lexis);
    result.shape = shape_of_ages(*lexis);
    look_at_hazard(sample, lives, bursts, input, seed, result);
    result.seen_by_week.assign(static_cast<std::size_t>(lexis->weeks()), 0);
    for (int row = 0; row < lexis->rows(); ++row) {
      for (int week = 0; week < lexis->weeks(); ++week) {
        result.seen_by_week[static_cast<std::size_t>(week)] += lexis->failed(row, week);
      }
    }
  }
  if (!(ages.failures() > 0)) return;
  add_candidates(ages, lexis ? &*lexis : nullptr, wanted, result);
  for (Candidate& candidate : result.candidates) {
    candidate.rejected = against(candidate, result);
    if (candidate.rejected.empty() && !result.law) result.law = candidate.law;
  }
  if (!lexis) return;
  const double rate = *result.rate.value;
  result.by_week = lexis->expected(
      [&](double age) { return result.law ? hazard_of(*result.law, age) : rate * age; });
}

}  // namespace

ScenarioLaw scenario_law(const Sample& sample, const std::optional<BurstFit>& bursts,
                         const std::optional<LawKind>& wanted, const BurstInput* input,
                         std::uint64_t seed) {
  ScenarioLaw result;
  const double singles = single_failures(sample, bursts);
  set_rate(sample, singles, result);
  if (!(singles > 0)) return result;
  const std::vector<Life> lives = single_lives(sample, bursts);
  if (lives.empty()) {
    result.verdict = ScenarioLaw::Verdict::rate_only;
    result.words.emplace_back("The record tells the age of no unit: a rate, and no law of life.");
    return result;
  }
  weigh_laws(sample, lives, bursts, wanted, input, seed, result);
  if (result.law) {
    result.verdict = ScenarioLaw::Verdict::law;
    return result;
  }
  result.verdict = ScenarioLaw::Verdict::no_law;
  widen_to_years(sample, singles, result);
  return result;
}

}  // namespace models::records
