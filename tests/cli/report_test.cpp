// Pages of every command that has one, written by the program itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using ::testing::HasSubstr;

class Report : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_report_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string page() const { return (folder_ / "page.html").string(); }
  std::string written() const {
    std::ifstream file(page());
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static std::string shipped(const std::string& name) {
    return std::string(HOLDFAST_SOURCE_DIR) + "/scenarios/" + name;
  }

  fs::path folder_;
};

TEST_F(Report, OfVerifyNamesCasesAndTheCommand) {
  const Ended ended = run("verify raid-1988 --lang zh --quiet --report " + page());
  EXPECT_EQ(ended.code, 0) << ended.text;
  const std::string html = written();
  EXPECT_THAT(html, HasSubstr("id=\"zh\" checked"));
  EXPECT_THAT(html, HasSubstr("raid-1988/"));
  EXPECT_THAT(html, HasSubstr("holdfast verify raid-1988 --seed 1</pre>"));
}

TEST_F(Report, OfADrillHasItsTablesAndSoHaveItsDocuments) {
  const std::string json = (folder_ / "out.json").string();
  const std::string csv = (folder_ / "out.csv").string();
  const Ended ended =
      run("drill " + shipped("hospital_cold_archive.json") + " --objects 4 --steps 12 --report " +
          page() + " --json " + json + " --csv " + csv);
  EXPECT_EQ(ended.code, 0) << ended.text;
  const std::string html = written();
  for (const char* id : {"outcome", "bytes", "steps"}) {
    EXPECT_THAT(html, HasSubstr("<table id=\"" + std::string(id) + "\"")) << id;
  }
  EXPECT_THAT(html, HasSubstr("--objects 4 --steps 12 --seed 1</pre>"));
  EXPECT_GT(fs::file_size(json), 1000U);
  EXPECT_GT(fs::file_size(csv), 1000U);
}

TEST_F(Report, OfPathsHasADrawing) {
  const Ended ended = run("paths " + shipped("city_hospital_gateway.json") +
                          " --missions 2 --quiet --report " + page());
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(written(), HasSubstr("<table id=\"points\""));
  EXPECT_THAT(written(), HasSubstr("gateway software"));
}

TEST_F(Report, OfAComparisonSaysHowToPlayItAgain) {
  std::ofstream(folder_ / "small.json") << cli_test::small_scenario();
  const std::string input = (folder_ / "small.json").string();
  const Ended ended = run("compare " + input +
                          " --replicates 0:8 --method direct --set 'mission=\"2 years\"' --quiet "
                          "--report " +
                          page());
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(written(), HasSubstr("--set &#39;mission=&quot;2 years&quot;&#39; --seed 1"));
}

TEST_F(Report, OpensInALanguageThatThereIs) {
  const Ended ended = run("verify raid-1988 --lang fr --report " + page());
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.text, HasSubstr("--lang: must be en or zh, got 'fr'"));
  EXPECT_FALSE(fs::exists(page()));
}

TEST_F(Report, OfACommandWithoutOneIsRefused) {
  const Ended ended = run("sweep " + shipped("hospital_cold_archive.json") +
                          " --vary repair.detection='1 min,2 min' --report " + page());
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.text, HasSubstr("--report of 'sweep'"));
}

}  // namespace
