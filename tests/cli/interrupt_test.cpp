// Every command ends soon after a signal or its time, and says in every rendering that it did.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reports/interruption.h"
#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;
using ::testing::Not;

// The bounds are of CPU seconds on one thread: those of the clock are never fewer, and a machine
// that does other things beside does not move them.
constexpr double limit_s = 2;
/// What is promised: 1 s and 10 % more than the limit.
constexpr double promised_s = 1 + 0.1 * limit_s;
/// What is promised of a signal.
constexpr double after_signal_s = 2;
/// Start of the process and, of builds with checks on and half optimised, one strategy compiled:
/// neither looks at the clock.
constexpr double allowance_s = 1;

class Interrupted : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_interrupt_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string read(const std::string& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }
  static std::string shipped(const std::string& name) {
    return std::string{HOLDFAST_SOURCE_DIR} + "/scenarios/" + name;
  }
  /// Command lines that take far longer than a test may.
  static std::vector<std::string> long_ones() {
    return {"compare " + shipped("hospital_hybrid_array.json") +
                " --replicates 0:100000000 --threads 1",
            "paths " + shipped("city_hospital_gateway.json") + " --missions 100000000 --threads 1",
            "lifecycle " + shipped("hospital_cold_archive.json") +
                " --replicates 0:100000000 --threads 1",
            "plan " + shipped("plans/city_hospital.json") + " --threads 1",
            "drill " + shipped("regional_imaging_cloud.json") +
                " --objects 8 --bytes 301 --steps 14 --missions 100000000",
            "sweep " + shipped("hospital_hybrid_array.json") +
                " --replicates 0:100000000 --vary repair.detection='1 h,2 h' --threads 1",
            "solve " + shipped("hospital_hybrid_array.json") +
                " --replicates 0:100000000 --strategy 'CSA2012, RAID-6' --for mission --target "
                "'durability_nines >= 8' --threads 1"};
  }

  fs::path folder_;
};

TEST_F(Interrupted, ASignalEndsEveryCommandAndTextAndDocumentSaySo) {
  for (const std::string& line : long_ones()) {
    const std::string json = path("out.json");
    fs::remove(json);
    const Ended ended = cli_test::run_and_signal(line + " --json " + json, SIGINT, 1.0);
    EXPECT_EQ(ended.code, 130) << line << "\n" << ended.text;
    EXPECT_LT(ended.cpu_s, 1.0 + after_signal_s + allowance_s) << line;
    EXPECT_THAT(ended.text, HasSubstr("INTERRUPTED")) << line;
    ASSERT_TRUE(fs::exists(json)) << line;
    const Json document = Json::parse(read(json));
    EXPECT_EQ(document["interrupted"], true) << line;
    EXPECT_EQ(document["interrupted_by"], "signal") << line;
  }
}

TEST_F(Interrupted, AnInterruptedPlanConcludesNothing) {
  const Ended ended =
      cli_test::run_and_signal("plan " + shipped("plans/city_hospital.json") + " --csv " +
                                   path("p.csv") + " --report " + path("p.html"),
                               SIGTERM, 0.5);
  EXPECT_EQ(ended.code, 130) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("INTERRUPTED"));
  EXPECT_THAT(ended.text, Not(HasSubstr("No design was")));
  EXPECT_THAT(read(path("p.csv")), HasSubstr(",interrupted\n"));
  EXPECT_THAT(read(path("p.html")), HasSubstr("INTERRUPTED"));
}

TEST_F(Interrupted, TheTimeLimitHoldsInEveryCommand) {
  std::vector<std::string> lines = long_ones();
  lines.push_back("codes --threads 1");
  lines.push_back("verify --threads 1");
  for (const std::string& line : lines) {
    const Ended ended = run(line + " --max-seconds 2 --quiet");
    EXPECT_LT(ended.cpu_s, limit_s + promised_s + allowance_s) << line;
    EXPECT_EQ(ended.code, 0) << line << "\n" << ended.text;
  }
}

