#include "models/fleet/rare_mission.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "sim/estimators/rare_estimator.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::chain_loss_by;
using testing::SmallFleet;

sim::RareTally estimate(sim::Method method, const std::shared_ptr<const Fleet>& fleet,
                        std::uint64_t replicates, std::uint64_t seed = 5) {
  sim::RareOptions options;
  options.mission = fleet->mission();
  sim::RareEstimator<RareMission> estimator(RareMission(fleet, seed), method, options, seed);
  sim::RareTally tally = estimator.empty_tally(options.mission);
  for (std::uint64_t r = 0; r < replicates; ++r) estimator.play(r, tally);
  return tally;
}

double z_score(const sim::Moments& moments, double truth) {
  return (moments.mean() - truth) / moments.standard_error();
}

struct Direct {
  sim::Moments lost;
  sim::Moments share;
};

Direct direct(const std::shared_ptr<const Fleet>& fleet, std::uint64_t missions) {
  Mission mission(fleet, 77);
  Direct result;
  for (std::uint64_t r = 0; r < missions; ++r) {
    State state = mission.initial(r);
    const Outcome outcome = mission.play(state);
    result.lost.add(outcome.first_loss ? 1 : 0);
    result.share.add(outcome.groups_lost / fleet->map().groups());
  }
  return result;
}

double z_between(const sim::Moments& a, const sim::Moments& b) {
  return (a.mean() - b.mean()) / std::hypot(a.standard_error(), b.standard_error());
}

void expect_agree(const sim::Moments& a, const sim::Moments& b) {
  EXPECT_LT(std::abs(z_between(a, b)), 4.0)
      << a.mean() << " +- " << a.standard_error() << " against " << b.mean() << " +- "
      << b.standard_error();
}

TEST(RareMission, AgreesWithTheChainWhereLossIsCommon) {
  SmallFleet small(6, 1, 1);
  small.reed_solomon(4, 2, 1).exponential(sim::hours(4000), sim::hours(100));
  const double truth = chain_loss_by(6, 2, sim::hours(4000), sim::hours(100), sim::years(1));
  const sim::RareTally tally = estimate(sim::Method::exposure, small.compiled(), 20000);
  EXPECT_LT(std::abs(z_score(tally.loss().x(), truth)), 4.0)
      << tally.loss().x().mean() << " against " << truth;
}

TEST(RareMission, AgreesWithTheChainWhereNoMissionLosesData) {
  SmallFleet small(9, 1, 1);
  small.reed_solomon(6, 3, 1).exponential(sim::years(50), sim::hours(10));
  // Rare: loss is the product of four rates; the forward equations hold to 1e-12 of it.
  const double truth = chain_loss_by(9, 3, sim::years(50), sim::hours(10), sim::years(1));
  const sim::RareTally tally = estimate(sim::Method::exposure, small.compiled(), 20000);
  EXPECT_EQ(tally.natural_losses(), 0u);
  EXPECT_LT(truth, 1e-9);
  EXPECT_LT(std::abs(z_score(tally.loss().x(), truth)), 4.0)
      << tally.loss().x().mean() << " against " << truth;
  EXPECT_LT(tally.loss().x().standard_error(), 0.1 * truth);
}

/// Rates high enough that direct simulation sees the losses: machines with two disks, shared
/// bandwidth, outages, ageing disks that are renewed, rack shocks.
SmallFleet rough_fleet() {
  SmallFleet small(6, 2, 2);
  small.reed_solomon(3, 2, 60);
  scenario::Scenario& s = small.scenario;
  s.failures.disk = sim::Distribution::weibull(1.8, sim::years(0.5));
  s.failures.disk_age = {{0}, sim::years(0.4), 3};
  s.failures.machine = sim::Distribution::exponential(sim::years(4));
  s.failures.machine_outage = scenario::Outage{sim::Distribution::exponential(sim::years(0.2)),
                                               sim::Distribution::exponential(sim::hours(5))};
  s.failures.rack_shock = scenario::Shock{sim::Distribution::exponential(sim::years(3)), 0.3,
                                          sim::Distribution::fixed(sim::hours(12))};
  auto& strategy = s.strategies[0];
  strategy.placement.max_per_rack = 1;
  strategy.repair.detection.process = sim::Distribution::fixed(sim::hours(3));
  strategy.repair.replacement = sim::Distribution::fixed(sim::hours(72));
  strategy.repair.throttles = {
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {20e6}}};
  return small;
}

