// A preset says what a product does: where it differs from the defaults, the figures have to know.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "models/input/preset_table.h"
#include "models/input/read_scenario.h"
#include "models/input/stated_sources.h"

namespace models::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

/// 16 machines of 12 disks; the strategies are those given.
std::string system_with(const std::string& strategies, int racks = 4, int machines = 4,
                        const std::string& logical = "300 TB") {
  return R"({"version": 1, "name": "presets", "mission": "1 year",
    "data": {"logical": ")" +
         logical + R"(", "object_size": "10 MB"},
    "hardware": {"racks_per_site": )" +
         std::to_string(racks) + R"(, "machines_per_rack": )" + std::to_string(machines) +
         R"(, "disks_per_machine": 12,
      "disk": {"capacity": "16 TB", "read": "200 MB/s", "write": "200 MB/s"},
      "network": {"machine": "10 Gbit/s", "rack_uplink": "40 Gbit/s", "core": "160 Gbit/s"}},
    "failures": {"disk": {"lifetime": "1.36 %/year"}},
    "repair": {"detection": "15 min", "replacement": "24 h"},
    "strategies": [
)" + strategies +
         "\n]}";
}

Checked<Scenario> read(const std::string& strategies) {
  return read_scenario_text(system_with(strategies), "presets.json");
}

Strategy strategy(const std::string& json) {
  const auto scenario = read(json);
  if (scenario) return scenario.value().strategies.front();
  for (const Diagnostic& fault : scenario.diagnostics()) ADD_FAILURE() << to_string(fault);
  return {};
}

Strategy preset(const std::string& name) {
  return strategy(R"({"name": "mine", "preset": ")" + name + "\"}");
}

std::string fault(const std::string& strategies) {
  const auto scenario = read(strategies);
  if (scenario) return "none";
  std::string text;
  for (const Diagnostic& each : scenario.diagnostics()) text += to_string(each) + "\n";
  return text;
}

TEST(Presets, AreThoseOfTheProducts) {
  EXPECT_THAT(PresetTable::shipped().names(),
              UnorderedElementsAre("ceph-ec-4+2-host", "ceph-replicated-3", "minio-ec4-16",
                                   "zfs-draid2-8", "zfs-raidz2", "raid6-hot-spare", "hdfs-rs-6-3",
                                   "vsan-raid5", "swift-3", "seaweedfs-10+4"));
}

TEST(Presets, HaveASourceForEveryValueAndNameWhatTheyLeaveOut) {
  for (const Preset& each : PresetTable::shipped().presets()) {
    EXPECT_FALSE(each.version.empty()) << each.name;
    EXPECT_THAT(each.not_told, Not(IsEmpty())) << each.name;
    EXPECT_GE(values_of(each).size(), 10U) << each.name;
    for (const PresetValue& value : values_of(each)) {
      EXPECT_FALSE(value.source.empty()) << each.name << value.pointer;
      EXPECT_FALSE(value.value.empty()) << each.name << value.pointer;
    }
    for (const auto& [pointer, source] : each.sources) {
      bool used = false;
      for (const PresetValue& value : values_of(each)) {
        used = used || value.source.data() == source.data();
      }
      EXPECT_TRUE(used) << each.name << pointer;
    }
  }
}

