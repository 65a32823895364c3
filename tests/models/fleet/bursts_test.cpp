// Disks that die together by no common part: what a burst kills, and what injected ones weigh.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "models/fleet/rare_mission.h"
#include "sim/moments.h"
#include "struck_mission.h"

namespace models::fleet {
namespace {

using testing::quiet_fleet;
using testing::SmallFleet;

SmallFleet with_bursts(std::vector<scenario::BurstSize> sizes, double same_rack) {
  SmallFleet small = quiet_fleet(6, 2);
  small.scenario.failures.burst =
      scenario::Burst{sim::Distribution::exponential(sim::years(1e9)), std::move(sizes), same_rack};
  return small;
}

double z_score(const sim::Moments& seen, double truth) {
  return (seen.mean() - truth) / seen.standard_error();
}

/// The dead of many natural bursts.
struct Deaths {
  sim::Moments all;
  sim::Moments in_fullest_rack;
};
Deaths deaths_of(const scenario::Scenario& scenario) {
  const auto fleet = compile(scenario, scenario.strategies[0], 1);
  Mission mission(fleet, 1);
  const State whole = mission.initial(0);
  const auto entry = std::ranges::find(fleet->classes(), Harm::burst, &EventClass::harm);
  sim::Stream stream(1, sim::Purpose::test);
  Deaths deaths;
  for (int i = 0; i < 20000; ++i) {
    State state = State::overlay(whole);
    Outcome outcome;
    double weight = 0;
    EXPECT_TRUE(mission.strike(state, *entry, 0, {}, stream, outcome, weight));
    EXPECT_EQ(weight, 1);
    std::vector<int> racks(fleet->topology().racks());
    for (const Incident& incident : state.incidents) {
      ++racks[fleet->topology().rack_of_disk(incident.disk)];
    }
    deaths.all.add(static_cast<double>(outcome.disks_lost));
    deaths.in_fullest_rack.add(*std::ranges::max_element(racks));
  }
  return deaths;
}

TEST(Burst, KillsAsManyAsItsSizesSayLessThoseDrawnTwice) {
  for (const double same_rack : {0.0, 0.6, 1.0}) {
    const SmallFleet small = with_bursts({{1, 0.5}, {3, 0.3}, {8, 0.2}}, same_rack);
    const double mean = small.scenario.failures.burst->mean_deaths(6, 4);
    EXPECT_LT(std::abs(z_score(deaths_of(small.scenario).all, mean)), 4.0) << same_rack;
  }
  // A rack of four disks, and a burst of eight in it: 4 (1 - (3/4)^8).
  const double in_rack =
      scenario::Burst{sim::Distribution::exponential(sim::year), {{8, 1.0}}, 1.0}.mean_deaths(6, 4);
  EXPECT_NEAR(in_rack, 4 * (1 - std::pow(0.75, 8)), 1e-12);
}

TEST(Burst, WithAffinityItsDeadStandInOneRack) {
  const double apart = deaths_of(with_bursts({{3, 1.0}}, 0).scenario).in_fullest_rack.mean();
  const double together = deaths_of(with_bursts({{3, 1.0}}, 1).scenario).in_fullest_rack.mean();
  EXPECT_LT(apart, 1.6);
  EXPECT_NEAR(together, 4 * (1 - std::pow(0.75, 3)), 0.03);
}

TEST(Burst, InjectedWithAnAimKeepsTheMeansOfNaturalOnes) {
  const auto small = with_bursts({{2, 0.6}, {5, 0.4}}, 0.5);
  const auto fleet = small.compiled();
  RareMission mission(fleet, 1);
  const State whole = mission.initial(0);
  const auto family = static_cast<std::uint16_t>(fleet->families().size() - 1);
  const sim::Group group = 7;
  sim::Stream stream(1, sim::Purpose::test);
  std::array<sim::Moments, 2> once;
  std::array<sim::Moments, 2> twice;
  for (int i = 0; i < 40000; ++i) {
    for (const bool aimed : {false, true}) {
      State copy = State::overlay(whole);
      sim::Change change;
      const std::span<const sim::Group> aim(&group, aimed ? 1 : 0);
      const double weight = mission.inject(copy, {family, 0}, aim, stream, change);
      const int dead = weight > 0 ? mission.depth(copy, group) : 0;
      once[aimed ? 1 : 0].add(dead == 1 ? weight : 0);
      twice[aimed ? 1 : 0].add(dead == 2 ? weight : 0);
    }
  }
  const auto z = [](const sim::Moments& a, const sim::Moments& b) {
    return (a.mean() - b.mean()) / std::hypot(a.standard_error(), b.standard_error());
  };
  EXPECT_LT(std::abs(z(once[0], once[1])), 4.0) << once[0].mean() << " " << once[1].mean();
  EXPECT_LT(std::abs(z(twice[0], twice[1])), 4.0) << twice[0].mean() << " " << twice[1].mean();
  EXPECT_GT(once[1].non_zero(), once[0].non_zero());
}

}  // namespace
}  // namespace models::fleet