TEST(RareMission, ExposureAndCompensatorAgreeWithDirectSimulationOfARoughFleet) {
  const auto fleet = rough_fleet().compiled();
  const Direct plain = direct(fleet, 6000);
  const sim::RareTally tally = estimate(sim::Method::exposure, fleet, 600);
  EXPECT_GT(plain.lost.mean(), 0.003);
  expect_agree(tally.loss().x(), plain.lost);
  expect_agree(tally.amounts()[RareMission::stripes], plain.share);
  const sim::RareTally last = estimate(sim::Method::compensator, fleet, 6000);
  expect_agree(last.loss().x(), plain.lost);
  expect_agree(last.amounts()[RareMission::stripes], plain.share);
}

/// P(more than `tolerance` of n die), each with the chance `kills`.
double more_than(int tolerance, int n, double kills) {
  double sum = 0;
  for (int dead = tolerance + 1; dead <= n; ++dead) {
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(dead + 1) - std::lgamma(n - dead + 1) +
                    dead * std::log(kills) + (n - dead) * std::log1p(-kills));
  }
  return sum;
}

TEST(RareMission, OneShockThatTakesMoreThanTheCodeBearsIsFoundAtItsRate) {
  constexpr double kills = 0.005;
  SmallFleet small(15, 1, 4);
  small.reed_solomon(13, 2, 8).exponential(sim::years(1e6), sim::hours(1));
  small.scenario.failures.site_shock = scenario::Shock{
      sim::Distribution::exponential(sim::years(1)), kills, sim::Distribution::fixed({})};
  const auto fleet = small.compiled();
  // Shocks of a year are independent, for what one kills is whole again before the next; groups
  // overlap, so what adds up is the share of stripes.
  const double truth = more_than(2, 15, kills);
  const sim::RareTally tally = estimate(sim::Method::exposure, fleet, 3000);
  const sim::Moments& share = tally.amounts()[RareMission::stripes];
  EXPECT_LT(std::abs(z_score(share, truth)), 4.0)
      << share.mean() << " +- " << share.standard_error() << " against " << truth;
  EXPECT_LT(share.standard_error(), 0.08 * truth) << share.non_zero() << " non-zero";
}

TEST(RareMission, AShockThatTakesTheRestOfADamagedGroupIsFoundToo) {
  // 12+3, one disk in repair for a tenth of the time: the shock has to take three more of fourteen.
  constexpr double kills = 0.01;
  SmallFleet small(15, 1, 1);
  small.reed_solomon(12, 3, 1).exponential(sim::years(15), sim::years(0.1));
  small.scenario.failures.site_shock = scenario::Shock{
      sim::Distribution::exponential(sim::years(1)), kills, sim::Distribution::fixed({})};
  const auto fleet = small.compiled();
  const Direct plain = direct(fleet, 400000);
  const sim::RareTally tally = estimate(sim::Method::exposure, fleet, 4000);
  expect_agree(tally.loss().x(), plain.lost);
}

TEST(RareMission, ShocksOfPowerDomainsAndSites) {
  SmallFleet small(6, 2, 2);
  small.reed_solomon(3, 2, 40);
  scenario::Scenario& s = small.scenario;
  s.hardware.sites = 2;
  s.hardware.racks_per_site = 3;
  s.hardware.power_domains = 2;  // of two racks and of one
  s.failures.disk = sim::Distribution::exponential(sim::years(1));
  s.failures.power_domain_shock = scenario::Shock{sim::Distribution::exponential(sim::years(1.5)),
                                                  0.3, sim::Distribution::fixed(sim::hours(12))};
  s.failures.site_shock = scenario::Shock{sim::Distribution::exponential(sim::years(20)), 0.1,
                                          sim::Distribution::fixed(sim::hours(24))};
  auto& strategy = s.strategies[0];
  strategy.placement.max_per_rack = 1;
  strategy.repair.detection.process = sim::Distribution::fixed(sim::hours(3));
  strategy.repair.replacement = sim::Distribution::fixed(sim::hours(24));
  const auto fleet = small.compiled();
  ASSERT_EQ(fleet->families().size(), 3U);
  EXPECT_EQ(fleet->family_name(1), "power domain shock");
  EXPECT_EQ(fleet->family_name(2), "site shock");
  const Direct plain = direct(fleet, 6000);
  EXPECT_GT(plain.lost.mean(), 0.003);
  const sim::RareTally tally = estimate(sim::Method::exposure, fleet, 1000);
  expect_agree(tally.loss().x(), plain.lost);
  expect_agree(tally.amounts()[RareMission::stripes], plain.share);
  const sim::RareTally last = estimate(sim::Method::compensator, fleet, 6000);
  expect_agree(last.loss().x(), plain.lost);
}