/// A fact of each product in which it differs from the default of the scenario or of the table.
const std::map<std::string, std::function<void(const Strategy&)>> facts{
    {"ceph-ec-4+2-host",
     [](const Strategy& s) {
       // mon_osd_down_out_interval; the default of the table is 0 s.
       EXPECT_DOUBLE_EQ(s.repair.rebuild_delay.value, 600);
       EXPECT_DOUBLE_EQ(s.repair.patience->value, 620);
       EXPECT_EQ(s.placement.max_per_machine, 1);
       EXPECT_EQ(s.placement.groups, 4096);  // 192 x 100 / 6 = 3200, nearest power of two
     }},
    {"ceph-replicated-3",
     [](const Strategy& s) {
       // The last answer came 0 to 6 s before the failure, the grace is 20 s.
       EXPECT_DOUBLE_EQ(s.repair.detection.mean().value, 17);
       EXPECT_EQ(s.repair.new_disks, NewDisks::take_back);
       EXPECT_EQ(s.placement.groups, 8192);  // 6400
     }},
    {"minio-ec4-16",
     [](const Strategy& s) {
       EXPECT_EQ(s.code.parameters.at("data"), 12);
       EXPECT_EQ(s.placement.pool, 16);
       EXPECT_EQ(s.repair.spares.kind, "technician");
       EXPECT_EQ(s.repair.scrub.kind, ScrubKind::off);
     }},
    {"zfs-draid2-8",
     [](const Strategy& s) {
       EXPECT_EQ(s.placement.kind, "partitioned");
       EXPECT_EQ(s.placement.within, Domain::machine);
       EXPECT_EQ(s.placement.pool, 12);  // all disks of a machine
       EXPECT_EQ(s.repair.spares.kind, "distributed");
     }},
    {"zfs-raidz2",
     [](const Strategy& s) {
       EXPECT_EQ(s.repair.spares.kind, "technician");
       EXPECT_EQ(s.placement.pool, 6);
       EXPECT_EQ(s.placement.groups, 320);  // ten for each of 32 vdevs
       EXPECT_DOUBLE_EQ(s.repair.scrub.every.value, 30 * 86400);
     }},
    {"raid6-hot-spare",
     [](const Strategy& s) {
       EXPECT_EQ(s.repair.spares.kind, "dedicated");
       EXPECT_EQ(s.repair.spares.count, 1);
       EXPECT_EQ(s.repair.detection.errors, 20);  // the default is 10
       EXPECT_EQ(s.repair.scrub.checks, ScrubChecks::readable);
       EXPECT_DOUBLE_EQ(s.repair.throttles.at(0).rate.value, 200'000 * 1024.0);
     }},
    {"hdfs-rs-6-3",
     [](const Strategy& s) {
       EXPECT_DOUBLE_EQ(s.repair.detection.mean().value, 2 * 300 + 10 * 3);
       EXPECT_DOUBLE_EQ(s.repair.scrub.every.value, 504 * 3600);
       EXPECT_DOUBLE_EQ(s.repair.scrub.rate.value, 1048576);
     }},
    {"vsan-raid5",
     [](const Strategy& s) {
       EXPECT_DOUBLE_EQ(s.repair.patience->value, 3600);
       EXPECT_DOUBLE_EQ(s.repair.rebuild_delay.value, 0);
       EXPECT_NEAR(s.repair.scrub.every.value, 365.25 * 86400, 1);
     }},
    {"swift-3",
     [](const Strategy& s) {
       EXPECT_FALSE(s.repair.patience);  // an absent server is never copied
       EXPECT_DOUBLE_EQ(s.repair.detection.mean().value, 1800);
       EXPECT_DOUBLE_EQ(s.repair.scrub.rate.value, 10e6);
       EXPECT_EQ(s.placement.groups, 32768);  // 19,200, up to a power of two
     }},
    {"seaweedfs-10+4", [](const Strategy& s) {
       // Half of the 17 minutes between two runs of its scripts.
       EXPECT_DOUBLE_EQ(s.repair.rebuild_delay.value, 17 * 60 / 2.0);
       EXPECT_EQ(s.placement.max_per_machine, 256);
       EXPECT_EQ(s.repair.scrub.kind, ScrubKind::off);
     }}};

TEST(Presets, DifferFromTheDefaultsByAFactOfTheirProduct) {
  for (const Preset& each : PresetTable::shipped().presets()) {
    SCOPED_TRACE(each.name);
    ASSERT_TRUE(facts.contains(each.name));
    facts.at(each.name)(preset(each.name));
  }
}

TEST(Presets, GiveWayToWhatTheStrategySays) {
  const Strategy s = strategy(R"({"name": "mine", "preset": "ceph-ec-4+2-host",
    "code": {"data": 8, "parity": 3},
    "placement": {"groups": 77, "max_per_domain": {"machine": 2}},
    "repair": {"rebuild_delay": "5 min", "detection": {"errors": 3}}})");
  EXPECT_EQ(s.code.parameters.at("data"), 8);
  EXPECT_EQ(s.placement.groups, 77);
  EXPECT_EQ(s.placement.max_per_machine, 2);
  EXPECT_EQ(s.placement.max_per_rack, 256);
  EXPECT_DOUBLE_EQ(s.repair.rebuild_delay.value, 300);
  EXPECT_EQ(s.repair.detection.errors, 3);
  EXPECT_DOUBLE_EQ(s.repair.detection.mean().value, 17);
  // Of the scenario stays what neither says.
  EXPECT_DOUBLE_EQ(s.repair.replacement.mean().value, 86400);
}

TEST(Presets, DoNotMixWithAnotherKind) {
  const Strategy s = strategy(R"({"name": "mine", "preset": "ceph-ec-4+2-host",
    "code": {"kind": "replication", "copies": 2},
    "repair": {"detection": {"kind": "fixed", "time": "1 h"}, "scrub": {"kind": "off"}}})");
  EXPECT_EQ(s.code.kind, "replication");
  EXPECT_EQ(s.placement.groups, 8192);  // 192 x 100 / 2 = 9600
  EXPECT_DOUBLE_EQ(s.repair.detection.mean().value, 3600);
  EXPECT_EQ(s.repair.scrub.kind, ScrubKind::off);
}

TEST(Presets, TakeNoMoreGroupsThanTheDataHaveStripes) {
  const auto scenario = read_scenario_text(
      system_with(R"({"name": "mine", "preset": "swift-3"})", 4, 4, "40 GB"), "presets.json");
  ASSERT_TRUE(scenario);
  EXPECT_EQ(scenario.value().strategies[0].placement.groups, 9536);  // 40 GB / 4 MiB
}

