#include "sim/estimators/direct.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "sim/model.h"
#include "tests/sim/estimators/k_of_n_model.h"

namespace sim {
namespace {

using testing::KOfN;
static_assert(Model<KOfN, KOfN::Outcome>);

// Raised rates, so that direct simulation sees losses: 4+2, 0.4 a year, repairs of a month, 5
// years.
const KOfN six{6, 4, 0.4 / year.value, 12.0 / year.value};
const Seconds mission = years(5);

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

BlocksResult<DirectTally> simulate(std::uint64_t seed, std::uint64_t missions, int threads,
                                   const std::optional<DirectPrecision>& precision = {}) {
  KOfN model = six;
  model.seed = seed;
  return run_direct(
      BlockPlan{0, missions, 64, threads}, DirectTally(mission, 1), [&] { return model; },
      [](std::uint64_t replicate, KOfN& own) {
        KOfN::Outcome outcome;
        play_mission(own, replicate, mission, outcome);
        return MissionOutcome{outcome.first_loss, {outcome.degraded_s}};
      },
      precision);
}

TEST(Direct, AgreesWithTheChain) {
  const Truth truth = chain(six, mission);
  const DirectTally tally = simulate(1, 40000, 2).accumulator;
  const auto n = static_cast<double>(tally.missions());
  const double loss = *loss_probability(tally, "test").value;
  EXPECT_GT(truth.loss, 0.01);
  EXPECT_LT(std::abs(loss - truth.loss) / std::sqrt(truth.loss * (1.0 - truth.loss) / n), 4.0);
  const Moments& at_risk = tally.loss().y();
  EXPECT_LT(std::abs(at_risk.mean() - truth.at_risk_s) / at_risk.standard_error(), 4.0);
  const Moments& degraded = tally.payoff(0);
  EXPECT_LT(std::abs(degraded.mean() - truth.degraded_s) / degraded.standard_error(), 4.0);
}

TEST(Direct, ItsIntervalsCoverTheTruth) {
  const Truth truth = chain(six, mission);
  int loss = 0;
  int time_to_loss = 0;
  int degraded = 0;
  for (std::uint64_t seed = 100; seed < 300; ++seed) {
    const DirectTally tally = simulate(seed, 1500, 1).accumulator;
    loss += loss_probability(tally, "").ci95.contains(truth.loss) ? 1 : 0;
    const double mean_time = truth.at_risk_s / truth.loss;
    time_to_loss += mean_time_to_loss(tally, "").ci95.contains(mean_time) ? 1 : 0;
    const double infinite = std::numeric_limits<double>::infinity();
    degraded += mean_payoff(tally, 0, infinite, "").ci95.contains(truth.degraded_s) ? 1 : 0;
  }
  EXPECT_GE(loss, 175);
  EXPECT_GE(time_to_loss, 175);
  EXPECT_GE(degraded, 175);
}

TEST(Direct, StopsAtThePrecisionWithTheSameBitsForAnyThreads) {
  const DirectPrecision precision{0.2, true, {0}, 100};
  const auto one = simulate(5, 1U << 16U, 1, precision);
  EXPECT_EQ(one.ended, Ended::satisfied);
  EXPECT_LE(*relative_half_width(loss_probability(one.accumulator, "")), 0.2);
  EXPECT_GE(one.replicates(), 100U);
  for (const int threads : {2, 7}) {
    EXPECT_EQ(simulate(5, 1U << 16U, threads, precision).accumulator, one.accumulator);
  }
}

TEST(Direct, NeverStopsBeforeTheLeastNumberOfMissions) {
  DirectTally tally(mission, 0);
  for (int i = 0; i < 99; ++i) tally.add({hours(1), {}});
  const DirectPrecision precision{0.5, true, {}, 100};
  EXPECT_FALSE(satisfies(tally, precision));
  tally.add({hours(1), {}});
  EXPECT_TRUE(satisfies(tally, precision));
}

TEST(Direct, WithoutALossThereIsABoundAndNoValue) {
  DirectTally tally(mission, 1);
  for (int i = 0; i < 3000; ++i) tally.add({std::nullopt, {0.0}});
  const Estimate loss = loss_probability(tally, "test");
  EXPECT_FALSE(loss.value.has_value());
  EXPECT_EQ(loss.ci95, (Interval{0.0, 0.001}));
  EXPECT_FALSE(loss.converged);
  EXPECT_EQ(loss.replicates, 3000U);
  EXPECT_DOUBLE_EQ(mean_time_to_loss(tally, "").ci95.low, mission.value * 1000.0);
  EXPECT_EQ(mean_payoff(tally, 0, 50.0, "").ci95, (Interval{0.0, 0.05}));
  EXPECT_FALSE(reached(tally, {}).has_value());
  EXPECT_FALSE(satisfies(tally, {}));
}

}  // namespace
}  // namespace sim
