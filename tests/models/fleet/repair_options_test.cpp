// What a scenario may ask of repair beside its speed: order, traffic, patience, hours.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "models/fleet/mission.h"
#include "models/verify/simedc.h"
#include "small_fleet.h"

namespace models::fleet {
namespace {

using testing::SmallFleet;

/// Disks that fail only when struck.
SmallFleet quiet_fleet(int racks, int machines) {
  SmallFleet small(racks, machines, 2);
  small.reed_solomon(4, 2, 60);
  small.scenario.failures.disk = sim::Distribution::exponential(sim::years(1e9));
  auto& repair = small.scenario.strategies[0].repair;
  repair.throttles = {{scenario::ThrottleAt::machine, scenario::ThrottleCounts::writes, {100e6}}};
  return small;
}

/// A mission in which the test decides what fails.
class Struck {
 public:
  explicit Struck(const scenario::Scenario& scenario)
      : fleet_(compile(scenario, scenario.strategies[0], 1)),
        mission_(fleet_, 1),
        state_(mission_.initial(0)) {}

  const Fleet& fleet() const { return *fleet_; }
  const State& state() const { return state_; }
  const Outcome& outcome() const { return outcome_; }

  void lose(std::uint32_t disk) {
    sim::Stream stream(1, sim::Purpose::test);
    double probability = 1;
    EXPECT_TRUE(mission_.strike(state_, fleet_->classes().front(), disk, {}, stream, outcome_,
                                probability));
  }
  void advance(Seconds until) {
    while (mission_.advance(state_, until, outcome_)) {
    }
  }
  /// When nothing is missing any more.
  Seconds heal() {
    while (!state_.incidents.empty() && mission_.advance(state_, fleet_->mission(), outcome_)) {
    }
    return state_.now;
  }
  int depth(std::uint32_t group) {
    std::vector<std::uint32_t> homes(fleet_->map().width());
    mission_.homes(state_, group, homes);
    return static_cast<int>(std::ranges::count(homes, repair::no_disk));
  }
  int deepest() {
    int most = 0;
    for (std::uint32_t group = 0; group < fleet_->map().groups(); ++group) {
      most = std::max(most, depth(group));
    }
    return most;
  }

 private:
  std::shared_ptr<const Fleet> fleet_;
  Mission mission_;
  State state_;
  Outcome outcome_;
};

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

}  // namespace
}  // namespace models::fleet
