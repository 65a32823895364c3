// Time out of reach against chains: k-of-n whose units come back, never lost.

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "sim/estimators/balance.h"
#include "sim/estimators/exposure.h"
#include "sim/estimators/publish.h"
#include "tests/sim/estimators/rare_k_of_n.h"
#include "tests/sim/transient_chain.h"

namespace sim::testing {
namespace {

static_assert(TimedModel<TimedKOfN>);
static_assert(!TimedModel<RareKOfN>);

/// Expected years with fewer than k of n up, times `stripes`.
double truth(int n, int k, double fails, double returns, double years_long) {
  TransientChain chain(static_cast<std::size_t>(n) + 1);
  for (int i = 0; i <= n; ++i) {
    const auto here = static_cast<std::size_t>(i);
    if (i < n) chain.add(here, here + 1, (n - i) * fails);
    if (i > 0) chain.add(here, here - 1, i * returns);
  }
  const auto time = chain.run(0, years_long).time;
  return std::accumulate(time.begin() + (n - k + 1), time.end(), 0.0);
}

TEST(TimeOutOfReach, IsThatOfTheChain) {
  struct Case {
    int n, k;
    double fails, returns;
    Group stripes;
  };
  for (const Case& c : {Case{6, 4, 0.5, 500.0, 1}, Case{6, 4, 2.0, 12.0, 3},
                        Case{14, 10, 1.0, 2000.0, 1}, Case{3, 3, 1.0, 50.0, 1}}) {
    TimedKOfN model{{c.n, c.k, c.fails / year.value, c.returns / year.value}};
    model.endures = true;
    model.stripes = c.stripes;
    RareOptions options;
    options.mission = years(1);
    options = balanced(model, options, 2.0);
    Exposure<TimedKOfN> estimator(model, options, 3);
    RareTally tally(options.mission, model.payoffs(), model.event_classes());
    RareSample sample = tally.empty_sample();
    for (std::uint64_t i = 0; i < 20000; ++i) {
      sample.clear();
      estimator.play(i, sample);
      tally.add(sample);
    }
    const double exact = truth(c.n, c.k, c.fails, c.returns, 1.0) * year.value * c.stripes;
    const Moments& time = tally.loss().x();
    EXPECT_LT(std::abs(time.mean() - exact) / time.standard_error(), 4.0)
        << c.n << " " << exact << " " << time.mean() << " +- " << time.standard_error();
    const Estimate figure = mean_time_out_of_reach(tally, {Method::exposure, "", {}, {}});
    EXPECT_TRUE(figure.converged) << figure.note;
  }
}

}  // namespace
}  // namespace sim::testing
