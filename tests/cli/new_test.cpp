// From an empty folder to the first own answer: `new`, its questions and `info --presets`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "models/input/preset_table.h"
#include "reports/words/display_width.h"
#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using cli_test::shell;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string twelve = "new --machines 12 --disks-per-machine 12 --disk '16 TB' ";

std::size_t widest(const std::string& text) {
  std::istringstream lines{text};
  std::size_t most = 0;
  for (std::string line; std::getline(lines, line);) {
    most = std::max(most, reports::display_width(line));
  }
  return most;
}

class New : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_new_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string read(const std::string& name) const {
    std::ifstream stream{folder_ / name};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }

  fs::path folder_;
};

TEST_F(New, MakesAScenarioOfEveryPresetThatComparesAtOnce) {
  for (const auto name : models::scenario::PresetTable::shipped().names()) {
    const std::string preset{name};
    const std::string file = path(preset + ".json");
    const Ended made = run(twelve + "--preset " + preset + " --data '500 TB' --out " + file);
    ASSERT_EQ(made.code, 0) << made.text;
    EXPECT_THAT(made.text, HasSubstr("holdfast compare " + file + " --method analytic"));
    EXPECT_EQ(run("validate " + file).code, 0);
    const Ended compared =
        run("compare " + file + " --method analytic --quiet --json " + path("result.json"));
    ASSERT_EQ(compared.code, 0) << compared.text;
    const auto result = nlohmann::json::parse(read("result.json"));
    EXPECT_EQ(result["strategies"][0]["name"], preset);
    EXPECT_GT(result["strategies"][0]["metrics"]["durability_nines"]["value"], 4.0) << preset;
    EXPECT_THAT(result["strategies"][0]["not_modelled"].dump(), HasSubstr("preset " + preset));
    EXPECT_LT(compared.cpu_s, 20) << preset;
  }
}

TEST_F(New, WritesToStandardOutputAndPutsSeveralSideBySide) {
  const Ended made = run(twelve + "--data '200 TB' --preset swift-3 --code 'rs 8+3'");
  EXPECT_EQ(made.code, 0);
  EXPECT_THAT(made.text, StartsWith("{\n  // Written by: holdfast new --machines 12"));
  EXPECT_THAT(made.text, HasSubstr("\"preset\": \"swift-3\""));
  EXPECT_THAT(made.text, HasSubstr("\"data\": 8, \"parity\": 3"));
  EXPECT_LE(widest(made.text), 80U);
}

TEST_F(New, TellsEveryFaultAndWritesNothing) {
  const Ended ended =
      run("new --machines 3 --disk '16 TBB' --preset cephreplicated-3 --out " + path("n.json"));
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.text, HasSubstr("--disks-per-machine: is missing; such as"));
  EXPECT_THAT(ended.text, HasSubstr("--disk: "));
  EXPECT_THAT(ended.text, HasSubstr("did you mean 'ceph-replicated-3'?"));
  EXPECT_THAT(ended.text, HasSubstr("--data: is missing; such as --data '500 TB'"));
  EXPECT_FALSE(fs::exists(path("n.json")));
}

TEST_F(New, LeavesAFileThatIsThere) {
  std::ofstream{path("n.json")} << "mine\n";
  const std::string line = twelve + "--preset swift-3 --data '200 TB' --out " + path("n.json");
  const Ended refused = run(line);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.text, HasSubstr("is there already; --force overwrites it"));
  EXPECT_EQ(read("n.json"), "mine\n");
  EXPECT_EQ(run(line + " --force").code, 0);
  EXPECT_THAT(read("n.json"), HasSubstr("swift-3"));
}

TEST_F(New, WritesToADeviceThatIsThere) {
  EXPECT_EQ(run(twelve + "--preset swift-3 --data '200 TB' --out /dev/null").code, 0);
}

TEST_F(New, AsksWithDefaults) {
  const std::string answers = "printf '%s\\n' '' 'many' 8 '' 'hdfs-rs-6-4' 'rs 5+2' '' 'n.json' | ";
  const Ended ended =
      shell("cd '" + folder_.string() + "'; " + answers + HOLDFAST_PROGRAM " new --ask 2>&1");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("How many machines [12]: 12\n"));
  EXPECT_THAT(ended.text, HasSubstr("got 'many'"));
  EXPECT_THAT(ended.text, HasSubstr("did you mean 'hdfs-rs-6-3'?"));
  // 12 x 8 x 16 TB x 85 % / 1.4 x 70 % = 652.8 TB, in two digits.
  EXPECT_THAT(ended.text, HasSubstr("Data of the users [650 TB]: 650 TB\n"));
  EXPECT_LE(widest(ended.text), 80U) << ended.text;
  EXPECT_THAT(read("n.json"), HasSubstr("\"disks_per_machine\": 8"));
  EXPECT_EQ(run("validate " + path("n.json")).code, 0);
}

TEST_F(New, AsksOnlyForWhatIsNotSaid) {
  const Ended ended = shell("printf '\\n' | " HOLDFAST_PROGRAM " " + twelve +
                            "--code '3 copies' --ask --out - 2>&1");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, Not(HasSubstr("How many machines")));
  EXPECT_THAT(ended.text, HasSubstr("Data of the users ["));
  EXPECT_THAT(ended.text, HasSubstr("\"copies\": 3"));
}

TEST_F(New, NeedsAnAnswerToEveryQuestion) {
  const Ended ended = shell("printf '12\\n' | " HOLDFAST_PROGRAM " new --ask 2>&1");
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.text, HasSubstr("standard input ended before every question was answered"));
}

TEST_F(New, ListsPresetsWithTheirSources) {
  const Ended list = run("info --presets");
  EXPECT_EQ(list.code, 0);
  EXPECT_LE(widest(list.text), 80U) << list.text;
  for (const auto name : models::scenario::PresetTable::shipped().names()) {
    EXPECT_THAT("\n" + list.text, HasSubstr("\n" + std::string{name} + "\n"));
    const Ended one = run("info --presets " + std::string{name});
    EXPECT_EQ(one.code, 0);
    EXPECT_THAT(one.text, HasSubstr("/placement/groups"));
    EXPECT_THAT(one.text, HasSubstr("Not told"));
    EXPECT_LE(widest(one.text), 80U) << one.text;
  }
  const Ended ceph = run("info --presets ceph-ec-4+2-host");
  EXPECT_THAT(ceph.text, HasSubstr("mon_osd_down_out_interval 600 s"));
  EXPECT_THAT(run("info --presets ceph-ec4+2-host").text,
              HasSubstr("did you mean 'ceph-ec-4+2-host'?"));
  EXPECT_EQ(run("info --presets ceph-ec4+2-host").code, 2);
  EXPECT_EQ(run("info swift-3").code, 2);
}

}  // namespace
