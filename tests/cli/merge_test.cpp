// Parts of a run that are merged give the document of the whole, to the last bit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;
using ::testing::Not;

class Merge : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_merge_"} +
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
  /// The document without what the clock decides.
  static std::string timeless(const std::string& file) {
    Json json = Json::parse(text_of(file));
    EXPECT_TRUE(json.contains("timing"));
    json.erase("timing");
    return json.dump();
  }
  std::string compared(const std::string& name, const std::string& options) const {
    const Ended ended =
        run("compare " + path("small.json") + " --quiet --json " + path(name) + " " + options);
    EXPECT_EQ(ended.code, 0) << ended.text;
    return path(name);
  }
  /// Parts between these replicates, in this order.
  std::vector<std::string> parts(const std::vector<int>& cuts, const std::string& options) const {
    std::vector<std::string> files;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      const std::string range = std::to_string(cuts[i]) + ":" + std::to_string(cuts[i + 1]);
      files.push_back(
          compared("part_" + std::to_string(i) + ".json", options + " --replicates " + range));
    }
    return files;
  }
  static std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += " " + word;
    return text;
  }
  Ended merged(const std::vector<std::string>& files, const std::string& options = {}) const {
    return run("merge" + joined(files) + " --quiet --json " + path("merged.json") + " " + options);
  }
  void expect_same(const std::vector<int>& cuts, const std::string& options) const {
    const std::string range =
        " --replicates " + std::to_string(cuts.front()) + ":" + std::to_string(cuts.back());
    const std::string whole = timeless(compared("whole.json", options + range));
    std::vector<std::string> files = parts(cuts, options);
    EXPECT_EQ(merged(files).code, 0);
    EXPECT_EQ(timeless(path("merged.json")), whole) << options;
    std::reverse(files.begin(), files.end());
    std::rotate(files.begin(), files.begin() + 1, files.end());
    EXPECT_EQ(merged(files, "--threads 3").code, 0);
    EXPECT_EQ(timeless(path("merged.json")), whole) << options;
  }

  fs::path folder_;
};

TEST_F(Merge, OfMissionsEqualsOneRun) {
  expect_same({0, 128, 256}, "--method direct");
  expect_same({64, 320, 448, 1024}, "--method direct --seed 5");
}

TEST_F(Merge, OfPartsThatEndWithinABlockEqualsOneRun) {
  expect_same({3, 70, 71, 200, 256, 300, 390, 391}, "--method direct");
}

TEST_F(Merge, OfRareLossEqualsOneRun) {
  const std::string tame = " --set failures.disk.lifetime='\"0.05 /year\"'";
  expect_same({0, 64, 192}, "--method exposure" + tame);
  expect_same({0, 16, 100, 192}, "--method exposure" + tame);
  expect_same({0, 64, 128, 192}, "--strategy 'RS 2+2'" + tame);
  expect_same({0, 7, 20, 64, 65, 90, 111, 128}, "--method splitting" + tame);
  expect_same({0, 64, 100}, "--method compensator" + tame);
}

TEST_F(Merge, GivesEveryOutputOfCompare) {
  const auto files = parts({0, 64, 128}, "--method direct");
  const std::string whole = "compare " + path("small.json") + " --method direct --replicates 0:128";
  EXPECT_EQ(run("merge" + joined(files) + " --csv -").text, run(whole + " --csv -").text);
  const Ended table = run("merge" + joined(files));
  EXPECT_EQ(table.code, 0);
  EXPECT_THAT(table.text, HasSubstr("How safe the data are"));
  EXPECT_THAT(table.text, HasSubstr("--replicates 0:128"));
  EXPECT_EQ(run("merge --check --quiet" + joined(files)).code, 0);
  EXPECT_EQ(run("merge --quiet" + joined(files) + " --report " + path("page.html")).code, 0);
  EXPECT_THAT(text_of(path("page.html")), HasSubstr("RS 2+2"));
}

TEST_F(Merge, OfMergedPartsEqualsOneRun) {
  const std::string whole = timeless(compared("whole.json", "--method direct --replicates 0:320"));
  const auto files = parts({0, 64, 192, 320}, "--method direct");
  ASSERT_EQ(merged({files[0], files[1]}).code, 0);
  fs::rename(path("merged.json"), path("first_two.json"));
  EXPECT_EQ(merged({files[2], path("first_two.json")}).code, 0);
  EXPECT_EQ(timeless(path("merged.json")), whole);
}

TEST_F(Merge, NeedsNoScenarioFileAndSaysWhatItPlayed) {
  const auto files = parts({0, 64, 100, 128}, "--method direct");
  fs::remove(path("small.json"));
  const Ended ended = run("merge" + joined(files) + " --json " + path("merged.json"));
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("1 block of replicates was not in the parts as a whole"));
  EXPECT_THAT(run("merge " + files[0] + " --csv -").text, Not(HasSubstr("played here")));
}

