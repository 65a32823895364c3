// The commands about records of failures: exit codes, outputs, what bad records say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using ::testing::HasSubstr;

class Records : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_records_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{folder_ / name} << text;
    return (folder_ / name).string();
  }
  /// 60 failures over two years on ten racks.
  std::string log() const {
    std::string text = "timestamp,unit,rack\n";
    for (int i = 0; i < 60; ++i) {
      text += "20" + std::to_string(20 + i / 30) + "-" + (i % 12 < 9 ? "0" : "") +
              std::to_string(i % 12 + 1) + "-" + std::to_string(10 + i % 18) + "T0" +
              std::to_string(i % 10) + ":30:00Z,u" + std::to_string(i) + "," +
              std::to_string(i % 10 + 1) + "\n";
    }
    return write("log.csv", text);
  }

  fs::path folder_;
};

TEST_F(Records, FitPrintsEightyColumnsAndWritesItsDocuments) {
  const std::string json = (folder_ / "out.json").string();
  const std::string csv = (folder_ / "out.csv").string();
  const std::string page = (folder_ / "out.html").string();
  const Ended ended = run("fit " + log() + " --population 500 --json " + json + " --csv " + csv +
                          " --report " + page);
  EXPECT_EQ(ended.code, 0) << ended.text;
  for (const char* words : {"How often they fail", "weibull", "Kaplan-Meier", "Do failures come",
                            "\"lifetime\"", "Taken for granted"}) {
    EXPECT_THAT(ended.text, HasSubstr(words));
  }
  std::istringstream lines{ended.text};
  for (std::string line; std::getline(lines, line);) {
    if (line.find("log.csv") != std::string::npos) continue;  // a path may be long
    std::size_t columns = 0;
    for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    EXPECT_LE(columns, 80U) << line;
  }
  const auto document = nlohmann::json::parse(std::ifstream{json});
  EXPECT_EQ(document["schema"], "holdfast/fit/1");
  EXPECT_EQ(document["record"]["failures"], 60);
  EXPECT_GT(document["laws"].size(), 1U);
  EXPECT_TRUE(document["fragment"]["failures"]["disk"].contains("lifetime"));
  std::ostringstream html;
  html << std::ifstream{page}.rdbuf();
  EXPECT_THAT(html.str(), HasSubstr("Does a scenario with the fitted sections make records"));
  EXPECT_THAT(html.str(), HasSubstr("<svg"));
  std::ifstream rows{csv};
  std::string head;
  std::getline(rows, head);
  EXPECT_EQ(head, "part,name,parameter,value,low95,high95,unit,p,note");
}

TEST_F(Records, FitIsTheSameTwiceAndForAnotherSeedOnlyWhereItDraws) {
  const std::string log_file = log();
  const auto document = [&](const std::string& seed) {
    const Ended ended = run("fit " + log_file + " --population 500 --json - --seed " + seed);
    return nlohmann::json::parse(ended.text);
  };
  const auto one = document("1");
  EXPECT_EQ(one, document("1"));
  EXPECT_EQ(one["laws"], document("2")["laws"]);
}

TEST_F(Records, FitRefusesOptionsThatAreNone) {
  const std::string fit = "fit " + log() + " --population 500 ";
  for (const auto& [options, words] : std::vector<std::pair<std::string, std::string>>{
           {"--population 0", "--population"},
           {"--from yesterday", "--from: a date such as"},
           {"--law gauss", "--law: exponential, weibull or bathtub"},
           {"--set a=b", "--set"}}) {
    const Ended ended = run(fit + options);
    EXPECT_EQ(ended.code, 2) << options << ended.text;
    EXPECT_THAT(ended.text, HasSubstr(words)) << options;
  }
}

TEST_F(Records, BadRecordsEndInTheirLinesWithExitCodeThree) {
  const Ended time = run("fit " + write("a.csv", "timestamp,unit\nnever,a\n"));
  EXPECT_EQ(time.code, 3);
  EXPECT_THAT(time.text, HasSubstr("a.csv:2: 'never' is no time"));
  const Ended population = run("fit " + log());
  EXPECT_EQ(population.code, 3);
  EXPECT_THAT(population.text, HasSubstr("--population"));
  const Ended missing = run("fit " + (folder_ / "none.csv").string());
  EXPECT_EQ(missing.code, 3);
  const Ended unknown =
      run("fit " + log() + " --units " + write("units.csv", "unit,installed\nx,2020-01-01\n"));
  EXPECT_EQ(unknown.code, 3);
  EXPECT_THAT(unknown.text, HasSubstr("log.csv:2: unknown unit 'u0'"));
}

