#include "sim/estimators/exposure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/execution/blocks.h"
#include "tests/sim/estimators/rare_k_of_n.h"
#include "tests/sim/transient_chain.h"

namespace sim {
namespace {

using testing::birth_death;
using testing::RareKOfN;
static_assert(RareModel<RareKOfN>);

template <class M>
RareTally play(M model, const RareOptions& options, std::uint64_t replicates,
               std::uint64_t seed = 1, int threads = 1) {
  const RareTally empty(options.mission, model.payoffs(), model.event_classes());
  struct Workspace {
    M model;
    Exposure<M> estimator;
    RareSample sample;
    Workspace(const M& m, const RareOptions& o, std::uint64_t s, const RareTally& e)
        : model(m), estimator(model, o, s), sample(e.empty_sample()) {}
  };
  model.seed = seed;
  return run_blocks(
             BlockPlan{0, replicates, 64, threads}, empty,
             [&] { return std::make_unique<Workspace>(model, options, seed, empty); },
             [](std::uint64_t replicate, auto& own, RareTally& tally) {
               own->sample.clear();
               own->estimator.play(replicate, own->sample);
               tally.add(own->sample);
             })
      .accumulator;
}

double z(const Moments& moments, double truth) {
  return (moments.mean() - truth) / moments.standard_error();
}

TEST(Exposure, HitsTheExactLossOfTenOfFourteen) {
  const double lambda = 0.02 / year.value;
  for (const double repairs : {36.5, 365.0}) {
    const double mu = repairs / year.value;
    const RareKOfN model{14, 10, lambda, mu};
    const double exact = repairs < 100 ? 1.686546e-11 : 1.792810e-15;
    const double truth = birth_death(
                             4, [&](std::size_t i) { return (14.0 - double(i)) * 0.02; },
                             [&](std::size_t i) { return double(i) * repairs; })
                             .run(0, 1.0)
                             .lost;
    EXPECT_NEAR(truth / exact, 1.0, 1e-6);
    RareOptions options{years(1)};
    const RareTally tally = play(model, options, 200000);
    const double relative = tally.loss().x().standard_error() / truth;
    std::printf("%g: %g rel se %g z %g work %g\n", truth, tally.loss().x().mean(), relative,
                z(tally.loss().x(), truth), double(tally.work().total()));
    EXPECT_LT(std::abs(z(tally.loss().x(), truth)), 4.0);
    EXPECT_LT(relative, 0.05);
  }
}

TEST(Exposure, RaisedRates) {
  for (const double up : {0.4, 2.0}) {
    const RareKOfN model{6, 4, up / year.value, 12 / year.value};
    const double truth = birth_death(
                             2, [&](std::size_t i) { return (6.0 - double(i)) * up; },
                             [&](std::size_t i) { return double(i) * 12; })
                             .run(0, 2.0)
                             .lost;
    RareOptions options{years(2)};
    const RareTally tally = play(model, options, 100000);
    const double relative = tally.loss().x().standard_error() / truth;
    std::printf("%g: %g rel se %g z %g work %g\n", truth, tally.loss().x().mean(), relative,
                z(tally.loss().x(), truth), double(tally.work().total()));
    EXPECT_LT(std::abs(z(tally.loss().x(), truth)), 4.0);
  }
}

}  // namespace
}  // namespace sim
