// What a scenario may ask of repair beside its speed: order, traffic, patience, hours.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "models/fleet/mission.h"
#include "models/verify/simedc.h"
#include "struck_mission.h"

namespace models::fleet {
namespace {

using testing::quiet_fleet;
using testing::SmallFleet;
using testing::Struck;

TEST(RepairOptions, ByArrivalTheSecondDiskWaitsForTheFirst) {
  for (const auto traffic : {scenario::Traffic::balanced, scenario::Traffic::near}) {
    scenario::Scenario scenario = verify::simedc_repair(verify::ChunkLayout::hierarchical, traffic);
    scenario.hardware.racks_per_site = 6;
    scenario.hardware.machines_per_rack = 6;
    scenario.data.logical = scenario.data.logical * (36.0 / 1024);
    scenario.strategies[0].placement.groups = 349524 * 36 / 1024;
    Struck one(scenario);
    one.lose(0);
    const Seconds alone = one.heal();
    Struck two(scenario);
    two.lose(0);
    two.lose(17);
    two.advance(alone * 0.95);
    EXPECT_EQ(two.state().incidents.size(), 2U);  // whole only when its last shard is
    two.advance(alone * 1.05);
    EXPECT_EQ(two.state().incidents.size(), 1U);
    EXPECT_NEAR(two.heal() / alone, 2.0, 0.1);
  }
}

TEST(RepairOptions, ReadsInTheRackSpareTheLinksAndSumsSpareMore) {
  using verify::ChunkLayout;
  using verify::hours_of_repair;
  using verify::simedc_repair;
  const double flat =
      hours_of_repair(simedc_repair(ChunkLayout::flat, scenario::Traffic::balanced), 2);
  const double near =
      hours_of_repair(simedc_repair(ChunkLayout::hierarchical, scenario::Traffic::near), 2);
  const double combined =
      hours_of_repair(simedc_repair(ChunkLayout::hierarchical, scenario::Traffic::combined), 2);
  EXPECT_NEAR(flat, 10.49, 0.02);
  EXPECT_NEAR(near, 6.99, 0.02);          // four of six reads cross
  EXPECT_NEAR(combined, 6.99 / 2, 0.01);  // two sums do
}

TEST(RepairOptions, LazyRepairStartsAtTheThreshold) {
  SmallFleet small = quiet_fleet(8, 2);
  small.scenario.strategies[0].repair.threshold = 2;
  Struck lazy(small.scenario);
  lazy.lose(0);
  lazy.advance(sim::days(30));
  EXPECT_EQ(lazy.state().incidents.size(), 1U);
  EXPECT_EQ(lazy.state().held.size(), lazy.fleet().map().shards_of(0).size());
  // A second loss: what it has in common with the first is rebuilt, the rest waits.
  lazy.lose(20);
  EXPECT_EQ(lazy.deepest(), 2);
  lazy.advance(sim::days(60));
  EXPECT_EQ(lazy.deepest(), 1);
  EXPECT_EQ(lazy.state().incidents.size(), 2U);
  small.scenario.strategies[0].repair.threshold = 1;
  Struck eager(small.scenario);
  eager.lose(0);
  EXPECT_LT(eager.heal(), sim::days(30));
}

/// One machine that goes away soon for so long, and nothing else.
scenario::Scenario absent(Seconds patience, Seconds away) {
  SmallFleet small = quiet_fleet(8, 2);
  small.scenario.failures.machine_outage = scenario::Outage{
      sim::Distribution::exponential(sim::years(2)), sim::Distribution::fixed(away)};
  small.scenario.strategies[0].repair.patience = patience;
  return small.scenario;
}

TEST(RepairOptions, AfterPatienceTheShardsOfAnAbsentMachineAreCopied) {
  Struck patient(absent(sim::days(40), sim::days(30)));
  patient.advance(sim::years(1));
  EXPECT_GT(patient.outcome().outages, 0U);
  EXPECT_EQ(patient.outcome().repair_bytes, 0);
  Struck hasty(absent(sim::hours(1), sim::days(30)));
  hasty.advance(sim::years(1));
  EXPECT_GT(hasty.outcome().repair_bytes, 0);
  EXPECT_TRUE(hasty.state().incidents.empty());  // nothing was lost
  EXPECT_EQ(hasty.deepest(), 0);
  // Copies end before the machine is back, so its groups can be read sooner.
  EXPECT_LE(hasty.outcome().unreadable_group_seconds, patient.outcome().unreadable_group_seconds);
}

TEST(RepairOptions, ACopyIsDroppedWhenTheMachineIsBack) {
  // 60 groups of 1 TB: a machine holds 45 shards of 250 GB; 100 MB/s for each of 15 others would
  // take hours.
  Struck short_absence(absent(sim::minutes(10), sim::minutes(20)));
  short_absence.advance(sim::years(1));
  EXPECT_GT(short_absence.outcome().outages, 0U);
  Struck long_absence(absent(sim::minutes(10), sim::days(2)));
  long_absence.advance(sim::years(1));
  EXPECT_LT(short_absence.outcome().repair_bytes, 0.2 * long_absence.outcome().repair_bytes);
  EXPECT_TRUE(short_absence.state().jobs.empty());
}

TEST(RepairOptions, InBusyHoursARebuildGoesOnAtWhatClientsLeave) {
  SmallFleet small = quiet_fleet(8, 2);
  Struck always(small.scenario);
  always.lose(0);
  const Seconds alone = always.heal();
  ASSERT_GT(alone, sim::minutes(10));
  small.scenario.strategies[0].repair.busy = scenario::BusyHours{0, 24, 0.25};
  Struck busy(small.scenario);
  busy.lose(0);
  EXPECT_NEAR(busy.heal() / alone, 4, 1e-6);
  // The mission starts at midnight: the first half of the work is done before the hours begin.
  small.scenario.strategies[0].repair.busy =
      scenario::BusyHours{sim::in_hours(alone) / 2, 24, 0.25};
  Struck half(small.scenario);
  half.lose(0);
  EXPECT_NEAR(half.heal() / alone, 0.5 + 0.5 * 4, 1e-3);
}

TEST(RepairOptions, NewHardwareComesInWorkingHours) {
  SmallFleet small = quiet_fleet(8, 2);
  auto& repair = small.scenario.strategies[0].repair;
  repair.spares.kind = "technician";
  repair.replacement = sim::Distribution::fixed(sim::hours(2));
  repair.throttles.clear();
  Struck any_time(small.scenario);
  any_time.lose(0);
  const Seconds rebuilt = any_time.heal() - sim::hours(2);
  repair.working_hours = scenario::WorkingHours{9, 17, 5};
  Struck working(small.scenario);
  working.lose(0);
  EXPECT_NEAR((working.heal() - rebuilt).value, sim::hours(9).value, 1);
}

TEST(RepairOptions, ExactSharingTakesAsLongAsSharingTogetherWithinFivePercent) {
  // With few shards a machine, the one that has most ends later than the average says.
  for (const int racks : {8, 12}) {
    SmallFleet small = quiet_fleet(racks, 2);
    small.scenario.strategies[0].placement.groups = 4000;
    small.scenario.strategies[0].repair.throttles.push_back(
        {scenario::ThrottleAt::machine, scenario::ThrottleCounts::reads, {200e6}});
    Struck together(small.scenario);
    together.lose(3);
    const Seconds as_one = together.heal();
    small.scenario.strategies[0].repair.sharing = scenario::FlowSharing::exact;
    Struck exact(small.scenario);
    exact.lose(3);
    exact.advance(Seconds{1});
    EXPECT_GT(exact.state().jobs.size(), 20U);
    EXPECT_NEAR(exact.heal() / as_one, 1, 0.05);
    EXPECT_NEAR(exact.outcome().repair_bytes / together.outcome().repair_bytes, 1, 1e-9);
  }
}

TEST(RepairOptions, AThrottleOfUplinksIsWhatTheUplinksCarry) {
  const auto healed = [](std::vector<scenario::Throttle> throttles, double uplink) {
    SmallFleet small = quiet_fleet(8, 2);
    small.scenario.hardware.network.rack_uplink = {uplink};
    small.scenario.strategies[0].repair.throttles = std::move(throttles);
    Struck struck(small.scenario);
    struck.lose(0);
    return struck.heal();
  };
  using enum scenario::ThrottleCounts;
  const Seconds slow = healed({}, 20e6);
  EXPECT_GT(slow / healed({}, 5e9), 2);
  EXPECT_EQ(healed({{scenario::ThrottleAt::rack, both, {20e6}}}, 5e9), slow);
  EXPECT_EQ(healed({{scenario::ThrottleAt::rack, reads, {20e6}},
                    {scenario::ThrottleAt::rack, writes, {20e6}}},
                   5e9),
            slow);
  const Seconds in = healed({{scenario::ThrottleAt::link, writes, {20e6}}}, 5e9);
  const Seconds out = healed({{scenario::ThrottleAt::link, reads, {20e6}}}, 5e9);
  EXPECT_GT(std::min(in, out) / healed({}, 5e9), 2);
  EXPECT_EQ(healed({{scenario::ThrottleAt::link, both, {20e6}}}, 5e9), std::max(in, out));
}

TEST(RepairOptions, AMachineThatReturnsStaleCatchesUpFirst) {
  scenario::Scenario scenario = absent(sim::days(300), sim::hours(10));
  scenario.failures.machine_outage->between = sim::Distribution::exponential(sim::years(1e9));
  Struck fresh(scenario);
  fresh.happen(Harm::outage, 3);
  fresh.advance(sim::hours(12));
  EXPECT_TRUE(fresh.state().down_machines.empty());
  scenario.failures.machine_outage->catch_up = 0.5;
  Struck stale(scenario);
  stale.happen(Harm::outage, 3);
  stale.advance(sim::hours(12));
  EXPECT_EQ(stale.state().down_machines.size(), 1U);
  stale.advance(sim::hours(15.1));
  EXPECT_TRUE(stale.state().down_machines.empty());
}

}  // namespace
}  // namespace models::fleet