TEST_F(Interrupted, TheTimeLimitHoldsForEveryShippedScenario) {
  for (const char* name :
       {"ageing_fleet.json", "city_hospital_gateway.json", "everyday_operations.json",
        "hospital_cold_archive.json", "hospital_hybrid_array.json", "regional_imaging_cloud.json",
        "claims/seventeen_plus_three.json", "claims/simedc_cluster.json"}) {
    const std::string json = path("out.json");
    const Ended ended =
        run("compare " + shipped(name) + " --max-seconds 2 --quiet --threads 1 --json " + json);
    EXPECT_LT(ended.cpu_s, limit_s + promised_s + allowance_s) << name;
    EXPECT_EQ(ended.code, 0) << name << "\n" << ended.text;
    const Json document = Json::parse(read(json));
    EXPECT_FALSE(document["strategies"].empty()) << name;
    if (document["interrupted"] == true) {
      EXPECT_EQ(document["interrupted_by"], "max-seconds") << name;
    }
  }
}

/// Early it compiles, then it plays missions, pilots and branches.
TEST_F(Interrupted, ASignalEndsAComparisonWheneverItComes) {
  for (const double after_s : {0.2, 0.5, 1.0, 2.0, 4.0}) {
    for (const int signal : {SIGINT, SIGTERM}) {
      const std::string json = path("out.json");
      fs::remove(json);
      const Ended ended =
          cli_test::run_and_signal("compare " + shipped("hospital_hybrid_array.json") +
                                       " --threads 1 --quiet --json " + json,
                                   signal, after_s);
      // Before the program has begun to listen a signal ends it at once.
      if (ended.code == -1) continue;
      EXPECT_EQ(ended.code, 130) << after_s << ended.text;
      EXPECT_LT(ended.cpu_s, after_s + after_signal_s + allowance_s) << after_s;
      ASSERT_TRUE(fs::exists(json)) << after_s;
      const Json document = Json::parse(read(json));
      EXPECT_EQ(document["interrupted_by"], "signal") << after_s;
      for (const auto& claim : document["claims"]) EXPECT_FALSE(claim["why"].empty()) << after_s;
    }
  }
}

TEST(Interruption, MarksEveryRowOfACsvWhateverItsFieldsHold) {
  using reports::Interruption;
  const std::string csv = "a,b\n1,\"x\ny\"\"z\"\n2,3\n";
  EXPECT_EQ(reports::interrupted_csv(csv, Interruption::none), csv);
  EXPECT_EQ(reports::interrupted_csv(csv, Interruption::by_signal),
            "a,b,interrupted\n1,\"x\ny\"\"z\",true\n2,3,true\n");
}

TEST(Interruption, IsSaidOnceInATextAndWithItsReasonInADocument) {
  using reports::Interruption;
  EXPECT_EQ(reports::interrupted_text("table\n", Interruption::none), "table\n");
  EXPECT_THAT(reports::interrupted_text("table\n", Interruption::by_time),
              HasSubstr("INTERRUPTED by --max-seconds"));
  EXPECT_EQ(reports::interrupted_text("INTERRUPTED: x\n", Interruption::by_signal),
            "INTERRUPTED: x\n");
  EXPECT_EQ(Json::parse(reports::interrupted_json("{\"a\": 1}", Interruption::none)),
            Json::parse(R"({"a": 1, "interrupted": false, "interrupted_by": null})"));
  EXPECT_EQ(Json::parse(reports::interrupted_json("{}", Interruption::by_time))["interrupted_by"],
            "max-seconds");
}

TEST(Interruption, StandsBelowTheTitleOfAPage) {
  const std::string page =
      reports::interrupted_html("<h1>T</h1>\n<p>x</p>", reports::Interruption::by_signal);
  EXPECT_LT(page.find("INTERRUPTED"), page.find("<p>x</p>"));
  EXPECT_GT(page.find("INTERRUPTED"), page.find("</h1>"));
}

}  // namespace
