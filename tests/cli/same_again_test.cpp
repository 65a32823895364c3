// The command that every result ends with gives that result again, whatever its words hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "reports/provenance.h"
#include "reports/words/display_width.h"
#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;

class SameAgain : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast again it's "} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// As a shell reads it.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{folder_ / name} << text;
    return reports::shell_word((folder_ / name).string());
  }
  static Json timeless(Json json) {
    json.erase("timing");
    if (json.contains("strategies")) {
      for (Json& each : json["strategies"]) {
        for (const char* key : {"wall_s", "rebuild_pace", "speed"}) each.erase(key);
      }
    }
    return json;
  }
  /// The document of these words, and of the command that it holds.
  static void comes_again(const std::string& words) {
    const Ended first = run(words + " --json - --quiet");
    ASSERT_EQ(first.text.substr(0, 1), "{") << words << "\n" << first.text;
    const Json document = Json::parse(first.text);
    const std::string command = document["provenance"]["command"];
    ASSERT_TRUE(command.starts_with("holdfast ")) << command;
    const Ended second = run(command.substr(9) + " --json - --quiet");
    EXPECT_EQ(second.code, first.code) << command << "\n" << second.text;
    ASSERT_EQ(second.text.substr(0, 1), "{") << command << "\n" << second.text;
    EXPECT_EQ(timeless(Json::parse(second.text)).dump(), timeless(document).dump()) << command;
  }

  fs::path folder_;
};

TEST_F(SameAgain, OfAComparisonWithEveryOption) {
  const std::string small = write("my file.json", cli_test::small_scenario());
  comes_again("compare " + small + " --method analytic --set 'mission=\"2 years\"' --check");
  comes_again("compare " + small + " --replicates 0:64 --method direct --strategy 'RS 2+2'");
  comes_again("compare " + small + " --replicates 0:64 --seed 7");
}

TEST_F(SameAgain, OfTheOtherCommands) {
  const std::string shipped = std::string{HOLDFAST_SOURCE_DIR} + "/scenarios/";
  const std::string small = write("s.json", cli_test::small_scenario());
  const std::string trace = write("t.csv", "timestamp,unit\n2020-01-01,a\n2020-01-02,b\n");
  comes_again("sweep " + small +
              " --method analytic --vary repair.detection='1 h,2 h' --metric "
              "capacity_overhead --metric durability_nines --strategy 'RS 2+2'");
  comes_again("solve " + small +
              " --method analytic --strategy 'RS 2+2' --for failures.disk.lifetime --target "
              "'durability_nines >= 3' --between '0.1 %/year:90 %/year'");
  comes_again("replay " + small + " --trace " + trace + " --placements 3 --seed 4");
  comes_again("fit " + trace + " --population 9 --from 2019-01-01 --until 2021-01-01 --seed 3");
  comes_again("verify raid-1988 storj --check");
  comes_again("paths " + shipped + "city_hospital_gateway.json --missions 4 --seed 3 --check");
  comes_again("lifecycle " + shipped + "regional_imaging_cloud.json --seed 3");
  comes_again("verify --scenario " + small + " --replicates 0:32 --assumptions");
}

TEST_F(SameAgain, EndsTheTextOfEveryCommandInEightyColumnsThatAShellReads) {
  const std::string small = write("s.json", cli_test::small_scenario());
  const Ended first = run("compare " + small +
                          " --replicates 0:16 --strategy 'RS 2+2' --strategy 'two copies' "
                          "--set 'mission=\"2 years\"' --set 'repair.detection=\"2 h\"'");
  const std::string words = "The same again:\n  holdfast ";
  const std::size_t at = first.text.find(words);
  ASSERT_NE(at, std::string::npos) << first.text;
  const std::string command = first.text.substr(at + words.size());
  EXPECT_THAT(command, HasSubstr(" \\\n"));
  const Ended second = run(command.substr(0, command.rfind('\n')));
  EXPECT_EQ(second.code, 0) << command << second.text;
  EXPECT_EQ(second.text.substr(second.text.find(words)), first.text.substr(at));
}

TEST(CommandLines, BreakBetweenWordsAndKeepQuotedBlanks) {
  const std::string lines =
      reports::command_lines("holdfast x 'a b c' --set 'p=\"1 h\"'", "  ", 20);
  EXPECT_EQ(lines, "  holdfast x \\\n    'a b c' --set \\\n    'p=\"1 h\"'\n");
  EXPECT_EQ(reports::command_lines("a 'it'\\''s b'", "", 80), "a 'it'\\''s b'\n");
  EXPECT_EQ(reports::command_lines("a 'b\\' c", "", 4), "a \\\n  'b\\' \\\n  c\n");
}

}  // namespace
