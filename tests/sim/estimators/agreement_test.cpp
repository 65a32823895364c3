#include <gtest/gtest.h>

#include <cmath>

#include "sim/estimators/publish.h"
#include "sim/model.h"
#include "tests/sim/estimators/oracles.h"

namespace sim::testing {
namespace {

// No truth is known here, but losses are frequent enough for all methods: ageing units on which
// groups overlap, shocks, repairs of fixed length. The hazards are 30 and 60 times those of a sound
// system.
ToyFleet worn_fleet(double times) {
  const Distribution wears = Distribution::weibull(2.5, years(12.0 / std::pow(times, 0.4)));
  const Distribution strikes = Distribution::exponential(years(100.0 / times));
  ToyFleet fleet;
  for (std::uint32_t i = 0; i < 8; ++i) {
    fleet.lives.push_back({Distribution::competing({wears, strikes}), 0, years(0.5 * i)});
  }
  for (std::uint32_t i = 0; i < 8; ++i) {
    fleet.groups.push_back({i, (i + 1) % 8, (i + 2) % 8, (i + 5) % 8});
  }
  fleet.tolerance = 2;
  fleet.classes = 2;
  fleet.shocks = {{{0, 1, 2, 3}, 0.002 * times / year.value, 0.3, 1},
                  {{4, 5, 6, 7}, 0.002 * times / year.value, 0.3, 1}};
  fleet.repair = Distribution::fixed(days(3));
  return fleet;
}

struct Figure {
  double mean{};
  double error{};
};

Figure of(const Moments& moments) { return {moments.mean(), moments.standard_error()}; }

void expect_agree(const Figure& a, const Figure& b) {
  EXPECT_LT(std::abs(a.mean - b.mean), 4.0 * std::hypot(a.error, b.error))
      << a.mean << " +- " << a.error << ", " << b.mean << " +- " << b.error;
}

struct Both {
  Moments loss;
  Moments groups;
};

Both direct(const ToyFleet& fleet, Seconds mission, std::uint64_t missions) {
  Both both;
  Change change;
  for (std::uint64_t i = 0; i < missions; ++i) {
    change.clear();
    play_mission(fleet, i, mission, change);
    both.loss.add(change.lost.empty() ? 0.0 : 1.0);
    both.groups.add(static_cast<double>(change.lost.size()));
  }
  return both;
}

TEST(Agreement, OfAllMethodsWhereHazardsAre30And60Times) {
  for (const double times : {30.0, 60.0}) {
    Oracle oracle{"", worn_fleet(times), years(2), 0.0, 0.0};
    const Both plain = direct(std::get<ToyFleet>(oracle.model), oracle.mission, 6000);
    EXPECT_GT(plain.loss.non_zero(), 100U);
    RareOptions options = options_for(oracle, 2.0);
    options.effort = 64;
    const RareTally exposure = play(oracle, Estimator::exposure, options, 2000, 5);
    const RareTally compensator = play(oracle, Estimator::compensator, options, 2000, 6);
    const RareTally splitting = play(oracle, Estimator::splitting, options, 100, 7);
    expect_agree(of(exposure.loss().x()), of(plain.loss));
    expect_agree(of(compensator.loss().x()), of(plain.loss));
    expect_agree(of(splitting.loss().x()), of(plain.loss));
    expect_agree(of(exposure.loss().x()), of(compensator.loss().x()));
    expect_agree(of(exposure.loss().x()), of(splitting.loss().x()));
    expect_agree(of(exposure.amounts()[0]), of(plain.groups));
    expect_agree(of(compensator.amounts()[0]), of(plain.groups));
  }
}

TEST(Splitting, HitsTheTruthOfChains) {
  for (const Oracle& oracle :
       {ten_of_fourteen(36.5), mirror(), latent_errors(2), shocks_within_tolerance(),
        shocks_beyond_tolerance(), separate_stripes(), local_reconstruction()}) {
    RareOptions options = options_for(oracle, 2.0);
    options.effort = std::holds_alternative<RareKOfN>(oracle.model) ? 8192 : 2048;
    const RareTally tally = play(oracle, Estimator::splitting, options, 40, 3);
    const Moments& loss = tally.loss().x();
    EXPECT_GT(loss.non_zero(), 30U) << oracle.name;
    EXPECT_LT(std::abs(loss.mean() - oracle.loss) / loss.standard_error(), 4.0) << oracle.name;
  }
}

}  // namespace
}  // namespace sim::testing