/// A hole in the file stands for a line of 1 GB.
TEST_F(Records, ALineOfAGigabyteIsToldAndNotKept) {
  const std::string file = write("long.csv", "timestamp,unit\n");
  fs::resize_file(file, std::uintmax_t{1} << 30U);
  const Ended ended = run("fit " + file);
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.text, HasSubstr("long.csv:2: is longer than"));
}

/// As a system of tickets exports it: other names, other rows, US dates, one that is broken.
TEST_F(Records, FitReadsAnExportByTheNamesItIsGiven) {
  std::string text = "Timestamp;Action;Server;Enclosure;Slot\n";
  for (int i = 0; i < 60; ++i) {
    text += std::to_string(i % 12 + 1) + "/" + std::to_string(10 + i % 18) + "/" +
            std::to_string(2020 + i / 30) + " 2:30 PM;" + (i % 2 == 0 ? "Replacement" : "Check") +
            ";s" + std::to_string(i) + ";1;7\n";
  }
  text += "yesterday;Replacement;s99;1;7\n";
  const std::string fit = "fit " + write("tickets.csv", text) +
                          " --population 500 --columns unit=Server/Enclosure/Slot,time=Timestamp "
                          "--where Action=replacement ";
  const std::string json = (folder_ / "out.json").string();
  const Ended ended = run(fit + "--json " + json);
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("tickets.csv:62: 'yesterday' is no time"));
  EXPECT_THAT(ended.text, HasSubstr("1 of 61 rows have a fault and are left out"));
  EXPECT_THAT(ended.text, HasSubstr("30 of 61 rows are not those of --where"));
  const auto document = nlohmann::json::parse(std::ifstream{json});
  EXPECT_EQ(document["record"]["failures"], 30);
  EXPECT_EQ(document["record"]["rows_with_faults"], 1);
  EXPECT_EQ(document["record"]["faults"][0]["line"], 62);
  EXPECT_EQ(document["chosen_law"], document["scenario_law"]["law"]);
  const Ended strict = run(fit + "--strict");
  EXPECT_EQ(strict.code, 3);
  EXPECT_THAT(strict.text, HasSubstr("tickets.csv:62"));
  for (const auto& [option, words] : std::vector<std::pair<std::string, std::string>>{
           {"--columns serial=x", "--columns: 'serial' is no role"},
           {"--where Action", "--where: COLUMN=VALUE"},
           {"--dates german", "--dates: auto, iso, us"}}) {
    const Ended none = run("fit " + log() + " --population 500 " + option);
    EXPECT_EQ(none.code, 2) << option;
    EXPECT_THAT(none.text, HasSubstr(words));
  }
}

TEST_F(Records, AScenarioThatAsksALawBeyondItsRecordIsWarnedOfInEveryOutput) {
  std::string text = cli_test::small_scenario();
  const std::string disk = "\"lifetime\"";
  text.insert(text.find(disk, text.find("\"disk\"", text.find("\"failures\""))),
              R"("valid": {"from": "0 s", "until": "0.2 years"}, )");
  const std::string scenario = write("s.json", text);
  const std::string json = (folder_ / "out.json").string();
  const std::string page = (folder_ / "out.html").string();
  const Ended ended =
      run("compare " + scenario + " --replicates 0:64 --json " + json + " --report " + page);
  EXPECT_THAT(ended.text, HasSubstr("the law of disks is asked beyond its record"));
  const auto document = nlohmann::json::parse(std::ifstream{json});
  EXPECT_THAT(document["strategies"][0]["warnings"].dump(), HasSubstr("beyond its record"));
  std::ostringstream html;
  html << std::ifstream{page}.rdbuf();
  EXPECT_THAT(html.str(), HasSubstr("beyond its record"));
}

