#include "models/input/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

namespace models::scenario {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

codes::CodeSpec reed_solomon(int data, int parity) {
  return {"reed-solomon", {{"data", data}, {"parity", parity}}};
}

codes::CodeSpec replication(int copies) { return {"replication", {{"copies", copies}}}; }

/// 20 racks x 5 machines x 4 disks of 16 TB with 1 PB, RS 6+3: nothing to complain about.
Scenario sound_scenario() {
  Scenario s;
  s.name = "sound";
  s.mission = sim::years(1);
  s.data = {Bytes{1e15}, 1e7, Bytes{4e6}};
  s.hardware.racks_per_site = 20;
  s.hardware.machines_per_rack = 5;
  s.hardware.disks_per_machine = 4;
  s.hardware.disk = {"16 TB", Bytes{16e12}, BytesPerSecond{2e8}, BytesPerSecond{2e8}};
  s.hardware.network = {BytesPerSecond{1.25e9}, BytesPerSecond{5e9}, BytesPerSecond{5e10}, 0.5};
  s.failures.disk = sim::Distribution::exponential(sim::years(50));
  s.repair.detection.process = sim::Distribution::fixed(sim::minutes(15));
  s.repair.replacement = sim::Distribution::fixed(sim::hours(24));
  s.repair.throttles = {{ThrottleAt::machine, ThrottleCounts::reads, BytesPerSecond{3e7}},
                        {ThrottleAt::machine, ThrottleCounts::writes, BytesPerSecond{3e7}}};
  s.strategies = {{"RS 6+3", reed_solomon(6, 3), {"declustered", 10000, 1, 1}, s.repair}};
  return s;
}

std::string text_of(const Diagnostics& faults) {
  std::string text;
  for (const Diagnostic& fault : faults) text += fault.pointer + ": " + fault.message + "\n";
  return text;
}

/// The message at `pointer`; empty if there is none.
std::string message_at(const Scenario& scenario, std::string_view pointer,
                       Diagnostic::Severity severity = Diagnostic::Severity::error) {
  const Diagnostics faults = validate(scenario);
  const auto found = std::ranges::find_if(faults, [&](const Diagnostic& fault) {
    return fault.pointer == pointer && fault.severity == severity;
  });
  return found == faults.end() ? "" : found->message;
}

constexpr auto warning = Diagnostic::Severity::warning;

TEST(Validate, ASoundScenarioHasNoFault) {
  EXPECT_THAT(validate(sound_scenario()), IsEmpty()) << text_of(validate(sound_scenario()));
}

TEST(Validate, AMissionLastsFromAnInstantToAThousandYears) {
  Scenario s = sound_scenario();
  for (const double years : {0.0, -1.0, 1000.001, infinity, nan}) {
    s.mission = sim::years(years);
    EXPECT_THAT(message_at(s, "/mission"), HasSubstr("at most 1000 years")) << years;
  }
  for (const double years : {1e-9, 1.0, 1000.0}) {
    s.mission = sim::years(years);
    EXPECT_THAT(message_at(s, "/mission"), IsEmpty()) << years;
  }
}

TEST(Validate, NamesAreNeitherEmptyNorControlCharacters) {
  Scenario s = sound_scenario();
  s.name = "  ";
  s.strategies[0].name = "a\x1b[31mred";
  EXPECT_THAT(message_at(s, "/name"), HasSubstr("empty"));
  EXPECT_THAT(message_at(s, "/strategies/0/name"), HasSubstr("control character"));
  s.strategies[0].name = "RS 6+\u200b3";
  EXPECT_THAT(message_at(s, "/strategies/0/name"), HasSubstr("U+200B"));
  s.name = "影像云";
  s.strategies[0].name = "RS 6+3";
  EXPECT_THAT(validate(s), IsEmpty());
}

TEST(Validate, AComparisonNeedsStrategiesOfDifferentNames) {
  Scenario s = sound_scenario();
  s.strategies.push_back(s.strategies[0]);
  EXPECT_THAT(message_at(s, "/strategies/1/name"), HasSubstr("two strategies"));
  s.strategies[1].name = "another";
  EXPECT_THAT(validate(s), IsEmpty());
  s.strategies.clear();
  EXPECT_THAT(message_at(s, "/strategies"), HasSubstr("at least one"));
}

TEST(Validate, SizesAreAboveZero) {
  Scenario s = sound_scenario();
  s.data.logical = {};
  s.hardware.disk.capacity = {-1};
  s.hardware.disk.read = {};
  s.hardware.disk.write = {nan};
  s.hardware.network = {{}, {}, {infinity}, 0};
  s.hardware.usable_fill = 1.01;
  for (const char* pointer :
       {"/data/logical", "/hardware/disk/capacity", "/hardware/disk/read", "/hardware/disk/write",
        "/hardware/network/machine", "/hardware/network/rack_uplink", "/hardware/network/core",
        "/hardware/network/rebuild_share", "/hardware/usable_fill"}) {
    EXPECT_THAT(message_at(s, pointer), HasSubstr("must be above")) << pointer;
  }
}

TEST(Validate, EveryLevelOfTheHardwareHasAtLeastOne) {
  Scenario s = sound_scenario();
  s.hardware.sites = 0;
  s.hardware.disks_per_machine = -4;
  EXPECT_THAT(message_at(s, "/hardware/sites"), HasSubstr("at least 1, got 0"));
  EXPECT_THAT(message_at(s, "/hardware/disks_per_machine"), HasSubstr("got -4"));
}

TEST(Validate, AnObjectHoldsAStripeAndAByte) {
  Scenario s = sound_scenario();
  s.data.objects = 0.5;
  EXPECT_THAT(message_at(s, "/data/objects"), HasSubstr("at least 1"));
  s.data.objects = 2e15;
  EXPECT_THAT(message_at(s, "/data/objects"), HasSubstr("less than one byte"));
  s.data.objects = 1e7;
  s.data.stripe = Bytes{1.001e8};
  EXPECT_THAT(message_at(s, "/data/stripe"), HasSubstr("at most 100 MB"));
  s.data.stripe = Bytes{1e8};
  EXPECT_THAT(validate(s), IsEmpty());
}

TEST(Validate, MoreThanTenMillionDisksAreRefusedWithTheirMemory) {
  Scenario s = sound_scenario();
  s.hardware.racks_per_site = 500000;
  s.data.logical = Bytes{1e15};
  EXPECT_THAT(message_at(s, "/hardware"), IsEmpty());
  s.hardware.racks_per_site = 500001;
  EXPECT_THAT(message_at(s, "/hardware"), AllOf(HasSubstr("1e+07"), HasSubstr("7 GB of memory")));
  // A thousand million, as a typing error would have it: no overflow, no division by zero.
  s.hardware.sites = 1000;
  s.hardware.racks_per_site = 1000;
  s.hardware.machines_per_rack = 1000;
  s.hardware.disks_per_machine = 1;
  EXPECT_THAT(message_at(s, "/hardware"), AllOf(HasSubstr("1e+09"), HasSubstr("700 GB")));
}

TEST(Validate, GroupsAreOneToAHundredMillion) {
  Scenario s = sound_scenario();
  int& groups = s.strategies[0].placement.groups;
  const std::string pointer = "/strategies/0/placement/groups";
  for (const int count : {0, -5, 100000001}) {
    groups = count;
    EXPECT_THAT(message_at(s, pointer), HasSubstr("must be 1 to 100000000")) << count;
  }
  groups = 100000000;  // 9e8 shards of 8 bytes
  EXPECT_THAT(message_at(s, pointer), IsEmpty());
  s.hardware.racks_per_site = 250;
  s.strategies[0].code = reed_solomon(36, 6);
  EXPECT_THAT(message_at(s, pointer), IsEmpty());
  EXPECT_THAT(message_at(s, pointer, warning), HasSubstr("33.6"));
  s.strategies[0].code = reed_solomon(36, 7);  // 4.3e9 shards
  EXPECT_THAT(message_at(s, pointer), HasSubstr("at most 99882960 groups"));
}

TEST(Validate, MemoryAboveEightGigabytesIsForetold) {
  EXPECT_DOUBLE_EQ(memory_needed(1e9, 1e6).value, 8e9 + 7e8);
  Scenario s = sound_scenario();
  s.data.stripe = Bytes{1e6};
  s.strategies[0].placement.groups = 50000000;
  EXPECT_THAT(validate(s), IsEmpty()) << text_of(validate(s));
  s.strategies[0].code = reed_solomon(16, 4);
  EXPECT_THAT(message_at(s, "/strategies/0/placement/groups", warning), HasSubstr("8 GB"));
}

TEST(Validate, EveryShardNeedsADomainOfItsOwn) {
  Scenario s = sound_scenario();
  s.strategies[0].code = reed_solomon(16, 4);  // 20 shards, 20 racks
  EXPECT_THAT(validate(s), IsEmpty());
  s.strategies[0].code = reed_solomon(17, 4);
  EXPECT_THAT(message_at(s, "/strategies/0/placement/max_per_domain"),
              AllOf(HasSubstr("needs 21 places"), HasSubstr("20 rack(s)"), HasSubstr("have 20"),
                    HasSubstr("allow 2 shards per rack"), HasSubstr("take 21 racks")));
  s.strategies[0].placement.max_per_rack = 2;
  EXPECT_THAT(validate(s), IsEmpty());
}

TEST(Validate, MachinesLimitWhatARackCanTake) {
  Scenario s = sound_scenario();
  s.hardware.racks_per_site = 1;
  s.hardware.machines_per_rack = 3;
  s.data.logical = Bytes{5e13};
  s.data.objects = 1e5;
  s.strategies[0].placement.max_per_rack = 9;
  EXPECT_THAT(message_at(s, "/strategies/0/placement/max_per_domain"), HasSubstr("have 3"));
  // Three machines hold 6+3 if the author says so.
  s.strategies[0].placement.max_per_machine = 3;
  EXPECT_THAT(validate(s), IsEmpty()) << text_of(validate(s));
}

TEST(Validate, ACodeNeedsNoMoreDisksThanThereAre) {
  Scenario s = sound_scenario();
  s.hardware.racks_per_site = 2;
  s.hardware.machines_per_rack = 1;
  s.strategies[0].placement.max_per_rack = 9;
  s.strategies[0].placement.max_per_machine = 9;
  EXPECT_THAT(message_at(s, "/strategies/0/code"),
              AllOf(HasSubstr("9 different disks"), HasSubstr("there are 8")));
  s.strategies[0].code = reed_solomon(6, 2);
  EXPECT_THAT(message_at(s, "/strategies/0/code"), IsEmpty());
}

TEST(Validate, AnImpossibleCodeIsNamed) {
  Scenario s = sound_scenario();
  s.strategies[0].code = {"xor", {}};
  EXPECT_THAT(message_at(s, "/strategies/0/code/kind"),
              AllOf(HasSubstr("xor"), HasSubstr("reed-solomon")));
  s.strategies[0].code = reed_solomon(200, 100);
  EXPECT_THAT(message_at(s, "/strategies/0/code"), HasSubstr("256"));
  s.strategies[0].code = reed_solomon(6, -1);
  EXPECT_THAT(message_at(s, "/strategies/0/code"), HasSubstr("-1"));
}

TEST(Validate, APlacementOfNoKindOrLimitIsNamed) {
  Scenario s = sound_scenario();
  s.strategies[0].placement = {"random", 10000, 0, -1};
  EXPECT_THAT(message_at(s, "/strategies/0/placement/kind"), HasSubstr("declustered"));
  EXPECT_THAT(message_at(s, "/strategies/0/placement/max_per_domain/rack"), HasSubstr("got 0"));
  EXPECT_THAT(message_at(s, "/strategies/0/placement/max_per_domain/machine"), HasSubstr("got -1"));
}

TEST(Validate, DataFitTheUsableCapacity) {
  Scenario s = sound_scenario();  // 6.4 PB raw x 85 % = 5.44 PB; 1.5 x 3.626666 PB
  s.data.logical = Bytes{3.6266e15};
  EXPECT_THAT(validate(s), IsEmpty()) << text_of(validate(s));
  s.data.logical = Bytes{4e15};
  EXPECT_THAT(
      message_at(s, "/strategies/0"),
      AllOf(HasSubstr("6 PB to store"), HasSubstr("6.4 PB raw"), HasSubstr("5.44 PB"),
            HasSubstr("560 TB too much"), HasSubstr("At most 3.627 PB"), HasSubstr("442 disks")));
}

TEST(Validate, ExactlyFullFits) {
  Scenario s = sound_scenario();
  s.strategies[0].code = replication(1);
  s.data.logical = Bytes{400 * 16e12} * 0.85;
  EXPECT_THAT(validate(s), IsEmpty()) << text_of(validate(s));
}

TEST(Validate, WholeShardsFitTheDisks) {
  Scenario s = sound_scenario();
  s.strategies[0].placement.groups = 8;  // shards of 20.8 TB on disks of 16 TB
  EXPECT_THAT(message_at(s, "/strategies/0/placement/groups"), HasSubstr("at least 14 groups"));
  s.strategies[0].placement.groups = 14;
  EXPECT_THAT(validate(s), IsEmpty()) << text_of(validate(s));
}

TEST(Validate, AGroupSmallerThanAStripeIsRemarkable) {
  Scenario s = sound_scenario();
  s.data.stripe = Bytes{1e8};
  s.strategies[0].placement.groups = 10000001;
  EXPECT_THAT(message_at(s, "/strategies/0/placement/groups", warning), HasSubstr("one stripe"));
  s.strategies[0].placement.groups = 10000000;
  EXPECT_THAT(validate(s), IsEmpty());
}

TEST(Validate, ThrottlesLetSomethingThrough) {
  Scenario s = sound_scenario();
  s.repair.throttles[1].rate = {};
  s.strategies[0].repair = s.repair;
  const Diagnostics faults = validate(s);
  ASSERT_EQ(faults.size(), 1U) << text_of(faults);  // not once more for the strategy
  EXPECT_EQ(faults[0].pointer, "/repair/throttles/1/rate");
  s = sound_scenario();
  s.strategies[0].repair.throttles[0].rate = {-1};
  EXPECT_THAT(message_at(s, "/strategies/0/repair/throttles/0/rate"), HasSubstr("above zero"));
}

TEST(Validate, NothingThatFailsHasAFixedLife) {
  Scenario s = sound_scenario();
  const auto fixed = sim::Distribution::fixed(sim::years(3));
  const Outage outage{fixed, fixed};
  s.failures.disk = fixed;
  s.failures.machine = fixed;
  s.failures.machine_outage = outage;
  s.failures.rack_outage = outage;
  s.failures.rack_switch_outage = outage;
  s.failures.core_switch_outage = outage;
  for (const char* pointer :
       {"/failures/disk/lifetime", "/failures/machine/lifetime", "/failures/machine/outage/between",
        "/failures/rack/outage/between", "/failures/rack_switch/outage/between",
        "/failures/core_switch/outage/between"}) {
    EXPECT_THAT(message_at(s, pointer), HasSubstr("durations only")) << pointer;
  }
  EXPECT_THAT(message_at(s, "/failures/rack/outage/duration"), IsEmpty());
}

TEST(Validate, DisksAreNoOlderThanTheirLivesAllow) {
  Scenario s = sound_scenario();
  s.failures.disk = sim::Distribution::uniform(sim::years(4), sim::years(50));
  s.failures.disk_age = {sim::years(0), sim::years(49), 5};
  EXPECT_THAT(message_at(s, "/failures/disk/age/oldest"), IsEmpty());
  s.failures.disk_age.oldest = sim::years(51);
  EXPECT_THAT(message_at(s, "/failures/disk/age/oldest"), HasSubstr("no disk reaches 51 years"));
  s.failures.disk_age = {sim::years(2), sim::years(1), 0};
  EXPECT_THAT(message_at(s, "/failures/disk/age/oldest"), HasSubstr("at least the youngest"));
  EXPECT_THAT(message_at(s, "/failures/disk/age/cohorts"), HasSubstr("got 0"));
  s.failures.disk_age = {sim::years(-1), sim::years(1), 2};
  EXPECT_THAT(message_at(s, "/failures/disk/age/youngest"), HasSubstr("zero or more"));
}

TEST(Validate, RebuildSlowerThanFailuresIsUnstable) {
  Scenario s = sound_scenario();
  // 1.5 PB a mean life, six reads for each byte, against 100 machines of 30 MB/s = 3 GB/s.
  const Seconds limit{1.5e15 * 6 / 3e9};
  s.failures.disk = sim::Distribution::exponential(limit * 1.01);
  EXPECT_THAT(validate(s), IsEmpty()) << text_of(validate(s));
  s.failures.disk = sim::Distribution::exponential(limit * 0.99);
  EXPECT_THAT(message_at(s, "/strategies/0", warning),
              AllOf(HasSubstr("unstable"), HasSubstr("3.03 GB/s"), HasSubstr("give 3 GB/s"),
                    HasSubstr("30 MB/s per machine")));
  // Replicas read one byte for each: the same failures are no trouble.
  s.strategies[0].code = replication(3);
  EXPECT_THAT(validate(s), IsEmpty());
}

TEST(Validate, TheNetworkCanBeWhatMakesItUnstable) {
  Scenario s = sound_scenario();
  s.strategies[0].repair.throttles.clear();
  s.hardware.network.rack_uplink = BytesPerSecond{1e6};
  s.failures.disk = sim::Distribution::exponential(sim::years(10));
  EXPECT_THAT(message_at(s, "/strategies/0", warning), HasSubstr("rack uplinks"));
}

TEST(Validate, AGivenRebuildTimeIsHeldAgainstTheLifeOfADisk) {
  Scenario s = sound_scenario();
  s.strategies[0].repair.rebuild_time = sim::Distribution::fixed(sim::years(51));
  EXPECT_THAT(message_at(s, "/strategies/0", warning), HasSubstr("unstable"));
  s.strategies[0].repair.rebuild_time = sim::Distribution::fixed(sim::years(49));
  EXPECT_THAT(validate(s), IsEmpty());
}

TEST(Validate, ClaimsNameWhatThereIs) {
  Scenario s = sound_scenario();
  Claim good;
  good.id = "a";
  good.source = "someone";
  good.text = {{"en", "ten nines"}};
  good.strategy = "RS 6+3";
  good.metric = "durability_nines";
  good.op = ">=";
  good.value = 10;
  good.kind = "metric";
  s.claims = {good};
  EXPECT_THAT(validate(s), IsEmpty()) << text_of(validate(s));
  s.claims.push_back(good);
  s.claims[1].strategy = "RS 6+2";
  s.claims[1].metric = "durability";
  s.claims[1].op = "==";
  s.claims[1].value = nan;
  EXPECT_THAT(message_at(s, "/claims/1/id"), HasSubstr("two claims"));
  EXPECT_THAT(message_at(s, "/claims/1/strategy"), HasSubstr("\"RS 6+3\""));
  EXPECT_THAT(message_at(s, "/claims/1/metric"), HasSubstr("durability_nines"));
  EXPECT_THAT(message_at(s, "/claims/1/op"), HasSubstr(">="));
  EXPECT_THAT(message_at(s, "/claims/1/value"), HasSubstr("finite"));
}

TEST(Validate, PricesAreNotNegative) {
  Scenario s = sound_scenario();
  s.prices = Prices{"USD", {{"disk", {0, "per TB", ""}}, {"pue", {1, "ratio", ""}}}, sim::years(5)};
  EXPECT_THAT(validate(s), IsEmpty());
  s.prices->items["disk"].price = -1;
  EXPECT_THAT(message_at(s, "/prices"), HasSubstr("\"disk\" must be at least 0"));
  s.prices->items["disk"].price = 1;
  s.prices->items["pue"].price = 0.99;
  EXPECT_THAT(message_at(s, "/prices"), HasSubstr("\"pue\" must be at least 1"));
}

TEST(Validate, AllFaultsAreToldAtOnce) {
  Scenario s = sound_scenario();
  s.mission = {};
  s.data.logical = {};
  s.strategies[0].name = "";
  s.strategies[0].code = replication(21);
  EXPECT_GE(validate(s).size(), 4U) << text_of(validate(s));
}

}  // namespace
}  // namespace models::scenario
