#include "tests/models/oracle/naive_simulator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "sim/moments.h"
#include "sim/random.h"
#include "tests/models/oracle/detection_formula.h"

namespace oracle {
namespace {

using models::placement::PlacementMap;
using Pace = Options::Pace;

/// A code on disks of one machine each; nothing fails unless a test says so.
struct System {
  std::unique_ptr<const models::codes::Code> code;
  std::unique_ptr<PlacementMap> map;
  Options options;

  /// @param homes  disk of every shard
  System(int data, int parity, std::vector<std::uint32_t> homes, std::uint32_t disks) {
    code = data == 1
               ? models::codes::make_code({"replication", {{"copies", parity + 1}}})
               : models::codes::make_code({"reed-solomon", {{"data", data}, {"parity", parity}}});
    map = std::make_unique<PlacementMap>(std::move(homes),
                                         static_cast<std::uint32_t>(data + parity), disks);
    options.code = code.get();
    options.map = map.get();
    for (std::uint32_t d = 0; d < disks; ++d) options.machine_of.push_back(d);
    options.replacement = {1e9, false};
  }
};

/// Groups on random disks, as many on each as on any other but for chance.
std::vector<std::uint32_t> random_homes(std::uint32_t width, std::uint32_t groups,
                                        std::uint32_t disks) {
  sim::Stream random(3, sim::Purpose::test);
  std::vector<std::uint32_t> all(disks);
  std::iota(all.begin(), all.end(), 0U);
  std::vector<std::uint32_t> homes;
  for (std::uint32_t g = 0; g < groups; ++g) {
    for (std::uint32_t i = 0; i < width; ++i) {
      std::swap(all[i], all[i + random.below(disks - i)]);
      homes.push_back(all[i]);
    }
  }
  return homes;
}

/// `groups` groups of two copies on disks 0 and 1, of four.
System pair(std::uint32_t groups) {
  std::vector<std::uint32_t> homes;
  for (std::uint32_t g = 0; g < groups; ++g) homes.insert(homes.end(), {0, 1});
  return {1, 1, std::move(homes), 4};
}

TEST(NaiveSimulator, FollowsTheChainOfParallelExponentialRepair) {
  // Birth and death by hand: 4+2, life 2000 h, repair 100 h each, one year.
  System system(4, 2, {0, 1, 2, 3, 4, 5}, 6);
  Options& o = system.options;
  o.max_per_machine = 6;  // whole again wherever there is a disk that works
  o.replacement = {0, false};
  o.disk_life = 2000;
  o.pace = Pace::whole;
  o.rebuild = {100, true};
  o.stripes = 1;
  double p[4] = {1, 0, 0, 0};
  constexpr double step = 0.05;
  for (double at = 0; at < o.mission; at += step) {
    const double up[] = {6 / 2000.0 * p[0], 5 / 2000.0 * p[1], 4 / 2000.0 * p[2]};
    const double down[] = {p[1] / 100, 2 * p[2] / 100};
    p[0] += step * (down[0] - up[0]);
    p[1] += step * (up[0] + down[1] - up[1] - down[0]);
    p[2] += step * (up[1] - up[2] - down[1]);
    p[3] += step * up[2];
  }
  sim::Moments lost;
  for (std::uint64_t r = 0; r < 6000; ++r) lost.add(play(o, r).lost);
  EXPECT_LT(std::abs(lost.mean() - p[3]) / lost.standard_error(), 4) << lost.mean() << " " << p[3];
}

TEST(NaiveSimulator, WeibullLivesWithoutRepairFollowTheBinomialTail) {
  System system(1, 2, {0, 1, 2}, 3);
  Options& o = system.options;
  o.disk_life = 10000;
  o.disk_shape = 1.5;
  o.detection = {1e9, false};
  const double q = -std::expm1(-std::pow(o.mission / o.disk_life, o.disk_shape));
  sim::Moments lost;
  for (std::uint64_t r = 0; r < 6000; ++r) lost.add(play(o, r).lost);
  EXPECT_LT(std::abs(lost.mean() - q * q * q) / lost.standard_error(), 4) << lost.mean();
}

TEST(NaiveSimulator, MachinesAwayMakeDataUnavailableAsTheBinomialSays) {
  System system(1, 1, {0, 1, 0, 1}, 2);
  Options& o = system.options;
  o.outage_between = 9;
  o.outage = {1, true};
  sim::Moments hours;
  for (std::uint64_t r = 0; r < 100; ++r) hours.add(play(o, r).unavailable_hours);
  EXPECT_LT(std::abs(hours.mean() - 0.01 * 2 * o.mission) / hours.standard_error(), 4);
}

TEST(NaiveSimulator, OneLossTakesItsReportAndItsPlaceInTheOrder) {
  System system = pair(20);
  Options& o = system.options;
  o.script = {{100, 0}};
  o.detection = {3, false};
  o.bytes_per_hour = 2;  // 10 h for the disk
  const Played played = play(o, 1);
  // Group i waits 3 h and is whole (i+1)/2 h later.
  EXPECT_NEAR(played.hours[1], 20 * 3 + 0.5 * 20 * 21 / 2, 1e-5);
  EXPECT_EQ(played.repair_bytes, 20);
  EXPECT_EQ(played.lost, 0);
  EXPECT_EQ(played.failures, 1);
  o.rebuild_delay = {4, false};
  EXPECT_NEAR(play(o, 1).hours[1], 20 * 7 + 0.5 * 20 * 21 / 2, 1e-5);
}

TEST(NaiveSimulator, AFatalLossLeavesWhatIsRebuilt) {
  System system = pair(20);
  Options& o = system.options;
  o.bytes_per_hour = 2;
  o.script = {{100, 0}, {105.25, 1}};  // ten are whole, and half of the next
  const Played played = play(o, 1);
  EXPECT_NEAR(played.lost, 9.5, 1e-6);
  EXPECT_EQ(played.lost_to_disks, played.lost);
}

TEST(NaiveSimulator, ADeepGroupGoesFirstOnlyOnceItIsReported) {
  // One of 50 groups stands on the second disk too; it is the last of the first disk's.
  std::vector<std::uint32_t> homes;
  for (std::uint32_t g = 0; g < 49; ++g) homes.insert(homes.end(), {0, 2, 3});
  homes.insert(homes.end(), {0, 1, 4});
  System system(1, 2, std::move(homes), 8);
  Options& o = system.options;
  o.by_group = true;
  o.arrival = true;
  o.bytes_per_hour = 1;
  o.detection = {2, false};
  o.script = {{100, 0}, {110, 1}};
  // Reported at 112, rebuilt until 113: 3 h with two missing. The truth alone would give 1 h.
  EXPECT_NEAR(play(o, 1).hours[2], 3, 1e-6);
  o.detection = {0, false};
  EXPECT_NEAR(play(o, 1).hours[2], 1, 1e-6);
}

TEST(NaiveSimulator, AWriteToADeadDiskIsTriedElsewhereAtItsPlace) {
  System system = pair(1);
  Options& o = system.options;
  o.bytes_per_hour = 0.1;  // 10 h
  // Disks 2 and 3 are the only targets: whichever was chosen, one of these losses starts it anew.
  o.script = {{100, 0}, {104, 2}};
  const double first = play(o, 1).hours[1];
  const double other = play(o, 3).hours[1];
  EXPECT_TRUE(std::abs(first - 10) < 1e-5 || std::abs(first - 14) < 1e-5) << first;
  EXPECT_TRUE(std::abs(other - 10) < 1e-5 || std::abs(other - 14) < 1e-5) << other;
  EXPECT_EQ(play(o, 1).lost, 0);
}

TEST(NaiveSimulator, LazyRepairWaitsForTheThreshold) {
  System system(1, 2, {0, 1, 2, 0, 3, 4}, 8);
  Options& o = system.options;
  o.threshold = 2;
  o.arrival = true;
  o.script = {{100, 0}, {200, 1}};
  const Played played = play(o, 1);
  EXPECT_EQ(played.repair_bytes, 2);  // both shards of the first group, neither of the second
  EXPECT_NEAR(played.hours[1], (100 + 1) + (o.mission - 100), 1e-5);
  EXPECT_NEAR(played.hours[2], 1, 1e-5);
}

TEST(NaiveSimulator, ShardsOfAMachineGivenUpAreCopied) {
  System system = pair(4);
  Options& o = system.options;
  o.outage_between = 1000;
  o.outage = {50, false};
  o.give_up = 10;
  EXPECT_GT(play(o, 1).repair_bytes, 0);
  o.give_up = 60;
  EXPECT_EQ(play(o, 1).repair_bytes, 0);
}

TEST(NaiveSimulator, ErrorsThatWaitSpoilARebuildWithoutRedundancy) {
  System system = pair(1);
  Options& o = system.options;
  o.script = {{1000, 0}};
  o.defects = 1e-4;
  o.stripes = 1;
  EXPECT_NEAR(play(o, 1).lost_to_errors, -std::expm1(-1e-4 * 1001), 1e-9);
  o.stripes = 100;
  EXPECT_NEAR(play(o, 1).lost_to_errors, -std::expm1(-1e-6 * 1001), 1e-9);
}

/// Losses by failures of m + 1 disks within a window, weighted by their density: what the formula
/// says to leading order, without a remainder.
sim::Moments leading_order(System& system, const DetectionCase& c, std::uint64_t samples) {
  sim::Stream random(5, sim::Purpose::test, {static_cast<std::uint64_t>(c.tolerance), 0, 0, 0});
  std::vector<std::uint32_t> disks(static_cast<std::size_t>(c.disks));
  std::iota(disks.begin(), disks.end(), 0U);
  Options& o = system.options;
  sim::Moments lost;
  for (std::uint64_t r = 0; r < samples; ++r) {
    double weight = c.time;
    double at = 0;
    double left = c.detection + c.rebuild;
    o.script.clear();
    for (std::uint32_t i = 0; i <= static_cast<std::uint32_t>(c.tolerance); ++i) {
      std::swap(disks[i], disks[i + random.below(disks.size() - i)]);
      const double gap = i == 0 ? 0 : random.uniform() * left;
      weight *= (c.disks - static_cast<double>(i)) * c.rate * (i == 0 ? 1 : left);
      at += gap;
      left -= gap;
      o.script.emplace_back(at, disks[i]);
    }
    o.mission = at + 1e-6;
    lost.add(weight * play(o, r).lost);
  }
  return lost;
}

TEST(NaiveSimulator, AgreesWithTheFormulaOfDetection) {
  constexpr std::uint32_t disks = 20;
  constexpr double per_disk = 60;
  constexpr double rebuild = 10;
  for (const int m : {1, 2, 3}) {
    const int n = 3 + m;
    const auto groups = static_cast<std::uint32_t>(disks * per_disk / n);
    System system(3, m, random_homes(static_cast<std::uint32_t>(n), groups, disks), disks);
    for (const double detection : {2.0, 10.0, 30.0}) {
      system.options.detection = {detection, false};
      system.options.bytes_per_hour = 3 * per_disk / rebuild;
      system.options.arrival = true;  // one shard of each deep group first
      const DetectionCase c{.tolerance = m,
                            .shards = n,
                            .disks = disks,
                            .groups = static_cast<double>(groups),
                            .rate = 1,
                            .detection = detection,
                            .rebuild = rebuild,
                            .time = 1};
      const sim::Moments played = leading_order(system, c, 3000);
      const double formula = expected_losses(c);
      // The formula takes no time for the deep group itself: up to W / 60 at each further loss.
      const double remainder = formula * (m - 1) * rebuild / per_disk / detection;
      EXPECT_LT(std::abs(played.mean() - formula), 4 * played.standard_error() + remainder)
          << m << ", D " << detection << ": " << played.mean() << " +- " << played.standard_error()
          << " against " << formula;
      // That the oracle can tell: half the detection time is far outside.
      DetectionCase wrong = c;
      wrong.detection /= 2;
      EXPECT_GT(played.mean() - expected_losses(wrong), 4 * played.standard_error()) << m;
    }
  }
}

}  // namespace
}  // namespace oracle
