// Where an estimator looks more closely must not change what it finds.
#include <gtest/gtest.h>

#include <cmath>
#include <variant>

#include "sim/estimators/balance.h"
#include "sim/estimators/exposure.h"
#include "tests/sim/estimators/oracles.h"

namespace sim::testing {
namespace {

/// Asks for points early in a window, and for more virtual events while units are missing.
struct Attentive : RareKOfN {
  int depth_in_turn() const { return n - k; }
  double urgency(const State& state) const { return state.missing > 0 ? 6.0 : 0.8; }
};
static_assert(EarlyModel<Attentive>);

double z_score(const Oracle& oracle, double early, double attention) {
  Attentive model{std::get<RareKOfN>(oracle.model)};
  model.stripes = 7;  // lost together, but points are drawn early for several groups only
  RareOptions options = options_for(oracle, 2.0);
  for (RareSetting& setting : options.settings) {
    setting.early = early;
    setting.attention = attention;
  }
  Exposure<Attentive> estimator(model, options, 11);
  RareTally tally(oracle.mission, model.payoffs(), model.event_classes());
  RareSample sample = tally.empty_sample();
  for (std::uint64_t replicate = 0; replicate < 20'000; ++replicate) {
    sample.clear();
    estimator.play(replicate, sample);
    tally.add(sample);
  }
  const Moments& loss = tally.loss().x();
  EXPECT_GT(loss.non_zero(), 300U);
  return (loss.mean() - oracle.loss) / loss.standard_error();
}

TEST(Attention, PointsEarlyInAWindowKeepTheMean) {
  EXPECT_LT(std::abs(z_score(ten_of_fourteen(36.5), 0.5, 0.0)), 4);
  EXPECT_LT(std::abs(z_score(ten_of_fourteen(36.5), 2.0, 0.0)), 4);
  EXPECT_LT(std::abs(z_score(raised_k_of_n(2.0, 0), 1.5, 0.0)), 4);
}

TEST(Attention, MoreVirtualEventsInUrgentStatesKeepTheMean) {
  EXPECT_LT(std::abs(z_score(ten_of_fourteen(36.5), 0.0, 1.0)), 4);
  EXPECT_LT(std::abs(z_score(raised_k_of_n(2.0, 0), 0.0, 1.0)), 4);
  EXPECT_LT(std::abs(z_score(raised_k_of_n(2.0, 0), 1.5, 0.75)), 4);
}

}  // namespace
}  // namespace sim::testing
