// What estimators of rare loss say where there is nothing, or hardly anything, to estimate; and
// that their sums are the same for any number of threads.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>

#include "sim/estimators/pilot.h"
#include "sim/estimators/publish.h"
#include "sim/estimators/rare_estimator.h"
#include "sim/execution/blocks.h"
#include "tests/sim/estimators/oracles.h"

namespace sim::testing {
namespace {

const RareFigure figure{Method::exposure, "test", {"failure", "shock"}, {}};

constexpr std::array<Estimator, 3> all{Estimator::exposure, Estimator::compensator,
                                       Estimator::splitting};

RareTally short_play(const Oracle& oracle, Estimator estimator, std::uint64_t replicates = 50) {
  RareOptions options = options_for(oracle, 2.0);
  options.effort = 16;
  return play(oracle, estimator, options, replicates, 1);
}

void expect_sane(const Estimate& estimate) {
  EXPECT_FALSE(std::isnan(estimate.ci95.low) || std::isnan(estimate.ci95.high));
  if (estimate.value) {
    EXPECT_TRUE(std::isfinite(*estimate.value));
  }
}

TEST(RareEdge, AMissionOfNoLengthLosesNothing) {
  for (const Estimator estimator : all) {
    Oracle oracle = raised_k_of_n(2.0, 0);
    oracle.mission = {};
    const RareTally tally = short_play(oracle, estimator);
    EXPECT_EQ(loss_probability(tally, figure).value, 0.0);
    expect_sane(mean_time_to_loss(tally, figure));
  }
}

TEST(RareEdge, WithoutFailuresThereIsABoundAndNoValue) {
  for (const Estimator estimator : all) {
    const Oracle oracle{"", RareKOfN{6, 4, 0.0, 12.0 / year.value}, years(1), 0.0, 0.0};
    const RareTally tally = short_play(oracle, estimator, 3000);
    RareFigure own = figure;
    if (estimator == Estimator::splitting) own.method = Method::splitting;
    const Estimate loss = loss_probability(tally, own);
    EXPECT_FALSE(loss.value.has_value());
    EXPECT_FALSE(loss.converged);
    EXPECT_EQ(loss.ci95.high, estimator == Estimator::splitting ? 1.0 : 0.001);
    EXPECT_FALSE(mean_amount(tally, 0, figure).value.has_value());
    expect_sane(mean_time_to_loss(tally, figure));
  }
}

TEST(RareEdge, WithoutParityTheFirstFailureLoses) {
  const double truth = -std::expm1(-4.0 * 0.1);
  for (const int n : {4, 1}) {
    const Oracle oracle{"", RareKOfN{n, n, 0.4 / n / year.value, 1.0}, years(1), truth, truth};
    for (const Estimator estimator : all) {
      const RareTally tally = short_play(oracle, estimator, 4000);
      const Moments& loss = tally.loss().x();
      EXPECT_LT(std::abs(loss.mean() - truth) / loss.standard_error(), 4.0);
    }
  }
}

TEST(RareEdge, UnitsOfTwentyYearsAreSound) {
  ToyFleet fleet;
  fleet.lives = like_units(3, Distribution::weibull(3.0, years(8)));
  for (auto& life : fleet.lives) life.age = years(20);
  fleet.groups = {{0, 1, 2}};
  fleet.tolerance = 2;
  fleet.repair = Distribution::fixed(days(2));
  const Oracle oracle{"", fleet, years(1), 0.0, 0.0};
  const RareTally exposure = short_play(oracle, Estimator::exposure, 4000);
  const RareTally splitting = [&] {
    RareOptions options = options_for(oracle, 2.0);
    return play(oracle, Estimator::splitting, options, 100, 1);
  }();
  const Moments& a = exposure.loss().x();
  const Moments& b = splitting.loss().x();
  EXPECT_GT(a.mean(), 0.0);
  EXPECT_LT(std::abs(a.mean() - b.mean()) / std::hypot(a.standard_error(), b.standard_error()),
            4.0);
}

BlocksResult<RareTally> run(int threads, std::uint64_t first, std::uint64_t end) {
  const ToyFleet model = std::get<ToyFleet>(shocks_within_tolerance().model);
  const RareOptions options = options_for(shocks_within_tolerance(), 2.0);
  using Own = RareEstimator<ToyFleet>;
  return run_blocks(
      BlockPlan{first, end, 32, threads}, RareTally(options.mission, 1, 2),
      [&] { return std::make_unique<Own>(model, Method::exposure, options, 3); },
      [](std::uint64_t replicate, auto& own, RareTally& tally) { own->play(replicate, tally); });
}

TEST(RareTally, HasTheSameBitsForAnyNumberOfThreads) {
  const RareTally one = run(1, 0, 1000).accumulator;
  EXPECT_GT(one.loss().x().non_zero(), 300U);
  for (const int threads : {2, 7}) EXPECT_EQ(run(threads, 0, 1000).accumulator, one);
}

TEST(RareTally, TheYearsOfAMissionAddUpToTheWhole) {
  const Oracle oracle = mirror();
  const RareTally tally = play(oracle, Estimator::exposure, options_for(oracle, 2.0), 20000, 4);
  ASSERT_EQ(tally.curve().size(), 5U);
  double sum = 0.0;
  for (std::size_t i = 0; i < 5; ++i) {
    const Estimate in_year = loss_in_year(tally, i, figure);
    EXPECT_NEAR(*in_year.value / (oracle.loss / 5.0), 1.0, 0.15);
    sum += *in_year.value;
  }
  EXPECT_NEAR(sum / tally.loss().x().mean(), 1.0, 1e-12);
}

TEST(RareTally, CausesAddUpToOneAndShocksBeginMost) {
  const Oracle oracle = rare_shocks_of_three_racks();
  const RareTally tally = play(oracle, Estimator::exposure, options_for(oracle, 2.0), 20000, 4);
  const LossCauses shares = causes(tally);
  EXPECT_NEAR(shares.began[0] + shares.began[1], 1.0, 1e-12);
  EXPECT_NEAR(shares.ended[0] + shares.ended[1], 1.0, 1e-12);
  EXPECT_GT(shares.began[1], 0.3);
}

TEST(Publish, AnEventClassThatNeverContributedIsNamed) {
  RareTally tally(years(1), 0, 2);
  RareSample sample = tally.empty_sample();
  for (std::size_t i = 0; i < 2000; ++i) {
    sample.clear();
    sample.setting = i % 2;
    sample.tries[0] = sample.tries[1] = {1, 1, 1};
    sample.record(LossPath{}.then(0), days(1), 1e-9 * (1.0 + 0.1 * double(i % 7)), 1.0, {});
    tally.add(sample);
  }
  const Estimate loss = loss_probability(tally, figure);
  EXPECT_FALSE(loss.converged);
  EXPECT_TRUE(loss.value.has_value());
  EXPECT_NE(loss.note.find("'shock' has not contributed"), std::string::npos) << loss.note;
}

TEST(Publish, FewHitsOneLargeWeightOrTwoSettingsApartAreNotConverged) {
  const auto note = [](auto value_of, std::size_t count) {
    RareTally tally(years(1), 0, 1);
    RareSample sample = tally.empty_sample();
    for (std::size_t i = 0; i < count; ++i) {
      sample.clear();
      sample.setting = i % 2;
      if (value_of(i) > 0.0) sample.record(LossPath{}.then(0), days(1), value_of(i), 1.0, {});
      tally.add(sample);
    }
    return loss_probability(tally, figure).note;
  };
  EXPECT_EQ(note([](std::size_t) { return 1.0; }, 1000), "");
  EXPECT_NE(note([](std::size_t) { return 1.0; }, 200).find("only 200"), std::string::npos);
  EXPECT_NE(note([](std::size_t i) { return i == 5 ? 100.0 : 1.0; }, 1000).find("one replicate"),
            std::string::npos);
  const auto apart = [](std::size_t i) {
    return i % 2 == 0 ? 1.0 + 0.01 * double(i % 3) : 1.1 + 0.01 * double(i % 5);
  };
  EXPECT_NE(note(apart, 1000).find("two settings"), std::string::npos);
}

TEST(Pilot, TakesExposureForRareAndTheCompensatorForFrequentLoss) {
  RareOptions options;
  options.mission = years(1);
  const auto rare = std::get<RareKOfN>(ten_of_fourteen(36.5).model);
  const PilotChoice of_rare = pilot(rare, options, 1, 0.1);
  EXPECT_EQ(of_rare.method, Method::exposure);
  EXPECT_GT(of_rare.planned, 400U);
  const auto frequent = std::get<RareKOfN>(raised_k_of_n(2.0, 0).model);
  EXPECT_EQ(pilot(frequent, options, 1, 0.1).method, Method::compensator);
}

TEST(Pilot, FindsNothingWhereNothingFails) {
  RareOptions options;
  options.mission = years(1);
  const PilotChoice choice = pilot(RareKOfN{4, 2, 0.0, 1.0}, options, 1, 0.1);
  EXPECT_EQ(choice.method, Method::exposure);
  EXPECT_NE(choice.why.find("too few"), std::string::npos);
}

}  // namespace
}  // namespace sim::testing
