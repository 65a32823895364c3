// One group by itself, against chains and closed forms.
#include "models/group/raid_group.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/fleet/small_fleet.h"

namespace models::group {
namespace {

RaidGroup raid(int data, int parity, Seconds life, Seconds repair) {
  return {.data = data,
          .parity = parity,
          .life = sim::Distribution::exponential(life),
          .repair = sim::Distribution::exponential(repair),
          .defects = {},
          .mission = sim::years(1)};
}

Defects defects(DefectOrder order) {
  return {.rate = {1 / sim::hours(2000).value},
          .mended = sim::Distribution::weibull(3, sim::hours(168), sim::hours(6)),
          .order = order,
          .met = DefectMet::by_the_rebuild};
}

double z(const sim::Moments& moments, double truth) {
  return (moments.mean() - truth) / moments.standard_error();
}

TEST(RaidGroup, TooManyDisksAsOftenAsTheChainSays) {
  for (const int parity : {1, 2, 3}) {
    const Seconds life = sim::hours(parity == 1 ? 80000 : 9000);
    const RaidGroup group = raid(5, parity, life, sim::hours(100));
    const double truth =
        fleet::testing::chain_loss_by(5 + parity, parity, life, sim::hours(100), group.mission);
    const GroupTally tally = play_missions(group, 200000, 3, 2);
    EXPECT_LT(std::abs(z(tally.too_many_disks, truth)), 4.0)
        << parity << ": " << tally.too_many_disks.mean() << " against " << truth;
  }
}

TEST(RaidGroup, TheHazardOfTheLastFailureIsAsMuchAsThatFailureComes) {
  RaidGroup group = raid(7, 1, sim::hours(1), sim::hours(200));
  group.life = sim::Distribution::weibull(1.5, sim::hours(30000));
  const GroupTally tally = play_missions(group, 400000, 4, 2);
  const auto n = static_cast<double>(tally.too_many_disks.count());
  const double seen = static_cast<double>(tally.seen) / n;
  const double error = std::sqrt(seen * (1 - seen) / n);
  EXPECT_GT(seen, 0.01);
  EXPECT_LT(std::abs(tally.too_many_disks.mean() - seen) / error, 4.0);
}

TEST(RaidGroup, ADiskHasADefectForTheShareOfTimeThatItTakesToMend) {
  const Defects one = defects(DefectOrder::one_at_a_time);
  const double mean = sim::in_hours(one.mended.mean());
  const Seconds late = sim::years(5);
  EXPECT_NEAR(DefectChance(one).at(late), mean / (mean + 2000), 1e-6);
  EXPECT_NEAR(DefectChance(defects(DefectOrder::independent)).at(late), -std::expm1(-mean / 2000),
              1e-6);
  EXPECT_NEAR(DefectChance(one).at(sim::hours(3)), 3.0 / 2000, 3e-6);
  EXPECT_EQ(DefectChance(one).at({}), 0.0);
}

// Of an exponential mending it is an alternating process with a closed form.
TEST(RaidGroup, TheChanceOfADefectGrowsAsThatOfAnAlternatingProcess) {
  Defects exponential = defects(DefectOrder::one_at_a_time);
  exponential.mended = sim::Distribution::exponential(sim::hours(186));
  const DefectChance chance(exponential);
  const double rate = 1.0 / 2000 + 1.0 / 186;
  for (const double hours : {20.0, 100.0, 400.0, 4000.0}) {
    EXPECT_NEAR(chance.at(sim::hours(hours)), -std::expm1(-rate * hours) / 2000 / rate, 2e-5);
  }
}

TEST(RaidGroup, DefectsMetAreRebuildsTimesTheChance) {
  RaidGroup group = raid(7, 1, sim::hours(50000), sim::hours(20));
  group.mission = sim::years(5);
  group.defects = defects(DefectOrder::one_at_a_time);
  const double chance = DefectChance(*group.defects).at(sim::years(5));
  const double each = -std::expm1(7 * std::log1p(-chance));
  const double rebuilds = 8 * sim::in_hours(group.mission) / 50000;
  const GroupTally tally = play_missions(group, 100000, 5, 2);
  // Disks without defects at the start, and rebuilds under way at the end: 1 %.
  EXPECT_NEAR(tally.defects.mean() / (rebuilds * each), 1.0, 0.015);
  EXPECT_LT(tally.defect.mean(), tally.defects.mean());
}

TEST(RaidGroup, TheSameBitsForAnyNumberOfThreads) {
  RaidGroup group = raid(7, 1, sim::hours(50000), sim::hours(20));
  group.defects = defects(DefectOrder::independent);
  const GroupTally one = play_missions(group, 20000, 6, 1);
  const GroupTally three = play_missions(group, 20000, 6, 3);
  EXPECT_EQ(one.too_many_disks, three.too_many_disks);
  EXPECT_EQ(one.defect, three.defect);
  EXPECT_EQ(one.seen, three.seen);
}

}  // namespace
}  // namespace models::group
