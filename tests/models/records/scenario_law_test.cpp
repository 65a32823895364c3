// No law that is rejected, none that the ages cannot tell, none without its ages.
#include "models/records/scenario_law.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "sim/random.h"

namespace {

using models::records::Lexis;
using models::records::Life;
using models::records::Sample;
using models::records::scenario_law;
using models::records::ScenarioLaw;
using models::records::shape_of_ages;
using sim::Distribution;
using sim::Seconds;
using sim::years;
using ::testing::HasSubstr;

/// Units put in between `first` and `last` years before the watch of two years begins; the hazard
/// is `law`'s times what the calendar says.
Sample watched(const Distribution& law, double first, double last, bool bad_months,
               std::uint64_t replicate) {
  constexpr int units = 4000;
  const Seconds from = years(50);
  Sample sample;
  sample.from = from;
  sample.until = from + years(2);
  sim::Stream stream(35, sim::Purpose::test, {replicate, 83, 0});
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    const double age = first + (last - first) * stream.uniform();
    // Thinning: a candidate of three times the hazard is kept by the factor of its quarter.
    double hazard = law.cumulative_hazard(years(age));
    Life life{years(age), years(age + 2), false, 1, from - years(age), unit};
    for (;;) {
      hazard += stream.exponential() / 3;
      const double at = sim::in_years(law.time_at_hazard(hazard));
      if (at >= age + 2) break;
      const bool bad = bad_months && static_cast<int>((at - age) * 4) % 4 == 3;
      const double factor = bad_months ? (bad ? 3.0 : 0.4) : 1.0;
      if (stream.uniform() * 3 >= factor) continue;
      life.exit = years(at);
      life.failed = true;
      break;
    }
    const double watched_years = sim::in_years(life.exit - life.entry);
    sample.all.unit_years += watched_years;
    sample.all.failures += life.failed ? 1 : 0;
    auto& year = sample.by_year[2020 + (watched_years > 1 ? 1 : 0)];
    year.unit_years += watched_years;
    year.failures += life.failed ? 1 : 0;
    sample.lives.push_back(life);
  }
  return sample;
}

TEST(Lexis, HoldsEveryFailureAndUnitYear) {
  const Sample sample = watched(Distribution::weibull(2, years(8)), 0, 4, false, 1);
  const Lexis plane(sample.lives, *sample.from, *sample.until);
  double failed = 0;
  double exposure = 0;
  for (int row = 0; row < plane.rows(); ++row) {
    for (int week = 0; week < plane.weeks(); ++week) {
      failed += plane.failed(row, week);
      exposure += plane.exposure(row, week);
    }
  }
  EXPECT_EQ(failed, sample.all.failures);
  EXPECT_NEAR(exposure, sample.all.unit_years, 1e-6 * exposure);
}

TEST(ShapeOfAges, SeesThroughBadMonthsWhereAgesDiffer) {
  const Sample sample = watched(Distribution::weibull(2.5, years(8)), 0, 4, true, 2);
  const auto shape = shape_of_ages(Lexis(sample.lives, *sample.from, *sample.until));
  EXPECT_TRUE(shape.identified);
  EXPECT_TRUE(shape.ci95.contains(2.5)) << shape.ci95.low << " " << shape.ci95.high;
}

TEST(ShapeOfAges, KnowsNothingWhereAllUnitsHaveOneAge) {
  const Sample sample = watched(Distribution::weibull(2.5, years(8)), 0.5, 0.5, true, 3);
  EXPECT_FALSE(shape_of_ages(Lexis(sample.lives, *sample.from, *sample.until)).identified);
}

TEST(ShapeOfAges, CoversTheTruthInNineteenOfTwenty) {
  constexpr int records = 100;
  int held = 0;
  for (std::uint64_t i = 0; i < records; ++i) {
    const Sample sample = watched(Distribution::weibull(1.6, years(10)), 0, 4, i % 2 == 0, 100 + i);
    held += shape_of_ages(Lexis(sample.lives, *sample.from, *sample.until)).ci95.contains(1.6);
  }
  EXPECT_LT(std::abs(held - 0.95 * records) / std::sqrt(0.0475 * records), 3.2) << held;
}

TEST(ScenarioLaw, ThreeBadMonthsOfUnitsOfOneAgeAreNoWear) {
  const Sample sample = watched(Distribution::exponential(years(12)), 0.5, 0.5, true, 4);
  const ScenarioLaw law = scenario_law(sample, {}, {});
  EXPECT_EQ(law.verdict, ScenarioLaw::Verdict::no_law);
  EXPECT_TRUE(law.one_age);
  EXPECT_FALSE(law.law);
  for (const auto& candidate : law.candidates) EXPECT_NE(candidate.rejected, "");
  EXPECT_LT(law.range.low, *law.rate.value);
}

TEST(ScenarioLaw, OfOneAgeNeverHasAShape) {
  for (std::uint64_t i = 0; i < 10; ++i) {
    const Sample sample = watched(Distribution::weibull(3, years(6)), 0.5, 0.5, false, 10 + i);
    const ScenarioLaw law = scenario_law(sample, {}, {});
    EXPECT_FALSE(law.law && law.law->kind != models::records::LawKind::exponential) << i;
  }
}

TEST(ScenarioLaw, GivesWearThatAgesTellWithTheAgesSeen) {
  int given = 0;
  for (std::uint64_t i = 0; i < 20; ++i) {
    const Sample sample = watched(Distribution::weibull(2.5, years(8)), 1, 4, false, 30 + i);
    const ScenarioLaw law = scenario_law(sample, {}, {});
    if (!law.law || law.law->kind == models::records::LawKind::exponential) continue;
    ++given;
    // Ages at the start spread over 3 years, watched for 2: below 1 + x lie x^2/12 of the
    // unit-years.
    const double tail = std::sqrt(12 * 0.005);
    EXPECT_NEAR(law.ages->low, 1 + tail, 0.05);
    EXPECT_NEAR(law.ages->high, 6 - tail, 0.05);
  }
  EXPECT_GE(given, 15);  // two tests at 5 % each may speak against it
}

TEST(ScenarioLaw, GivesAConstantRateWhereNothingSpeaksAgainstIt) {
  int given = 0;
  for (std::uint64_t i = 0; i < 40; ++i) {
    const Sample sample = watched(Distribution::exponential(years(20)), 0, 3, false, 60 + i);
    const ScenarioLaw law = scenario_law(sample, {}, {});
    given += law.law && law.law->kind == models::records::LawKind::exponential ? 1 : 0;
  }
  EXPECT_GE(given, 30);
}

TEST(ScenarioLaw, ThatIsAskedForAndRejectedIsNotGiven) {
  const Sample sample = watched(Distribution::weibull(3, years(5)), 0, 4, false, 5);
  const ScenarioLaw law = scenario_law(sample, {}, models::records::LawKind::exponential);
  EXPECT_EQ(law.verdict, ScenarioLaw::Verdict::no_law);
  ASSERT_EQ(law.candidates.size(), 1U);
  EXPECT_THAT(law.candidates[0].rejected, HasSubstr("rejected by its test of fit"));
}

}  // namespace
