// No output may replace a file that the run reads, in any command, by any name.
#include "cli/file_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/output_file.h"
#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli::FileLedger;
using cli::OutputFile;
using cli_test::Ended;
using cli_test::run;
using ::testing::HasSubstr;

class Ledger : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_ledger_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{folder_ / name} << text;
    return path(name);
  }
  static std::string read(const std::string& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }
  /// Is refused with status 2 or 3 because of `file`, which stays as it is.
  static void keeps(const std::string& file, const std::string& arguments) {
    const std::string before = read(file);
    const Ended ended = run(arguments);
    EXPECT_TRUE(ended.code == 2 || ended.code == 3) << arguments << "\n" << ended.text;
    EXPECT_THAT(ended.text, HasSubstr("is the input")) << arguments;
    EXPECT_EQ(read(file), before) << arguments;
  }

  fs::path folder_;
};

TEST_F(Ledger, SeesThroughLinksHardLinksAndDots) {
  const std::string input = write("in.json", "{}");
  fs::create_symlink("in.json", path("soft.json"));
  fs::create_hard_link(input, path("hard.json"));
  fs::create_directory(path("sub"));
  fs::create_directory_symlink(folder_, path("sub/back"));
  for (const char* name :
       {"in.json", "soft.json", "hard.json", "sub/../in.json", "sub/back/in.json"}) {
    FileLedger ledger;
    ledger.reads({"scenario", input, {}});
    ledger.writes(OutputFile{path(name)});
    EXPECT_TRUE(ledger.conflict().has_value()) << name;
  }
  FileLedger other;
  other.reads({"scenario", input, {}});
  other.writes(OutputFile{path("out.json")});
  EXPECT_FALSE(other.conflict().has_value());
}

TEST_F(Ledger, TwoOutputsOnOneFileThatIsStillMissing) {
  fs::create_directory(path("sub"));
  fs::create_directory_symlink(folder_, path("sub/back"));
  fs::create_symlink("out.json", path("dangling.json"));
  for (const char* name : {"out.json", "sub/../out.json", "sub/back/out.json", "dangling.json"}) {
    FileLedger ledger;
    ledger.writes(OutputFile{path("out.json")});
    ledger.writes(OutputFile{path(name)});
    EXPECT_TRUE(ledger.conflict().has_value()) << name;
  }
  FileLedger devices;
  devices.writes(OutputFile{"/dev/null"});
  devices.writes(OutputFile{"/dev/null"});
  EXPECT_FALSE(devices.conflict().has_value());
}

TEST_F(Ledger, ALinkToAMissingFileStaysALink) {
  fs::create_symlink("out.json", path("link.json"));
  EXPECT_EQ(OutputFile{path("link.json")}.commit("x"), std::nullopt);
  EXPECT_TRUE(fs::is_symlink(path("link.json")));
  EXPECT_EQ(read(path("out.json")), "x");
}

TEST_F(Ledger, EveryCommandKeepsEveryFileThatItReads) {
  fs::copy(std::string{HOLDFAST_SOURCE_DIR} + "/scenarios", path("s"), fs::copy_options::recursive);
  const std::string cloud = path("s/regional_imaging_cloud.json");
  const std::string prices = path("s/prices/planning_2026.json");
  // A page is refused under any other suffix.
  const std::string page = path("s/prices/page.html");
  fs::create_hard_link(prices, page);
  const std::string gateway = path("s/city_hospital_gateway.json");
  const std::string plan = path("s/plans/city_hospital.json");
  const std::string small = write("small.json", cli_test::small_scenario());
  const std::string trace = write("t.csv", "timestamp,unit\n2020-01-01,a\n2020-01-02,b\n");
  const std::string units = write("u.csv", "unit,installed\na,2019-01-01\nb,2019-01-01\n");
  const std::vector<std::pair<std::string, std::string>> lines{
      {prices, "compare " + cloud + " --method analytic --json " + prices},
      {prices, "compare " + cloud + " --method analytic --report " + page},
      {cloud, "compare " + cloud + " --method analytic --csv " + cloud},
      {gateway, "paths " + gateway + " --missions 4 --figure " + gateway},
      {gateway, "paths " + gateway + " --missions 4 --json " + gateway},
      {prices, "lifecycle " + cloud + " --json " + prices},
      {prices, "drill " + cloud + " --objects 3 --steps 1 --csv " + prices},
      {prices,
       "sweep " + cloud + " --method analytic --vary mission='1 year,2 years' --csv " + prices},
      {prices, "solve " + cloud +
                   " --method analytic --strategy 'RS 6+3' --for failures.disk.lifetime "
                   "--between '1 %/year:2 %/year' --target 'durability_nines >= 8' --csv " +
                   prices},
      {prices, "verify --scenario " + cloud + " --json " + prices},
      {plan, "plan " + plan + " --json " + plan},
      {trace, "replay " + small + " --trace " + trace + " --json " + trace},
      {small, "replay " + small + " --trace " + trace + " --report " + small},
      {trace, "fit " + trace + " --population 9 --csv " + trace},
      {units, "fit " + trace + " --units " + units + " --json " + units}};
  for (const auto& [file, line] : lines) keeps(file, line + " --quiet");
}

TEST_F(Ledger, StandardOutputInAnInputOrAnOutputIsRefused) {
  const std::string small = write("small.json", cli_test::small_scenario());
  // run() sends stderr after stdout: the comment keeps it out of the file.
  const Ended appended =
      run("compare " + small + " --method analytic >> " + small + " 2>/dev/null; exit $? #");
  EXPECT_EQ(appended.code, 2);
  EXPECT_EQ(read(small), cli_test::small_scenario());
  const std::string out = path("out.json");
  EXPECT_EQ(run("compare " + small + " --method analytic --json " + out + " > " + out).code, 2);
  EXPECT_EQ(run("compare " + small + " --method analytic --quiet --json " + out + " > " + out).code,
            0);
}

TEST_F(Ledger, TheDocumentNamesEveryFileWithItsDigest) {
  const std::string cloud =
      std::string{HOLDFAST_SOURCE_DIR} + "/scenarios/regional_imaging_cloud.json";
  const Ended ended = run("compare " + cloud + " --method analytic --json -");
  const auto files = nlohmann::json::parse(ended.text)["provenance"]["files"];
  ASSERT_GE(files.size(), 2U) << files;
  EXPECT_EQ(files[0]["what"], "scenario");
  EXPECT_EQ(files[0]["file"], cloud);
  EXPECT_EQ(files[1]["what"], "price file");
  for (const auto& file : files) {
    EXPECT_EQ(file["sha256"], models::scenario::sha256_of_file(file["file"].get<std::string>()));
    EXPECT_EQ(file["sha256"].get<std::string>().size(), 64U);
  }
}

/// As `sha256sum` has it for the three bytes "abc" (FIPS 180-4, example).
TEST_F(Ledger, TheDigestOfAFileIsThatOfItsBytes) {
  EXPECT_EQ(models::scenario::sha256_of_file(write("abc", "abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
