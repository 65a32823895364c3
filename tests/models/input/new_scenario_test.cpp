// Six answers make a scenario that can be read, or a list of everything that is wrong with them.
#include "models/input/new_scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "models/input/preset_table.h"
#include "models/input/read_scenario.h"

namespace models::scenario {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Wish usual() {
  Wish wish;
  wish.machines = "12";
  wish.disks_per_machine = "12";
  wish.disk = "16 TB";
  wish.data = "500 TB";
  return wish;
}

Wish with_preset(const std::string& name) {
  Wish wish = usual();
  wish.presets = {name};
  return wish;
}

Wish with_code(const std::string& words) {
  Wish wish = usual();
  wish.codes = {words};
  return wish;
}

std::string faults(const Wish& wish) {
  const auto made = new_scenario(wish);
  if (made) return "none";
  std::string text;
  for (const Diagnostic& fault : made.diagnostics()) text += to_string(fault) + "\n";
  return text;
}

Scenario read(const Wish& wish) {
  const auto made = new_scenario(wish);
  EXPECT_TRUE(made) << faults(wish);
  const auto scenario = read_scenario_text(made ? made.value().text : "{}", "new.json");
  EXPECT_TRUE(scenario);
  return scenario ? scenario.value() : Scenario{};
}

TEST(NewScenario, OfEveryPresetIsValidAndFitsAScreen) {
  for (const Preset& preset : PresetTable::shipped().presets()) {
    const Scenario scenario = read(with_preset(preset.name));
    ASSERT_THAT(scenario.strategies, SizeIs(1)) << preset.name;
    EXPECT_EQ(scenario.strategies[0].name, preset.name);
    EXPECT_EQ(scenario.hardware.machines(), 12);
    EXPECT_EQ(scenario.data.logical.value, 500e12);
    std::istringstream lines{new_scenario(with_preset(preset.name)).value().text};
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      EXPECT_LE(line.size(), 80U) << line;
    }
    EXPECT_LE(count, 50) << preset.name;
  }
}

TEST(NewScenario, TakesTheFillThatTheProductAdvises) {
  EXPECT_DOUBLE_EQ(read(with_preset("vsan-raid5")).hardware.usable_fill, 0.7);
  EXPECT_DOUBLE_EQ(read(with_preset("hdfs-rs-6-3")).hardware.usable_fill, 0.9);
  Wish both = with_preset("hdfs-rs-6-3");
  both.presets.emplace_back("zfs-raidz2");
  EXPECT_DOUBLE_EQ(read(both).hardware.usable_fill, 0.8);
}

TEST(NewScenario, ReadsCodesAsPeopleWriteThem) {
  for (const char* words : {"rs 6+3", "RS 6 + 3", "reed-solomon 6+3", "ec 6+3", "6+3"}) {
    EXPECT_EQ(read(with_code(words)).strategies.at(0).code.parameters.at("parity"), 3) << words;
  }
  for (const char* words : {"replication 3", "3 copies", "3 replicas", "size 3"}) {
    EXPECT_EQ(read(with_code(words)).strategies.at(0).code.kind, "replication") << words;
  }
  const Scenario lrc = read(with_code("lrc 6+2+2"));
  EXPECT_EQ(lrc.strategies.at(0).code.parameters.at("global_parity"), 2);
  EXPECT_EQ(lrc.strategies.at(0).placement.groups, 1440);  // 144 disks x 100 / 10 shards
}

TEST(NewScenario, SpreadsACodeOverItsRacks) {
  Wish wish = with_code("rs 6+3");
  wish.racks = "4";
  const Scenario scenario = read(wish);
  EXPECT_EQ(scenario.hardware.machines_per_rack, 3);
  EXPECT_EQ(scenario.strategies.at(0).placement.max_per_rack, 3);
  EXPECT_EQ(scenario.strategies.at(0).placement.max_per_machine, 1);
}

TEST(NewScenario, TakesADriveOfTheTable) {
  Wish wish = with_preset("ceph-replicated-3");
  wish.disk = "WUH721816ALE6L4";
  const Scenario scenario = read(wish);
  EXPECT_DOUBLE_EQ(scenario.hardware.disk.capacity.value, 16e12);
  ASSERT_TRUE(scenario.hardware.disk.record);
  wish.disk = "WUH721816ALE6L5";
  EXPECT_THAT(faults(wish), HasSubstr("--disk: 'WUH721816ALE6L5' is no size such as '16 TB' and no "
                                      "drive of the table; did you mean 'WUH721816ALE6L"));
}

TEST(NewScenario, TellsAllThatIsWrongAtOnce) {
  Wish wish;
  wish.machines = "twelve";
  wish.disk = "16 TBB";
  wish.data = "500";
  wish.racks = "0";
  wish.presets = {"ceph-ec-4+2-hosts"};
  wish.codes = {"rs 6", "rs 0+3"};
  const std::string all = faults(wish);
  EXPECT_THAT(all, HasSubstr("--disks-per-machine: is missing"));
  EXPECT_THAT(all,
              HasSubstr("--machines: a whole number from 1 to 100000 is needed, got 'twelve'"));
  EXPECT_THAT(all, HasSubstr("--disk: "));
  EXPECT_THAT(all, HasSubstr("--data: "));
  EXPECT_THAT(all, HasSubstr("--racks: a whole number"));
  EXPECT_THAT(all, HasSubstr("--preset: there is no preset 'ceph-ec-4+2-hosts'; did you mean "
                             "'ceph-ec-4+2-host'?"));
  EXPECT_THAT(all, HasSubstr("--code: 'rs 6' is no code: 'rs 6+3'"));
  EXPECT_THAT(all, HasSubstr("--code: data of 'rs 0+3' must be 1 to 255"));
  EXPECT_EQ(std::ranges::count(all, '\n'), 8) << all;
  EXPECT_THAT(faults({}), HasSubstr("--preset: is missing, and so is --code"));
}