TEST(RareMission, SeveralShardsPerRackAndShocksBeyondTolerance) {
  SmallFleet small = rough_fleet();
  small.scenario.hardware.racks_per_site = 3;
  small.scenario.strategies[0].placement.max_per_rack = 2;
  small.scenario.strategies[0].placement.max_per_machine = 1;
  small.scenario.failures.rack_shock->kills = 0.8;
  small.scenario.failures.disk = sim::Distribution::weibull(1.8, sim::years(1.5));
  const auto fleet = small.compiled();
  const Direct plain = direct(fleet, 6000);
  const sim::RareTally tally = estimate(sim::Method::exposure, fleet, 600);
  expect_agree(tally.loss().x(), plain.lost);
  expect_agree(tally.amounts()[RareMission::stripes], plain.share);
}

TEST(RareMission, APartlyRebuiltGroupKeepsThatShareOnceHoweverManyShardsItLosesThen) {
  // A group of 2+1, two of its shards in one machine. The third is half rebuilt when that machine
  // dies: half of the stripes had one shard more.
  SmallFleet small(2, 1, 2);
  small.reed_solomon(2, 1, 1);
  auto& strategy = small.scenario.strategies[0];
  strategy.placement.max_per_rack = 2;
  strategy.placement.max_per_machine = 2;
  strategy.repair.detection.process = sim::Distribution::fixed({0});
  strategy.repair.replacement = sim::Distribution::fixed(sim::years(10));
  strategy.repair.throttles = {
      {scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {5e11 / 3600.0}}};
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(1e9));
  small.scenario.failures.machine = sim::Distribution::exponential(sim::years(1e9));
  const auto fleet = small.compiled();
  RareMission mission(fleet, 1);
  const auto members = fleet->map().members(0);
  const auto& topology = fleet->topology();
  // Two shards share a machine; the third is alone.
  std::uint32_t alone = 0;
  std::uint32_t pair = 0;
  for (const std::uint32_t disk : members) {
    const auto same = std::count_if(members.begin(), members.end(), [&](std::uint32_t other) {
      return topology.machine_of(other) == topology.machine_of(disk);
    });
    (same == 1 ? alone : pair) = disk;
  }
  State state = mission.initial(0);
  sim::Stream stream(1, sim::Purpose::test);
  sim::Change change;
  mission.inject(state, {0, alone}, {}, stream, change);
  change.clear();
  while (mission.advance(state, sim::minutes(30), change)) {
  }
  change.clear();
  mission.inject(state, {1, topology.machine_of(pair)}, {}, stream, change);
  ASSERT_EQ(change.lost.size(), 1u);
  EXPECT_EQ(change.lost[0].before, 1);
  EXPECT_EQ(change.lost[0].after, 3);
  EXPECT_NEAR(change.amounts[RareMission::stripes], 0.5, 0.01);
}

/// Plenty of disks, nothing fails by itself; rebuilds share one core.
SmallFleet quiet_fleet(double core_bytes_per_second) {
  SmallFleet small(6, 4, 2);
  small.reed_solomon(3, 2, 80);
  scenario::Scenario& s = small.scenario;
  s.failures.disk = sim::Distribution::exponential(sim::years(1e9));
  s.hardware.disk = {"quick", {16e12}, {1e15}, {1e15}};
  s.hardware.network = {{1e15}, {1e15}, {core_bytes_per_second}, 1.0};
  auto& strategy = s.strategies[0];
  strategy.placement.max_per_rack = 2;
  strategy.repair.detection.process = sim::Distribution::fixed({0});
  strategy.repair.replacement = sim::Distribution::fixed(sim::years(10));
  return small;
}

void play_until(RareMission& mission, State& state, Seconds until) {
  sim::Change change;
  while (mission.advance(state, until, change)) change.clear();
}

TEST(RareMission, EveryGroupLeavesWhenItWasForeseenTo) {
  const auto fleet = quiet_fleet(1e9).compiled();
  RareMission mission(fleet, 1);
  State state = mission.initial(0);
  sim::Stream stream(1, sim::Purpose::test);
  sim::Change change;
  mission.inject(state, {0, 3}, {}, stream, change);
  ASSERT_FALSE(change.deeper.empty());
  play_until(mission, state, sim::minutes(1));
  for (const sim::Crossing& crossing : change.deeper) {
    std::vector<sim::Exposed> exposed;
    mission.critical(state, std::span(&crossing.group, 1), 1, exposed);
    ASSERT_EQ(exposed.size(), 4U);  // the disks of the shards that are left
    const Seconds until = exposed[0].until;
    EXPECT_TRUE(exposed[0].foreseen);
    // What settles a shard is any event of the fleet: the next failure stands for it.
    for (const bool late : {false, true}) {
      State path = State::overlay(state);
      play_until(mission, path, Seconds{until.value * (late ? 1.001 : 0.999)});
      sim::Change other;
      mission.inject(path, {0, exposed[0].unit.index}, {}, stream, other);
      const auto own = std::ranges::find(other.deeper, crossing.group, &sim::Crossing::group);
      ASSERT_NE(own, other.deeper.end());
      EXPECT_EQ(own->before, late ? 0 : 1);
    }
  }
}

