#include "sim/estimators/publish.h"

#include <gtest/gtest.h>

#include "sim/estimators/rare_tally.h"

namespace sim {
namespace {

/// Many replicates that give the same chance of loss; one of them loses `heavy` times as much.
RareTally tally_with(double heavy) {
  RareTally tally({1.0}, 1, 1);
  RareSample sample = tally.empty_sample();
  for (int i = 0; i < 1000; ++i) {
    sample.clear();
    sample.setting = static_cast<std::size_t>(i % 2);
    sample.tries[0].injected = 1;
    sample.tries[0].deepened = 1;
    sample.record(LossPath{}.then(0), {0.5}, 1e-9, 1e-9, {i == 500 ? heavy : 1.0});
    tally.add(sample);
  }
  return tally;
}

TEST(Publish, ARunGoesOnWhileOneReplicateMakesTooMuchOfAnAmount) {
  RarePrecision precision;
  precision.relative = 0.2;
  precision.least_replicates = 400;
  EXPECT_TRUE(satisfies(tally_with(2.0), precision));
  // Six per cent of what is lost, the interval still within 20 %.
  const RareTally tally = tally_with(64.0);
  EXPECT_FALSE(mean_amount(tally, 0, {Method::exposure, {}, {}, {}}).converged);
  EXPECT_TRUE(loss_probability(tally, {Method::exposure, {}, {}, {}}).converged);
  EXPECT_FALSE(satisfies(tally, precision));
}

}  // namespace
}  // namespace sim