TEST(NewScenario, SaysHowManyMachinesACodeNeeds) {
  Wish wish = with_preset("ceph-ec-4+2-host");
  wish.machines = "4";
  wish.data = "900 TB";
  const std::string both = faults(wish);
  EXPECT_THAT(both,
              HasSubstr("--machines: ceph-ec-4+2-host keeps its 6 shards on 6 machines, and "
                        "there are 4; take 6 machines or more, or a code of at most 4 shards"));
  // 4 x 12 x 16 TB x 85 % / 1.5 = 435.2 TB.
  EXPECT_THAT(both, HasSubstr("--data: ceph-ec-4+2-host: 900 TB x 1.5"));
  EXPECT_THAT(both, HasSubstr("At most 435.2 TB of data fit this strategy"));
  Wish shelf = with_preset("raid6-hot-spare");
  shelf.disks_per_machine = "8";
  EXPECT_THAT(faults(shelf), HasSubstr("--disks-per-machine: raid6-hot-spare: a pool of 12 disks "
                                       "within a machine, which has 8"));
  Wish uneven = with_preset("ceph-ec-4+2-host");
  uneven.racks = "5";
  EXPECT_THAT(faults(uneven), HasSubstr("--machines: 12 machines cannot be shared out evenly to 1 "
                                        "site(s) of 5 rack(s); take 10 or 15"));
}

TEST(NewScenario, DoubtsWhatIsValidAndUnwise) {
  Wish wish = with_preset("ceph-ec-4+2-host");
  wish.machines = "6";
  wish.data = "100 TB";
  auto made = new_scenario(wish);
  ASSERT_TRUE(made);
  ASSERT_THAT(made.value().warnings, SizeIs(1));
  EXPECT_THAT(made.value().warnings[0].message, HasSubstr("uses all 6 machines"));
  // Three servers of seaweedfs 10+4 hold 5, 5 and 4 shards of a volume: one away is one too many.
  Wish weed = with_preset("seaweedfs-10+4");
  weed.machines = "3";
  weed.data = "100 TB";
  made = new_scenario(weed);
  ASSERT_TRUE(made);
  ASSERT_THAT(made.value().warnings, SizeIs(1));
  EXPECT_THAT(made.value().warnings[0].message,
              HasSubstr("has 5 of its 14 shards on one machine, and only 4 may be missing"));
  weed.machines = "4";
  made = new_scenario(weed);
  ASSERT_TRUE(made);
  EXPECT_THAT(made.value().warnings, IsEmpty());
}

TEST(NewScenario, SuggestsDataThatFit) {
  for (const Preset& preset : PresetTable::shipped().presets()) {
    Wish wish = with_preset(preset.name);
    wish.data = suggested_data(wish);
    EXPECT_EQ(faults(wish), "none") << preset.name << ' ' << wish.data;
  }
  EXPECT_EQ(suggested_data(with_preset("ceph-ec-4+2-host")), "910 TB");  // 70 % of 1305.6 TB
  EXPECT_EQ(suggested_data({}), "100 TB");
}

TEST(NewScenario, TakesAnAnswerForAPresetOrForACode) {
  const auto& part = *std::ranges::find(wish_parts(), "--preset", &WishPart::option);
  Wish wish = usual();
  answer(wish, part, "rs 6+3");
  EXPECT_THAT(wish.codes, SizeIs(1));
  answer(wish, part, "swift-3");
  EXPECT_THAT(wish.codes, IsEmpty());
  EXPECT_EQ(faults(wish), "none");
}

TEST(NewScenario, NamesTheOptionOfAValueOutOfRangeOnce) {
  Wish wish = with_preset("swift-3");
  wish.data = "-5 TB";
  EXPECT_EQ(faults(wish), "--data: must be 1 B to 1000 EB, got \"-5 TB\"\n");
}

TEST(NewScenario, RefusesALineBreakInWhatStandsInAComment) {
  Wish wish = with_preset("swift-3");
  wish.name = "a\nb";
  wish.codes = {"rs\n6+3"};
  EXPECT_EQ(faults(wish),
            "--name: has a line break or a tab in it; give it in one line, without\n"
            "--code: has a line break or a tab in it; give it in one line, without\n");
}

TEST(NewScenario, KeepsWordsThatJsonWouldRead) {
  Wish wish = with_preset("swift-3");
  wish.name = "a \"name\"\\";
  wish.command = "holdfast new --name 'a \"name\"\\'";
  EXPECT_EQ(read(wish).name, wish.name);
}

}  // namespace
}  // namespace models::scenario
