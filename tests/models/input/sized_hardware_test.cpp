// Machines bought for a strategy: as few as hold it.
#include "models/input/sized_hardware.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/economics/cost.h"
#include "models/input/fit.h"
#include "models/input/read_scenario.h"
#include "models/input/validate.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

codes::CodeSpec reed_solomon(int data, int parity) {
  return {"reed-solomon", {{"data", data}, {"parity", parity}}};
}

/// At most 20 racks of 5 machines with 4 disks of 16 TB: 54.4 usable TB a machine.
Hardware room_for_a_hundred() {
  Hardware hardware;
  hardware.racks_per_site = 20;
  hardware.machines_per_rack = 5;
  hardware.disks_per_machine = 4;
  hardware.disk.capacity = 16 * terabyte;
  return hardware;
}

Data petabyte() { return {.logical = 1000 * terabyte, .objects = 1e6, .stripe = {4e6}}; }

std::optional<Hardware> bought(const Hardware& most, const Data& data, int data_shards, int parity,
                               const Placement& placement) {
  const auto code = codes::make_code(reed_solomon(data_shards, parity));
  return sized_hardware(most, data, placement, *code);
}

// 1.5 PB / 54.4 TB = 27.6 machines: 28 = 14 racks of 2.
TEST(SizedHardware, IsTheSmallestNumberOfMachinesOverTheMostRacks) {
  const auto hardware =
      bought(room_for_a_hundred(), petabyte(), 6, 3, {"declustered", 10000, 1, 1});
  ASSERT_TRUE(hardware);
  EXPECT_EQ(hardware->racks_per_site, 14);
  EXPECT_EQ(hardware->machines_per_rack, 2);
}

// 10 TB fit one machine, but 9 shards need 9 racks; with 3 in a rack 3 racks of 3 machines.
TEST(SizedHardware, HasAPlaceForEveryShard) {
  Data little = petabyte();
  little.logical = 10 * terabyte;
  const auto apart = bought(room_for_a_hundred(), little, 6, 3, {"declustered", 100, 1, 1});
  ASSERT_TRUE(apart);
  EXPECT_EQ(apart->racks_per_site, 9);
  EXPECT_EQ(apart->machines_per_rack, 1);
  Hardware three_racks = room_for_a_hundred();
  three_racks.racks_per_site = 3;
  const auto close = bought(three_racks, little, 6, 3, {"declustered", 100, 3, 1});
  ASSERT_TRUE(close);
  EXPECT_EQ(close->racks_per_site, 3);
  EXPECT_EQ(close->machines_per_rack, 3);
}

// 4 racks of 5 hold 20 machines; 28 are needed: 6 racks, then 5 machines in each.
TEST(SizedHardware, TakesMoreRacksWhereTheRoomIsTooSmall) {
  Hardware small = room_for_a_hundred();
  small.racks_per_site = 4;
  const auto hardware = bought(small, petabyte(), 6, 3, {"declustered", 10000, 9, 9});
  ASSERT_TRUE(hardware);
  EXPECT_EQ(hardware->racks_per_site, 6);
  EXPECT_EQ(hardware->machines_per_rack, 5);
}

TEST(SizedHardware, IsEmptyWhereNoNumberWillDo) {
  EXPECT_FALSE(bought(room_for_a_hundred(), petabyte(), 6, 3, {"declustered", 1, 1, 1}))
      << "a shard of 167 TB fits no disk";
}

bool holds(const Hardware& hardware, const Data& data, const Placement& placement,
           const codes::Code& code) {
  return places(hardware, placement) >= code.shape().total() &&
         has_room(hardware, data, code, data_disks(hardware, placement, {})) &&
         shards_fit(hardware, data, placement, code, {});
}

TEST(SizedHardware, AgreesWithTryingEveryNumber) {
  for (const int parity : {1, 2, 3, 5}) {
    for (const double tb : {1.0, 40.0, 333.0, 900.0, 1700.0}) {
      for (const Placement& placement :
           {Placement{"declustered", 900, 1, 1}, Placement{"declustered", 77, 2, 1},
            Placement{"declustered", 5000, 4, 2}}) {
        Data data = petabyte();
        data.logical = tb * terabyte;
        const auto code = codes::make_code(reed_solomon(4, parity));
        const Hardware most = room_for_a_hundred();
        std::int64_t least = 0;
        int racks_of_least = 0;
        for (int racks = 1; racks <= most.racks_per_site; ++racks) {
          for (int machines = 1; machines <= most.machines_per_rack; ++machines) {
            Hardware each = most;
            each.racks_per_site = racks;
            each.machines_per_rack = machines;
            if (!holds(each, data, placement, *code)) continue;
            if (least == 0 || each.machines() <= least) {
              least = each.machines();
              racks_of_least = racks;
            }
          }
        }
        const auto hardware = sized_hardware(most, data, placement, *code);
        ASSERT_TRUE(hardware.has_value());
        if (least == 0) continue;  // more racks than there are
        EXPECT_EQ(hardware->machines(), least) << parity << ' ' << tb;
        EXPECT_EQ(hardware->racks_per_site, racks_of_least) << parity << ' ' << tb;
      }
    }
  }
}

