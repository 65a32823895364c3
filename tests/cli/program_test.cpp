// Runs the program itself: exit codes and messages of the command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "reports/words/display_width.h"
#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using ::testing::HasSubstr;
using ::testing::Not;

/// Columns of the longest line.
std::size_t widest(const std::string& text) {
  std::istringstream lines{text};
  std::size_t most = 0;
  for (std::string line; std::getline(lines, line);) {
    most = std::max(most, reports::display_width(line));
  }
  return most;
}

class Program : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_cli_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    input_ = folder_ / "input.json";
    std::ofstream{input_} << "{}\n";
  }
  void TearDown() override { fs::remove_all(folder_); }

  static void refuses(const std::string& arguments, const std::string& words) {
    const Ended ended = run(arguments);
    EXPECT_EQ(ended.code, 2) << arguments << "\n" << ended.text;
    EXPECT_THAT(ended.text, HasSubstr(words)) << arguments;
  }

  fs::path folder_;
  fs::path input_;
};

TEST_F(Program, WithoutArgumentsTellsItsCommandsAndThreeExamples) {
  const Ended ended = run("");
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.text, HasSubstr("compare"));
  EXPECT_THAT(ended.text, HasSubstr("holdfast examples\n"));
  EXPECT_LE(widest(ended.text), 80U) << ended.text;
}

TEST_F(Program, RefusesNumbersThatAreNone) {
  const std::string compare = "compare " + input_.string() + " ";
  refuses(compare + "--threads 0", "--threads");
  refuses(compare + "--precision 0", "--precision");
  refuses(compare + "--precision 10", "--precision");
  refuses(compare + "--seed=-3", "--seed");
  refuses(compare + "--seed 18446744073709551616", "--seed");
  refuses(compare + "--max-seconds 1e999", "--max-seconds");
  refuses(compare + "--replicates 5:5", "--replicates");
  refuses(compare + "--method magic", "--method");
  refuses(compare + "--set mission", "--set");
}

TEST_F(Program, RefusesMethodsThatAreNone) {
  refuses("compare " + input_.string() + " --method guess", "exposure or splitting is needed");
}

TEST_F(Program, GuessesTheCommandThatWasMeant) {
  refuses("comprae x", "did you mean 'compare'?");
  refuses("compare x --no-such-option", "--no-such-option");
  refuses("compare", "SCENARIO");
}

TEST_F(Program, RefusesOutputsThatWouldBeLostBeforeItRuns) {
  const std::string compare = "compare " + input_.string() + " ";
  refuses(compare + "--json - --csv -", "two outputs on standard output");
  refuses(compare + "--json " + input_.string(), "is the input");
  refuses(compare + "--json " + folder_.string(), "it is a folder");
  refuses(compare + "--csv " + (folder_ / "none" / "x.csv").string(), "No such file");
  refuses(compare + "--json /proc/x.json", "cannot write");
  std::ifstream stream{input_};
  std::string text;
  std::getline(stream, text);
  EXPECT_EQ(text, "{}");
}

TEST_F(Program, DrillsTheShippedScenario) {
  const std::string shipped = HOLDFAST_SOURCE_DIR "/scenarios/regional_imaging_cloud.json";
  const std::string drill = "drill " + shipped + " --bytes 1000 --objects 20 ";
  const Ended ended = run(drill + "--steps 30");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("RS 10+4"));
  EXPECT_THAT(ended.text, HasSubstr("passed"));
  EXPECT_LE(widest(ended.text), 80U) << ended.text;
  EXPECT_THAT(run(drill + "--steps 1 --strategy 'RS 6+3'").text, Not(HasSubstr("RS 10+4")));
  refuses(drill + "--steps=-1", "--steps");
  refuses(drill + "--faults disk,rust", "no fault 'rust'");
  refuses(drill + "--strategy 'RS 6+4'", "did you mean 'RS 6+3'?");
  refuses("drill " + shipped + " --objects 0", "--objects");
  refuses("drill " + shipped + " --bytes 4294967297", "--bytes");
}