TEST_F(Records, ReplayResamplesTheRecord) {
  const std::string scenario = write("s.json", cli_test::small_scenario());
  const std::string trace =
      write("t.csv", "timestamp,unit\n2020-01-01,a\n2020-01-20,b\n2020-02-10,c\n");
  const Ended ended = run("replay " + scenario + " --trace " + trace +
                          " --placements 2 --resample weeks:6 --json -");
  ASSERT_EQ(ended.code, 0) << ended.text;
  const auto document = nlohmann::json::parse(ended.text);
  EXPECT_EQ(document["strategies"][0]["resampled"]["records"], 6);
  EXPECT_EQ(document["strategies"][0]["resampled"]["blocks"], "four weeks");
  EXPECT_EQ(document["strategies"][0]["one_placement"], false);
  EXPECT_EQ(run("replay " + scenario + " --trace " + trace + " --resample days").code, 2);
}

TEST_F(Records, ReplayPageShowsWhatItsTextShows) {
  const std::string scenario = write("s.json", cli_test::small_scenario());
  const std::string trace =
      write("t.csv", "timestamp,unit\n2020-01-01,a\n2020-01-20,b\n2020-02-10,c\n");
  const std::string page = (folder_ / "out.html").string();
  const Ended ended = run("replay " + scenario + " --trace " + trace +
                          " --placements 2 --resample weeks:6 --report " + page);
  ASSERT_EQ(ended.code, 0) << ended.text;
  std::ostringstream html;
  html << std::ifstream{page}.rdbuf();
  EXPECT_THAT(html.str(), HasSubstr("Over other records of this kind"));
  EXPECT_THAT(html.str(), HasSubstr("6 records, each of blocks of four weeks"));
}

TEST_F(Records, FitReadsAListOfUnitsAsPeopleHaveIt) {
  std::string units = "Serial Number;Deployed;Site\n";
  for (int i = 0; i < 500; ++i) {
    units += "u" + std::to_string(i) + ";" + std::to_string(13 + i % 15) + ".03." +
             std::to_string(2015 + i % 4) + (i < 400 ? ";north\n" : ";south\n");
  }
  const std::string json = (folder_ / "out.json").string();
  const std::string fit =
      "fit " + log() + " --units " + write("units.csv", units) + " --json " + json + " --quiet ";
  EXPECT_EQ(run(fit).code, 0);
  const auto all = nlohmann::json::parse(std::ifstream{json});
  EXPECT_EQ(all["record"]["failures"], 60);
  EXPECT_TRUE(all["hazard_model"]["age"].contains("identified"));
  EXPECT_THAT(all["notes"].dump(), HasSubstr("list of units: the unit is column"));
  EXPECT_EQ(run(fit + "--where list.Site=north").code, 0);
  const auto north = nlohmann::json::parse(std::ifstream{json});
  EXPECT_LT(north["record"]["unit_years"], all["record"]["unit_years"]);
  const Ended none = run(fit + "--columns list.unit=Name");
  EXPECT_EQ(none.code, 3);
  EXPECT_THAT(none.text, HasSubstr("there is no column 'Name'"));
}

TEST_F(Records, ReplayPlaysThemThroughEveryStrategy) {
  const std::string scenario = write("s.json", cli_test::small_scenario());
  const std::string trace = write("t.csv", "timestamp,unit\n2020-01-01,a\n2020-01-02,b\n");
  const Ended ended = run("replay " + scenario + " --trace " + trace + " --placements 3");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("What the failures did"));
  EXPECT_THAT(ended.text, HasSubstr("drawn at random"));
  const Ended json =
      run("replay " + scenario + " --trace " + trace + " --placements 3 --quiet --json -");
  const auto document = nlohmann::json::parse(json.text);
  EXPECT_EQ(document["schema"], "holdfast/replay/1");
  EXPECT_EQ(document["record"]["failures"], 2);
  EXPECT_GE(document["strategies"].size(), 1U);
}

TEST_F(Records, ReplayWantsARecordWithPlacesInTime) {
  const std::string scenario = write("s.json", cli_test::small_scenario());
  EXPECT_EQ(run("replay " + scenario).code, 2);
  const Ended table = run("replay " + scenario + " --trace " +
                          write("m.csv", "model,drive_days,failures\nx,10,1\n"));
  EXPECT_EQ(table.code, 3);
  EXPECT_THAT(table.text, HasSubstr("a replay needs a log of failures"));
}

}  // namespace