TEST_F(Merge, TellsEveryGapOverlapAndStrangerAtOnce) {
  const auto files = parts({0, 64, 128, 192, 256}, "--method direct");
  const std::string other_seed =
      compared("seed.json", "--method direct --seed 2 --replicates 256:320");
  const std::string other_method = compared("method.json", "--replicates 320:384");
  const std::string other_set =
      compared("set.json", "--method direct --set mission='\"2 years\"' --replicates 384:448");
  const std::string overlapping = compared("over.json", "--method direct --replicates 32:64");
  const std::string later = compared("later.json", "--method direct --replicates 512:576");
  std::ofstream{path("text.json")} << "{\"schema\": ";
  std::ofstream{path("other.json")} << "{\"schema\": \"holdfast/fit/1\"}";
  const std::string plain = compared("plain.json", "--method analytic");
  auto all = files;
  for (const std::string& file :
       {other_seed, other_method, other_set, overlapping, later, path("text.json"),
        path("other.json"), plain, path("none.json")}) {
    all.push_back(file);
  }
  const Ended ended = merged(all);
  EXPECT_EQ(ended.code, 3);
  EXPECT_FALSE(fs::exists(path("merged.json")));
  for (const char* part :
       {"seed.json: is of another run than", "seed is 1 there and 2 here",
        "method.json: is of another run than", "method is direct there and auto here",
        "set.json: is of another run than", "--set is none there and mission=",
        "over.json: replicates 32:64 overlap 0:64 of", "leave one of the two out",
        "later.json: replicates 448:512 are missing", "play them with --replicates 448:512",
        "text.json: is no JSON document", "other.json: is no result of 'holdfast compare'",
        "plain.json: holds no blocks", "none.json: cannot be read"}) {
    EXPECT_THAT(ended.text, HasSubstr(part));
  }
  for (const std::string& file : files) {
    EXPECT_THAT("\n" + ended.text, Not(HasSubstr("\n" + file + ": ")));
  }
}

TEST_F(Merge, OfDamagedPartsIsRefused) {
  const auto files = parts({0, 64, 128}, "--method direct");
  const Json good = Json::parse(text_of(files[1]));
  const auto refused = [&](const std::string& key, const Json& value) {
    Json damaged = good;
    damaged["blocks"][key] = value;
    std::ofstream{files[1]} << damaged.dump();
    const Ended ended = merged(files);
    EXPECT_EQ(ended.code, 3) << key;
    return ended.text;
  };
  std::string words = good["blocks"]["sums"][0]["words"].get<std::string>();
  words[words.size() / 2] = words[words.size() / 2] == '1' ? '2' : '1';
  Json sums = good["blocks"]["sums"];
  sums[0]["words"] = words;
  EXPECT_THAT(refused("sums", sums), HasSubstr("part_1.json: /blocks: is damaged"));
  EXPECT_THAT(refused("seed", 2), HasSubstr("is damaged"));
  EXPECT_THAT(refused("scenario_text", "{}"), HasSubstr("is damaged"));
  EXPECT_THAT(refused("replicates", Json::array({64, 129})), HasSubstr("is damaged"));
  EXPECT_THAT(refused("sha256", Json()), HasSubstr("is damaged"));
  EXPECT_THAT(refused("format", "holdfast/blocks/2"), HasSubstr("with the version of holdfast"));
  // A file that a full disk cut off.
  std::ofstream{files[1]} << good.dump().substr(0, 5000);
  EXPECT_THAT(merged(files).text, HasSubstr("was cut off"));
}

TEST_F(Merge, OnlyWholeReplicatesThatWereAskedForAreAPart) {
  const auto has_blocks = [this](const std::string& options) {
    return Json::parse(text_of(compared("out.json", options))).contains("blocks");
  };
  EXPECT_TRUE(has_blocks("--replicates 0:64"));
  EXPECT_FALSE(has_blocks("--replicates 0:64 --method analytic"));
  EXPECT_FALSE(has_blocks("--replicates 0:64 --max-seconds 100"));
  EXPECT_FALSE(has_blocks("--method analytic"));
  // One strategy may lose too little for the precision.
  const std::string precise =
      " --method direct --precision 50% --replicates 0:2000 --quiet --json ";
  EXPECT_THAT(run("compare " + path("small.json") + precise + path("out.json")).code,
              ::testing::AnyOf(0, 5));
  EXPECT_FALSE(Json::parse(text_of(path("out.json"))).contains("blocks"));
}

TEST_F(Merge, DoesNotWriteOverAPart) {
  const auto files = parts({0, 64, 128}, "--method direct");
  const std::string before = text_of(files[0]);
  EXPECT_EQ(run("merge" + joined(files) + " --quiet --json " + files[0]).code, 2);
  EXPECT_EQ(text_of(files[0]), before);
}

TEST_F(Merge, DoesNotWriteOverAFileThatTheScenarioNames) {
  const fs::path shipped = fs::path{HOLDFAST_SOURCE_DIR} / "scenarios";
  fs::copy(shipped / "regional_imaging_cloud.json", path("small.json"),
           fs::copy_options::overwrite_existing);
  fs::copy(shipped / "prices", path("prices"));
  const auto files = parts({0, 64}, "--method direct --strategy 'three replicas'");
  const std::string prices = path("prices/planning_2026.json");
  const std::string before = text_of(prices);
  const Ended ended = run("merge" + joined(files) + " --quiet --json " + prices);
  EXPECT_EQ(ended.code, 2) << ended.text;
  EXPECT_EQ(text_of(prices), before);
}

}  // namespace