TEST(Presets, CountTheHardwareOfTheirStrategy) {
  const Strategy s = strategy(R"({"name": "mine", "preset": "ceph-ec-4+2-host",
    "hardware": {"kind": "own", "disks_per_machine": 24}})");
  EXPECT_EQ(s.placement.groups, 8192);  // 384 x 100 / 6 = 6400
}

TEST(Presets, MeetASettingOfTheCommandLine) {
  const auto scenario = read_scenario_text(
      system_with(R"({"name": "mine", "preset": "hdfs-rs-6-3"})"), "p.json",
      {"strategies.0.repair.rebuild_delay=1 h", "strategies.0.placement.groups=9"});
  ASSERT_TRUE(scenario);
  EXPECT_DOUBLE_EQ(scenario.value().strategies[0].repair.rebuild_delay.value, 3600);
  EXPECT_EQ(scenario.value().strategies[0].placement.groups, 9);
  EXPECT_DOUBLE_EQ(scenario.value().strategies[0].repair.detection.mean().value, 630);
}

TEST(Presets, ThatAreNoneGetTheNearestName) {
  EXPECT_THAT(fault(R"({"name": "mine", "preset": "cehp-replicated-3"})"),
              HasSubstr("presets.json:9: /strategies/0/preset: must be one of 10 names, got the "
                        "text \"cehp-replicated-3\"; did you mean 'ceph-replicated-3'?"));
  EXPECT_THAT(fault(R"({"name": "mine", "preset": 3})"),
              HasSubstr("/strategies/0/preset: must be"));
  EXPECT_THAT(fault(R"({"name": "mine"})"),
              HasSubstr("/strategies/0/code: is missing: the erasure code"));
  EXPECT_THAT(fault(R"({"name": "mine"})"), HasSubstr("/strategies/0/placement: is missing"));
}

TEST(Presets, PutTheFaultsOfTheirValuesWhereTheyAreNamed) {
  EXPECT_THAT(fault("{\"name\": \"mine\",\n\"preset\": \"minio-ec4-16\",\n"
                    "\"repair\": {\"patience\": \"1 h\"}}"),
              HasSubstr("presets.json:11: /strategies/0/repair/patience: cannot go with"));
  const auto few = read_scenario_text(
      system_with(R"({"name": "mine", "preset": "hdfs-rs-6-3"})", 1, 8, "10 TB"), "presets.json");
  ASSERT_FALSE(few);
  EXPECT_THAT(to_string(few.diagnostics().at(0)),
              HasSubstr("presets.json:9: /strategies/0/placement/max_per_domain: RS 6+3 needs 9"));
}

TEST(Presets, SayWhatTheyLeaveOutOnceInEveryResult) {
  const auto scenario = read(R"({"name": "a", "preset": "ceph-ec-4+2-host"},
    {"name": "b", "preset": "ceph-ec-4+2-host", "code": {"data": 3}},
    {"name": "c", "preset": "swift-3"})");
  ASSERT_TRUE(scenario);
  ASSERT_THAT(scenario.value().not_modelled, SizeIs(2));
  EXPECT_EQ(scenario.value().not_modelled[0].name, "preset ceph-ec-4+2-host");
  EXPECT_THAT(scenario.value().not_modelled[0].about, HasSubstr("min_size 5 of 6"));
  EXPECT_EQ(scenario.value().not_modelled[1].name, "preset swift-3");
}

TEST(Presets, AreAmongTheStatedSources) {
  const auto sources = stated_sources(system_with(R"({"name": "a", "preset": "swift-3"})"));
  ASSERT_THAT(sources, SizeIs(1));
  EXPECT_THAT(sources[0].source, HasSubstr("OpenStack Swift 2.34"));
  EXPECT_THAT(sources[0].paths, ElementsAre("/strategies/0"));
}

TEST(Presets, ThatAreWrittenWrongAreRefused) {
  const std::string start = R"({"name": "x", "product": "P", "version": "1", "about": "a",
    "domain": "d", "usable_fill": "85 %", "sizing": {"groups_per_disk": 1},
    "sources": {"/placement": "s", "/usable_fill": "s")";
  const std::string strategy = R"(}, "strategy": {"code": {"kind": "replication", "copies": 3}})";
  EXPECT_TRUE(read_preset(start + R"(, "/code": "s")" + strategy + "}", "x"));
  const auto without = read_preset(start + strategy + "}", "x");
  ASSERT_FALSE(without);
  EXPECT_THAT(without.diagnostics().at(0).message, HasSubstr("no source for /code/kind"));
  const auto unknown =
      read_preset(start + R"(, "/code": "s")" + strategy + R"(, "vendor": 1})", "x");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.diagnostics().at(0).pointer, "/vendor");
}

}  // namespace
}  // namespace models::scenario