TEST_F(Program, ComparesAndDrillsTheHospitalsColdArchive) {
  const std::string shipped = HOLDFAST_SOURCE_DIR "/scenarios/hospital_cold_archive.json";
  EXPECT_THAT(run("validate " + shipped).text, Not(HasSubstr("warning")));
  const Ended compared = run("compare " + shipped + " --method analytic");
  EXPECT_EQ(compared.code, 0) << compared.text;
  EXPECT_THAT(compared.text, HasSubstr("RS 2+1"));
  const Ended drilled = run("drill " + shipped + " --bytes 1000 --objects 20 --steps 30");
  EXPECT_EQ(drilled.code, 0) << drilled.text;
  EXPECT_THAT(drilled.text, HasSubstr("nine nodes"));
}

TEST_F(Program, ComparesAndDrillsTheHospitalsArrays) {
  for (const char* name : {"city_hospital_gateway", "hospital_hybrid_array"}) {
    const std::string shipped = std::string(HOLDFAST_SOURCE_DIR "/scenarios/") + name + ".json";
    EXPECT_THAT(run("validate " + shipped).text, Not(HasSubstr("warning")));
    const Ended compared = run("compare " + shipped + " --method analytic");
    EXPECT_EQ(compared.code, 0) << compared.text;
    EXPECT_THAT(compared.text, HasSubstr("RAID-6"));
    const Ended drilled = run("drill " + shipped + " --bytes 1000 --objects 20 --steps 30");
    EXPECT_EQ(drilled.code, 0) << drilled.text;
    EXPECT_LE(widest(drilled.text), 80U) << drilled.text;
  }
}

TEST_F(Program, ADrillOfOneScheduleAndInAFolder) {
  const std::string drill = "drill " HOLDFAST_SOURCE_DIR
                            "/scenarios/regional_imaging_cloud.json --bytes 1000 --objects 3 "
                            "--strategy 'RS 6+3' ";
  const Ended given = run(drill + "--schedule 'disk:0.1:7,bit-flip:1.2:9,recover:0.0:0'");
  EXPECT_EQ(given.code, 0) << given.text;
  EXPECT_THAT(given.text, HasSubstr("the given schedule"));
  EXPECT_EQ(run(drill + "--schedule 'disk:3.1:7'").code, 3);
  const std::string store = (folder_ / "store").string();
  const Ended stored = run(drill + "--steps 3 --store " + store);
  EXPECT_EQ(stored.code, 0) << stored.text;
  EXPECT_TRUE(std::filesystem::exists(folder_ / "store" / "0-RS_6_3" / "0" / "catalogue.log"));
  const Ended again = run(drill + "--store " + store);
  EXPECT_EQ(again.code, 3);
  EXPECT_THAT(again.text, HasSubstr("is not empty"));
}

TEST_F(Program, CodesRefusesOutputsBeforeItMeasures) {
  refuses("codes --csv - --svg -", "two outputs on standard output");
  refuses("codes --threads 0", "--threads");
  refuses("codes x", "x");
}

TEST_F(Program, DrillsTheFailoverAndReplaysItWhereItFails) {
  const std::string drill = "drill " HOLDFAST_SOURCE_DIR
                            "/scenarios/city_hospital_gateway.json --bytes 1000 --objects 3 "
                            "--strategy 'mirror of RAID-6' ";
  const Ended whole = run(drill);
  EXPECT_EQ(whole.code, 0) << whole.text;
  EXPECT_THAT(whole.text, HasSubstr("Failover of gateways"));
  EXPECT_THAT(run(drill + "--faults disk").text, Not(HasSubstr("Failover")));
  // Without a tie-breaker a lost link makes two that serve.
  const Ended split = run(drill + "--set 'paths.quorum=\"none\"'");
  EXPECT_EQ(split.code, 1);
  EXPECT_THAT(split.text, HasSubstr("split"));
  EXPECT_LE(widest(split.text.substr(0, split.text.find("The same again"))), 80U) << split.text;
  const std::string word = "--failover '";
  const std::size_t begin = split.text.rfind(word) + word.size();
  const std::string schedule = split.text.substr(begin, split.text.find('\'', begin) - begin);
  const Ended again = run(drill + "--set 'paths.quorum=\"none\"' --failover '" + schedule + "'");
  EXPECT_EQ(again.code, 1) << again.text;
  EXPECT_THAT(again.text, Not(HasSubstr("Steps by kind")));
  EXPECT_EQ(run(drill + "--failover '" + schedule + "'").code, 0);
  refuses(drill + "--failover rust:0:0", "is no step");
  EXPECT_EQ(
      run("drill " HOLDFAST_SOURCE_DIR "/scenarios/regional_imaging_cloud.json --failover copy:0:0")
          .code,
      3);
}