Checked<Scenario> read_with(const std::string& strategy) {
  return read_scenario_text(
      small_scenario_with(R"("repair": {"detection": "1 h"}})",
                          R"("repair": {"detection": "1 h"}, )" + strategy + "}"),
      "s.json");
}

TEST(OwnHardware, ChangesOnlyWhatItNames) {
  const auto read = read_with(
      R"("hardware": {"racks_per_site": 15, "disk": {"write": "90 MB/s"}, "network": {"core": "1 Tbit/s"}},
         "failures": {"disk": {"lifetime": "3 %/year"}})");
  ASSERT_TRUE(read) << faults_of(read);
  const Scenario& s = read.value();
  ASSERT_TRUE(s.strategies[1].hardware);
  const Hardware& own = *s.strategies[1].hardware;
  EXPECT_EQ(s.strategies[1].hardware_kind, HardwareKind::own);
  EXPECT_EQ(own.racks_per_site, 15);
  EXPECT_EQ(own.machines_per_rack, s.hardware.machines_per_rack);
  EXPECT_EQ(own.disk.write.value, 90e6);
  EXPECT_EQ(own.disk.read.value, s.hardware.disk.read.value);
  EXPECT_EQ(own.network.core.value, 1e12 / 8);
  EXPECT_EQ(own.network.machine.value, s.hardware.network.machine.value);
  const Failures& failures = s.failures_of(s.strategies[1]);
  EXPECT_NEAR(sim::in_years(failures.disk->mean()), 1 / 0.03, 1e-9);
  EXPECT_EQ(failures.disk_age.cohorts, 4);
  EXPECT_TRUE(failures.machine_outage.has_value());
  EXPECT_EQ(&s.hardware_of(s.strategies[0]), &s.hardware);
}

TEST(OwnHardware, FixedIsTheScenariosAndTakesNoChanges) {
  EXPECT_TRUE(read_with(R"("hardware": {"kind": "fixed", "note": "as it stands"})"));
  EXPECT_THAT(faults_of(read_with(R"("hardware": {"kind": "fixed", "sites": 2})")),
              HasSubstr("/strategies/1/hardware/sites: cannot change hardware of kind 'fixed'"));
}

TEST(OwnHardware, ItsFaultsAreToldAtItsPlace) {
  EXPECT_THAT(faults_of(read_with(R"("hardware": {"disk": {"capacity": "0 TB"}})")),
              HasSubstr("/strategies/1/hardware/disk/capacity: must be"));
  EXPECT_THAT(faults_of(read_with(R"("hardware": {"kind": "seized"})")),
              HasSubstr("did you mean 'sized'?"));
  EXPECT_THAT(faults_of(read_with(R"("hardware": {"racks_per_site": 3})")),
              HasSubstr("/strategies/1/placement/max_per_domain: RS 6+3 needs 9 places"));
}

TEST(OwnHardware, SizedIsBoughtForTheStrategy) {
  const auto read = read_with(R"("hardware": {"kind": "sized"})");
  ASSERT_TRUE(read) << faults_of(read);
  // 150 TB / 54.4 = 2.8 machines, but 9 shards at most 2 in a rack, 1 in a machine: 9 machines.
  const Hardware& sized = *read.value().strategies[1].hardware;
  EXPECT_EQ(sized.machines(), 9);
  EXPECT_EQ(sized.racks_per_site, 9);
}

// The same strategy on the same machines, bought for it and shared, to the cent.
TEST(OwnHardware, SizedAndFixedCostWhatHandArithmeticSays) {
  Prices prices;
  prices.items = {{"disk", {20, "per TB of disk", ""}},
                  {"machine", {3000, "per machine", ""}},
                  {"rack", {8000, "per rack", ""}}};
  const auto sized = bought(room_for_a_hundred(), petabyte(), 6, 3, {"declustered", 10000, 1, 1});
  ASSERT_TRUE(sized);
  const auto paid = [&](const Hardware& hardware, HardwareKind kind) {
    const Data data = petabyte();
    return economics::cost_of({hardware, kind, data, 1.5, {}, {}}, prices).total.value;
  };
  // 28 machines: 28 x 64 TB x 20 + 28 x 3000 + 14 x 8000.
  EXPECT_NEAR(paid(*sized, HardwareKind::sized), 231840, 0.005);
  // 1500 / 0.85 / 6400 of 6400 TB x 20 + 100 x 3000 + 20 x 8000 = 0.275735 x 588000.
  EXPECT_NEAR(paid(room_for_a_hundred(), HardwareKind::fixed), 162132.35, 0.005);
}

}  // namespace
}  // namespace models::scenario
