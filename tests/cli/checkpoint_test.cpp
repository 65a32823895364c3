// --checkpoint: a run that is killed goes on to the same bits, and no other file is taken for its
// own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/cli/kill_and_resume.h"
#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using ::testing::HasSubstr;

class CheckpointFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_checkpoint_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream{path("small.json")} << cli_test::small_scenario();
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string text_of(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
  }
  Ended compare(const std::string& options) const {
    return run("compare " + path("small.json") + " --quiet --method direct --checkpoint " +
               path("k") + " " + options);
  }
  /// The checkpoint is refused for this reason, and nothing is written.
  void expect_refused(const std::string& options, const std::string& reason) const {
    const std::string before = text_of(path("k"));
    const Ended ended = compare(options + " --json " + path("refused.json"));
    EXPECT_EQ(ended.code, 3) << ended.text;
    EXPECT_THAT(ended.text, HasSubstr(path("k") + ": "));
    EXPECT_THAT(ended.text, HasSubstr(reason));
    EXPECT_EQ(text_of(path("k")), before);
    EXPECT_FALSE(fs::exists(path("refused.json")));
    EXPECT_FALSE(fs::exists(path("k.unfinished")));
  }

  fs::path folder_;
};

TEST_F(CheckpointFile, KillsAtRandomMomentsChangeNoBit) {
  const cli_test::Killed killed =
      cli_test::kill_and_resume(folder_.string(), "--method direct --replicates 0:6000", 12);
  EXPECT_GE(killed.kills, 12);
  EXPECT_GT(killed.whole, 0);
}

TEST_F(CheckpointFile, KillsWithinTheStagesOfRareLossChangeNoBit) {
  const cli_test::Killed killed = cli_test::kill_and_resume(
      folder_.string(), "--set failures.disk.lifetime='\"0.05 /year\"'", 6);
  EXPECT_GE(killed.kills, 6);
  EXPECT_GT(killed.whole, 0);
}

TEST_F(CheckpointFile, StaysAndSparesTheRunWhatItHolds) {
  const std::string options = " --replicates 0:4000 --json ";
  const Ended first = compare(options + path("a.json"));
  EXPECT_EQ(first.code, 0) << first.text;
  EXPECT_THAT(text_of(path("k")), ::testing::StartsWith("holdfast/checkpoint/1 "));
  const std::string saved = text_of(path("k"));
  const Ended second = compare(options + path("b.json"));
  EXPECT_EQ(second.code, 0) << second.text;
  EXPECT_EQ(text_of(path("k")), saved);
  EXPECT_LT(second.cpu_s, 0.7 * first.cpu_s);
  auto a = nlohmann::ordered_json::parse(text_of(path("a.json")));
  auto b = nlohmann::ordered_json::parse(text_of(path("b.json")));
  a.erase("timing");
  b.erase("timing");
  EXPECT_EQ(a, b);
}

TEST_F(CheckpointFile, IsSavedByAnInterruptAndGoesOnFromThere) {
  const Ended ended = cli_test::run_and_signal(
      "compare " + path("small.json") + " --quiet --method direct --replicates 0:100000000 " +
          "--checkpoint " + path("k"),
      SIGTERM, 1.0);
  EXPECT_EQ(ended.code, 130) << ended.text;
  const std::string saved = text_of(path("k"));
  EXPECT_THAT(saved, HasSubstr("=missions 0 64\t"));
  cli_test::run_and_signal("compare " + path("small.json") +
                               " --quiet --method direct --replicates 0:100000000 --checkpoint " +
                               path("k"),
                           SIGTERM, 1.5);
  EXPECT_GT(text_of(path("k")).size(), saved.size());
}

TEST_F(CheckpointFile, OfAnotherRunIsRefusedAndStays) {
  ASSERT_EQ(compare("--replicates 0:128").code, 0);
  expect_refused("--replicates 0:128 --seed 2", "seed is 1 there and 2 here");
  expect_refused("--replicates 0:192", "--replicates is 0:128 there and 0:192 here");
  expect_refused("", "--replicates is 0:128 there and none here");
  expect_refused("--replicates 0:128 --strategy 'RS 2+2'", "--strategy is none there");
  expect_refused("--replicates 0:128 --precision 10%", "--precision is none there and 0.1 here");
  expect_refused("--replicates 0:128 --set mission='\"2 years\"'", "--set is none there");
  std::ofstream{path("small.json"), std::ios::app} << "\n";
  expect_refused("--replicates 0:128", "scenario is ");
}

TEST_F(CheckpointFile, OfAnotherProgramIsRefused) {
  ASSERT_EQ(compare("--replicates 0:128").code, 0);
  fs::copy_file(HOLDFAST_PROGRAM, path("other"));
  std::ofstream{path("other"), std::ios::app} << "another build";
  const Ended ended = cli_test::shell("'" + path("other") + "' compare " + path("small.json") +
                                      " --quiet --method direct --replicates 0:128 --checkpoint " +
                                      path("k") + " 2>&1");
  EXPECT_EQ(ended.code, 3) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("program file is "));
}

TEST_F(CheckpointFile, ThatIsDamagedOrNoneIsRefusedAndStays) {
  ASSERT_EQ(compare("--replicates 0:128").code, 0);
  const std::string good = text_of(path("k"));
  for (std::size_t i = 0; i < good.size(); i += good.size() / 12 + 1) {
    std::string damaged = good;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    std::ofstream{path("k")} << damaged;
    expect_refused("--replicates 0:128", "remove it, or name another file");
  }
  std::ofstream{path("k")} << good.substr(0, good.size() / 2);
  expect_refused("--replicates 0:128", "is damaged");
  std::ofstream{path("k")} << "";
  expect_refused("--replicates 0:128", "is no checkpoint");
  std::ofstream{path("k")} << "my thesis";
  expect_refused("--replicates 0:128", "is no checkpoint");
}

TEST_F(CheckpointFile, ThatCannotBeIsAFaultOfTheCommandLine) {
  const auto refused = [this](const std::string& options) {
    const Ended ended = run("compare " + path("small.json") + " --quiet " + options);
    EXPECT_EQ(ended.code, 2) << ended.text;
    return ended.text;
  };
  EXPECT_THAT(refused("--checkpoint -"), HasSubstr("a file name is needed"));
  EXPECT_THAT(refused("--checkpoint /dev/null"), HasSubstr("no regular file"));
  EXPECT_THAT(refused("--checkpoint " + folder_.string()), HasSubstr("no regular file"));
  EXPECT_THAT(refused("--checkpoint " + path("none/k")), HasSubstr("cannot write"));
  EXPECT_THAT(refused("--checkpoint " + path("k") + " --max-seconds 9"),
              HasSubstr("--max-seconds"));
  EXPECT_THAT(refused("--checkpoint " + path("k") + " --method analytic"), HasSubstr("nothing"));
  EXPECT_THAT(refused("--checkpoint " + path("small.json")), HasSubstr("is the input"));
  EXPECT_THAT(refused("--checkpoint " + path("a") + " --json " + path("a")),
              HasSubstr("two outputs"));
}

TEST_F(CheckpointFile, IsNotWrittenByWayOfAnInput) {
  fs::copy(path("small.json"), path("k.unfinished"));
  const Ended ended = run("compare " + path("k.unfinished") +
                          " --quiet --method direct --replicates 0:64 --checkpoint " + path("k"));
  EXPECT_EQ(ended.code, 2) << ended.text;
  EXPECT_EQ(text_of(path("k.unfinished")), text_of(path("small.json")));
}

}  // namespace
