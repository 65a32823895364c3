#include "sim/estimators/direct.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/execution/blocks.h"
#include "sim/model.h"
#include "sim/moments.h"
#include "tests/sim/estimators/k_of_n_model.h"

namespace sim {
namespace {

using testing::KOfN;
static_assert(Model<KOfN, KOfN::Outcome>);

// Raised rates, so that direct simulation sees losses: 4+2, 0.4 a year, repairs of a month, 5
// years.
const KOfN six{6, 4, 0.4 / year.value, 12.0 / year.value};
const Seconds mission = years(5);
constexpr double infinite = std::numeric_limits<double>::infinity();

struct Truth {
  double loss;        ///< P(first loss within the mission)
  double at_risk_s;   ///< E[min(mission, first loss)]
  double degraded_s;  ///< expected time with one unit missing or more, until loss or end
};

/// The same by uniformisation of the chain (Jensen 1953): jumps at one constant rate, their number
/// Poisson, all terms positive.
Truth chain(const KOfN& model, Seconds length) {
  const auto states = static_cast<std::size_t>(model.n - model.k) + 1;
  const double fastest = model.n * (model.failures_per_second + model.repairs_per_second);
  const double jumps = fastest * length.value;
  std::vector<double> here(states, 0.0);
  here[0] = 1.0;
  double lost = 0.0;
  const auto most = static_cast<std::size_t>(jumps + 12.0 * std::sqrt(jumps) + 50.0);
  std::vector<double> weight(most);       // P(exactly i jumps)
  std::vector<double> beyond(most, 0.0);  // P(more than i jumps)
  for (std::size_t i = 0; i < most; ++i) {
    const auto count = static_cast<double>(i);
    weight[i] = std::exp(count * std::log(jumps) - jumps - std::lgamma(count + 1.0));
  }
  for (std::size_t i = most - 1; i > 0; --i) beyond[i - 1] = beyond[i] + weight[i];
  Truth truth{};
  for (std::size_t i = 0; i < most; ++i) {
    double alive = 0.0;
    for (const double p : here) alive += p;
    truth.loss += weight[i] * lost;
    truth.at_risk_s += beyond[i] / fastest * alive;
    truth.degraded_s += beyond[i] / fastest * (alive - here[0]);
    std::vector<double> next(states, 0.0);
    for (std::size_t s = 0; s < states; ++s) {
      const auto missing = static_cast<double>(s);
      const double up = (model.n - missing) * model.failures_per_second / fastest;
      const double down = missing * model.repairs_per_second / fastest;
      next[s] += here[s] * (1.0 - up - down);
      if (s > 0) next[s - 1] += here[s] * down;
      if (s + 1 < states) {
        next[s + 1] += here[s] * up;
      } else {
        lost += here[s] * up;
      }
    }
    here = next;
  }
  return truth;
}

struct Sums {
  PairedMoments loss_and_life;
  Moments degraded;
  void merge(const Sums& later) {
    loss_and_life.merge(later.loss_and_life);
    degraded.merge(later.degraded);
  }
};

Sums simulate(std::uint64_t seed, std::uint64_t missions, int threads) {
  KOfN model = six;
  model.seed = seed;
  return run_blocks(
             BlockPlan{0, missions, 64, threads}, Sums{}, [&] { return model; },
             [](std::uint64_t replicate, KOfN& own, Sums& sums) {
               KOfN::Outcome outcome;
               play_mission(own, replicate, mission, outcome);
               const Seconds life = std::min(outcome.first_loss.value_or(mission), mission);
               sums.loss_and_life.add(outcome.first_loss ? 1.0 : 0.0, life.value);
               sums.degraded.add(outcome.degraded_s);
             },
             BlockHooks<Sums>{})
      .accumulator;
}

TEST(Direct, AgreesWithTheChain) {
  const Truth truth = chain(six, mission);
  const Sums sums = simulate(1, 40000, 2);
  const auto n = static_cast<double>(sums.degraded.count());
  const double loss = *direct_probability(sums.loss_and_life.x(), "test").value;
  EXPECT_GT(truth.loss, 0.01);
  EXPECT_LT(std::abs(loss - truth.loss) / std::sqrt(truth.loss * (1.0 - truth.loss) / n), 4.0);
  const Moments& at_risk = sums.loss_and_life.y();
  EXPECT_LT(std::abs(at_risk.mean() - truth.at_risk_s) / at_risk.standard_error(), 4.0);
  EXPECT_LT(std::abs(sums.degraded.mean() - truth.degraded_s) / sums.degraded.standard_error(),
            4.0);
}

TEST(Direct, ItsIntervalsCoverTheTruth) {
  const Truth truth = chain(six, mission);
  int loss = 0;
  int time_to_loss = 0;
  int degraded = 0;
  for (std::uint64_t seed = 100; seed < 300; ++seed) {
    const Sums sums = simulate(seed, 1500, 1);
    loss += direct_probability(sums.loss_and_life.x(), "").ci95.contains(truth.loss) ? 1 : 0;
    const double mean_time = truth.at_risk_s / truth.loss;
    time_to_loss += direct_time_to_loss(sums.loss_and_life, "").ci95.contains(mean_time) ? 1 : 0;
    degraded += direct_mean(sums.degraded, infinite, "").ci95.contains(truth.degraded_s) ? 1 : 0;
  }
  EXPECT_GE(loss, 175);
  EXPECT_GE(time_to_loss, 175);
  EXPECT_GE(degraded, 175);
}

TEST(Direct, IsConvergedByTheRuleOfPublication) {
  PairedMoments few;
  for (int i = 0; i < 299; ++i) few.add(1.0, 1.0);
  EXPECT_FALSE(direct_probability(few.x(), "").converged);
  few.add(1.0, 1.0);
  EXPECT_TRUE(direct_probability(few.x(), "").converged);
  EXPECT_TRUE(direct_time_to_loss(few, "").converged);
  Moments one_large;
  for (int i = 0; i < 1000; ++i) one_large.add(i == 0 ? 100.0 : 1.0);
  const Estimate mean = direct_mean(one_large, infinite, "");
  EXPECT_FALSE(mean.converged) << "one mission is 9 % of the sum";
  EXPECT_EQ(mean.note, "not converged: 1000 missions of 1000 contribute");
}

TEST(Direct, WithoutALossThereIsABoundAndNoValue) {
  PairedMoments loss_and_life;
  for (int i = 0; i < 3000; ++i) loss_and_life.add(0.0, mission.value);
  const Estimate loss = direct_probability(loss_and_life.x(), "test");
  EXPECT_FALSE(loss.value.has_value());
  EXPECT_EQ(loss.ci95, (Interval{0.0, 0.001}));
  EXPECT_FALSE(loss.converged);
  EXPECT_EQ(loss.replicates, 3000U);
  EXPECT_FALSE(relative_half_width(loss).has_value());
  const Estimate time = direct_time_to_loss(loss_and_life, "");
  EXPECT_FALSE(time.value.has_value());
  EXPECT_DOUBLE_EQ(time.ci95.low, mission.value * 1000.0);
  EXPECT_EQ(direct_mean(loss_and_life.x(), 50.0, "").ci95, (Interval{0.0, 0.05}));
}

TEST(Direct, WithoutAMissionNothingIsKnownAndTheNoteSaysSo) {
  for (const Estimate& none : {direct_mean(Moments{}, 1.0, ""), direct_probability(Moments{}, ""),
                               direct_time_to_loss(PairedMoments{}, "")}) {
    EXPECT_FALSE(none.value.has_value());
    EXPECT_FALSE(none.converged);
    EXPECT_EQ(none.note, none_played);
    EXPECT_EQ(none.ci95.low, 0.0);
  }
  EXPECT_EQ(direct_mean(Moments{}, 1.0, "").ci95.high, 1.0);
}

TEST(DirectQuantile, IsConvergedByItsOwnIntervalOnly) {
  QuantileSketch few;
  QuantileSketch many;
  Stream stream(23, Purpose::test);
  for (int i = 0; i < 40000; ++i) {
    const double value = std::exp(2.0 * stream.normal());
    if (i < 400) few.add(value);
    many.add(value);
  }
  EXPECT_TRUE(direct_quantile(many, 0.5, "model", "rebuilds").converged);
  EXPECT_TRUE(direct_quantile(many, 0.99, "model", "rebuilds").converged);
  const Estimate wide = direct_quantile(few, 0.99, "model", "rebuilds");
  EXPECT_FALSE(wide.converged) << "four values lie beyond";
  EXPECT_TRUE(wide.value);
  EXPECT_NE(wide.note.find("400 rebuilds"), std::string::npos);
}

TEST(DirectQuantile, AnIntervalThatEndsWithTheSampleIsNotConverged) {
  QuantileSketch alike;
  for (int i = 0; i < 100; ++i) alike.add(1.0 + i * 1e-4);
  EXPECT_TRUE(direct_quantile(alike, 0.5, "model", "rebuilds").converged);
  EXPECT_FALSE(direct_quantile(alike, 0.99, "model", "rebuilds").converged);
  EXPECT_FALSE(direct_quantile(QuantileSketch{}, 0.5, "model", "rebuilds").value);
}

}  // namespace
}  // namespace sim