TEST(RareMission, ARebuildThatAnEventTouchesLosesNoTimeButForWhatIsTouched) {
  const double core = 1e9;
  const auto fleet = quiet_fleet(core).compiled();
  RareMission mission(fleet, 1);
  State state = mission.initial(0);
  sim::Stream stream(1, sim::Purpose::test);
  sim::Change change;
  mission.inject(state, {0, 3}, {}, stream, change);
  const std::size_t first = change.deeper.size();
  // Half of it is done when a disk is lost that some of the rest is read from.
  const double shard_seconds = fleet->shard_bytes().value * 3 / core;
  play_until(mission, state, Seconds{0.5 * static_cast<double>(first) * shard_seconds});
  change.clear();
  mission.inject(state, {0, 20}, {}, stream, change);
  const std::size_t second = change.deeper.size();
  while (!state.incidents.empty()) {
    change.clear();
    ASSERT_TRUE(mission.advance(state, sim::years(1), change));
  }
  // The core carries at most three shards for each one rebuilt, less what stays within a rack; a
  // plan that forgot what it no longer has to do would take half as long again.
  const double most = static_cast<double>(first + second) * shard_seconds;
  EXPECT_LT(state.now.value, 1.02 * most);
  EXPECT_GT(state.now.value, 0.6 * most);
}

TEST(RareMission, DrawsOfInjectedShocksKeepTheMeansOfNaturalOnes) {
  // A group that a rebuild has brought together in one rack, and one that stood so from the start.
  SmallFleet small = quiet_fleet(1e12);
  small.scenario.hardware.racks_per_site = 3;
  constexpr double kills = 0.05;
  small.scenario.failures.rack_shock = scenario::Shock{
      sim::Distribution::exponential(sim::years(1e9)), kills, sim::Distribution::fixed({})};
  const auto fleet = small.compiled();
  RareMission mission(fleet, 1);
  State state = mission.initial(0);
  sim::Stream stream(1, sim::Purpose::test);
  sim::Change change;
  for (const std::uint32_t disk : {0U, 9U, 17U}) {
    mission.inject(state, {0, disk}, {}, stream, change);
    play_until(mission, state, state.now + sim::hours(24));
  }
  const sim::Group group = change.deeper.front().group;
  sim::Moments any;
  sim::Moments once;
  sim::Moments twice;
  sim::Moments twice_aimed;
  std::vector<std::uint32_t> homes(5);
  Mission(fleet, 1).homes(state, group, homes);
  std::array<int, 3> in_rack{};
  for (const std::uint32_t disk : homes) ++in_rack[fleet->topology().rack_of_disk(disk)];
  const auto rack = static_cast<std::uint32_t>(std::ranges::max_element(in_rack) - in_rack.begin());
  ASSERT_EQ(in_rack[rack], 2);
  const auto draw = [&](std::span<const sim::Group> aim, sim::Moments& both) {
    State copy = State::overlay(state);
    change.clear();
    const double weight = mission.inject(copy, {1, rack}, aim, stream, change);
    int dead = 0;
    if (weight > 0) {
      for (const auto* list : {&change.deeper, &change.lost}) {
        const auto own = std::ranges::find(*list, group, &sim::Crossing::group);
        if (own != list->end()) dead = own->after - own->before;
      }
    }
    both.add(dead == 2 ? weight : 0.0);
    return std::pair(weight, dead);
  };
  for (int i = 0; i < 20000; ++i) {
    const auto [weight, dead] = draw({}, twice);
    any.add(weight);
    once.add(dead == 1 ? weight : 0.0);
    draw(std::span(&group, 1), twice_aimed);
  }
  EXPECT_LT(std::abs(z_score(any, 1.0)), 4.0) << any.mean();
  EXPECT_LT(std::abs(z_score(once, 2 * kills * (1 - kills))), 4.0) << once.mean();
  EXPECT_LT(std::abs(z_score(twice, kills * kills)), 4.0) << twice.mean();
  EXPECT_LT(std::abs(z_score(twice_aimed, kills * kills)), 4.0) << twice_aimed.mean();
  // Naturally one in 400 draws shows it; aimed, nearly half.
  EXPECT_GT(twice_aimed.non_zero(), 6000U);
}

}  // namespace
}  // namespace models::fleet
