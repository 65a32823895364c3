// The main job through the program: what comes out, whatever the threads, the terminal, a signal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;
using ::testing::Not;

class Compare : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_compare_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    input_ = (folder_ / "small.json").string();
    std::ofstream{input_} << cli_test::small_scenario();
  }
  void TearDown() override { fs::remove_all(folder_); }

  Json result_of(const std::string& options) const {
    const Ended ended = run("compare " + input_ + " --json - " + options);
    EXPECT_EQ(ended.code, 0) << ended.text;
    return Json::parse(ended.text);
  }
  std::string timeless(const std::string& options) const {
    Json json = result_of(options);
    EXPECT_TRUE(json.contains("timing"));
    json.erase("timing");
    return json.dump();
  }

  fs::path folder_;
  std::string input_;
};

TEST_F(Compare, TheResultIsTheSameForOneTwoAndSevenThreadsAndForTwoRuns) {
  const std::string once = timeless("--replicates 0:300 --threads 1");
  EXPECT_EQ(once, timeless("--replicates 0:300 --threads 1"));
  EXPECT_EQ(once, timeless("--replicates 0:300 --threads 2"));
  EXPECT_EQ(once, timeless("--replicates 0:300 --threads 7"));
  EXPECT_NE(once, timeless("--replicates 0:300 --seed 2"));
}

TEST_F(Compare, AStrategyAloneMeetsTheSameFailuresAsInCompany) {
  const Json both = result_of("--replicates 100:200");
  const Json alone = result_of("--replicates 100:200 --strategy 'RS 2+2'");
  EXPECT_EQ(alone["strategies"][0].dump(), both["strategies"][1].dump());
  EXPECT_EQ(both["replicates"].dump(), "[100,200]");
  EXPECT_NE(result_of("--replicates 0:100")["strategies"].dump(), both["strategies"].dump());
}

void expect_metric(const Json& metric, const std::string& name) {
  for (const char* key :
       {"value", "ci95", "input_range", "unit", "method", "model", "converged", "replicates"}) {
    EXPECT_TRUE(metric.contains(key)) << name << " lacks " << key;
  }
  if (metric["value"].is_null()) {
    EXPECT_TRUE(metric.contains("note") || !metric["ci95"][0].is_null()) << name;
  }
}

void expect_strategy(const Json& strategy) {
  for (const char* key : {"name", "incidents", "loss_by_cause", "loss_by_path", "not_modelled"}) {
    EXPECT_TRUE(strategy.contains(key)) << key;
  }
  const Json& metrics = strategy["metrics"];
  for (const char* name : {"annual_object_loss", "durability_nines", "annual_loss_probability",
                           "mttdl_years", "nomdl", "bytes_lost_per_year", "data_unavailability",
                           "capacity_overhead", "cost_per_usable_tb_year"}) {
    expect_metric(metrics[name], name);
  }
  for (const char* part : {"read", "write"}) {
    expect_metric(metrics["service_unavailability"][part], part);
  }
  for (const char* part : {"p50", "p95", "p99", "mean", "arithmetic"}) {
    expect_metric(metrics["rebuild_hours_per_tb"][part], part);
  }
  for (const char* part : {"total", "cross_rack", "cross_site"}) {
    expect_metric(metrics["repair_bytes_per_day"][part], part);
  }
}

TEST_F(Compare, TheDocumentHasEveryKeyOfTheContractWhateverWasSimulated) {
  for (const char* options : {"--replicates 0:64", "--method analytic"}) {
    const Json json = result_of(options);
    for (const char* key : {"schema", "version", "command", "seed", "mission_years", "scenario",
                            "strategies", "differences", "claims", "timing"}) {
      EXPECT_TRUE(json.contains(key)) << key;
    }
    EXPECT_EQ(json["schema"], "holdfast/result/1");
    EXPECT_EQ(json["scenario"]["sha256"].get<std::string>().size(), 64U);
    for (const Json& strategy : json["strategies"]) expect_strategy(strategy);
    for (const char* key : {"a", "b", "metric", "log10_ratio", "ci95"}) {
      EXPECT_TRUE(json["differences"][0].contains(key)) << key;
    }
    for (const char* key : {"id", "text", "verdict", "flips_when", "why"}) {
      EXPECT_TRUE(json["claims"][0].contains(key)) << key;
    }
    EXPECT_EQ(json["claims"][0]["verdict"], "supported");
    for (const char* key : {"wall_s", "cpu_s", "events", "missions"}) {
      EXPECT_TRUE(json["timing"].contains(key)) << key;
    }
  }
}

TEST_F(Compare, RebuildTimesCountRebuildsAndLossesCountMissions) {
  const Json metrics = result_of("--replicates 0:64")["strategies"][0]["metrics"];
  EXPECT_EQ(metrics["rebuild_hours_per_tb"]["p50"]["replicates_are"], "rebuilds");
  EXPECT_EQ(metrics["annual_loss_probability"]["replicates_are"], "missions");
  EXPECT_EQ(metrics["annual_loss_probability"]["replicates"], 64);
}

TEST_F(Compare, AnInterruptPrintsWhatIsKnownAndEndsWith130) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const Ended ended = cli_test::run_and_signal(
        "compare " + input_ + " --replicates 0:1000000000 --threads 1", signal, 2.0);
    EXPECT_EQ(ended.code, 130) << ended.text;
    EXPECT_THAT(ended.text, HasSubstr("INTERRUPTED"));
    EXPECT_THAT(ended.text, HasSubstr("How safe the data are"));
    EXPECT_THAT(ended.text, HasSubstr("The same again"));
  }
}

TEST_F(Compare, AnInterruptedRunCanBePlayedAgain) {
  const Ended ended = cli_test::run_and_signal(
      "compare " + input_ + " --json - --replicates 0:1000000000", SIGINT, 2.0);
  Json interrupted = Json::parse(ended.text);
  ASSERT_GT(interrupted["replicates"][1], 0);
  Json again = result_of(interrupted["again"].get<std::string>());
  EXPECT_EQ(again["strategies"].dump(), interrupted["strategies"].dump());
}

TEST_F(Compare, ATerminalShowsTheTextbookAtOnceAndStdoutStaysClean) {
  const Ended ended = cli_test::run_on_terminal("compare " + input_ + " --replicates 0:200");
  EXPECT_EQ(ended.code, 0) << ended.errors;
  const std::size_t preview = ended.errors.find("By the textbook:");
  const std::size_t bar = ended.errors.find("of 200");
  ASSERT_NE(preview, std::string::npos) << ended.errors;
  EXPECT_LT(preview, bar);
  EXPECT_THAT(ended.errors, HasSubstr("RS 2+2"));
  EXPECT_THAT(ended.errors, HasSubstr("\033[3A\033[J"));  // heading and two strategies are wiped
  EXPECT_THAT(ended.text, HasSubstr("How safe the data are"));
  EXPECT_THAT(ended.text, Not(HasSubstr("\033")));
  EXPECT_THAT(ended.text, Not(HasSubstr("By the textbook:")));
}

TEST_F(Compare, QuietAndPipesShowNoProgress) {
  EXPECT_EQ(cli_test::run_on_terminal("compare " + input_ + " --replicates 0:64 --quiet").errors,
            "");
  EXPECT_THAT(run("compare " + input_ + " --replicates 0:64").text, Not(HasSubstr("\033")));
}

}  // namespace