TEST_F(Program, ADrillThatTakesTooMuchMemoryIsABadInput) {
  const Ended ended =
      run("drill " HOLDFAST_SOURCE_DIR "/scenarios/regional_imaging_cloud.json --bytes 4294967296");
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.text, HasSubstr("4 GiB"));
}

TEST_F(Program, VerifiesPublishedCases) {
  const Ended ended = run("verify storj rebuild-claim/tib-mib --check");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("5 reproduced."));
  EXPECT_EQ(run("verify rebuild-claim --check --quiet").code, 4);
  EXPECT_EQ(run("verify elerath-pecht/latent-errors --check --quiet").code, 0);
  EXPECT_THAT(run("verify --list").text, HasSubstr("seventeen-plus-three/serial"));
  EXPECT_THAT(run("verify storj --json -").text, HasSubstr("holdfast/verify/1"));
  refuses("verify storje", "did you mean 'storj'?");
  refuses("verify --precision 10%", "--scenario");
  refuses("verify --set a=1", "--scenario");
}

TEST_F(Program, JudgesTheClaimsOfAScenario) {
  const std::string scenario = HOLDFAST_SOURCE_DIR "/scenarios/claims/seventeen_plus_three.json";
  const Ended ended = run("verify --scenario " + scenario + " --replicates 0:16 --check");
  EXPECT_EQ(ended.code, 5) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("eleven-nines"));
  EXPECT_THAT(ended.text, HasSubstr("textbook chain: 10.53"));
  EXPECT_EQ(run("verify --scenario none.json").code, 3);
  refuses("verify --scenario " + scenario + " --strategy nine", "--strategy");
}

TEST_F(Program, LifecyclePrintsTablesAndNeedsTheSection) {
  const std::string shipped = std::string{HOLDFAST_SOURCE_DIR} + "/scenarios/";
  const Ended ended = run("lifecycle " + shipped + "regional_imaging_cloud.json");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("What the classes cost"));
  EXPECT_THAT(run("lifecycle " + shipped + "regional_imaging_cloud.json --json -").text,
              HasSubstr("holdfast/lifecycle/1"));
  const Ended without = run("lifecycle " + shipped + "city_hospital_gateway.json");
  EXPECT_EQ(without.code, 3);
  EXPECT_THAT(without.text, HasSubstr("has no section 'lifecycle'"));
}

TEST_F(Program, SweepsAnInput) {
  const std::string scenario = HOLDFAST_SOURCE_DIR "/scenarios/claims/seventeen_plus_three.json";
  const std::string sweep = "sweep " + scenario + " --method analytic ";
  const std::string rates = "--vary failures.disk.lifetime='0.2 %/year:0.8 %/year:3' ";
  const Ended ended = run(sweep + rates);
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("0.5 %/year"));
  EXPECT_THAT(run(sweep + rates + "--json -").text, HasSubstr("holdfast/sweep/1"));
  refuses(sweep, "--vary");
  refuses(sweep + "--vary a=1:2:200000", "2 to 100000");
  refuses(sweep + rates + rates, "given twice");
  refuses(sweep + rates + "--vary mission='1 year:9 years:50000'", "100000 points");
  refuses(sweep + rates + "--metric durability", "there is no 'durability'");
  refuses(sweep + rates + "--metric rebuild_hours_per_tb.p50", "--method direct");
  const Ended bad = run(sweep + "--vary failures.disk.lifetme=1,2");
  EXPECT_EQ(bad.code, 3);
  EXPECT_THAT(bad.text, HasSubstr("did you mean 'lifetime'?"));
}

TEST_F(Program, WarnsOfAScenarioThatCannotKeepUp) {
  const std::string shipped = HOLDFAST_SOURCE_DIR "/scenarios/regional_imaging_cloud.json";
  EXPECT_THAT(run("validate " + shipped).text, Not(HasSubstr("warning")));
  const Ended ended = run("validate " + shipped + " --set hardware.network.core='\"1 MB/s\"'");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("warning: rebuild is slower than failures"));
}

TEST_F(Program, AMissingFileIsABadInput) {
  const Ended ended = run("compare " + (folder_ / "none.json").string());
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.text, HasSubstr("none.json"));
}

}  // namespace
