// What the system may do to the program: closed and full outputs, pipes without readers, limits on
// files, input from a pipe, names that nobody can see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using cli_test::shell;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string program{"'" HOLDFAST_PROGRAM "' "};

class HostFaults : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_host_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    scenario_ = write("small.json", cli_test::small_scenario());
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
  /// Names of the files in the folder, sorted and joined by spaces.
  std::string files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder_}) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
  }
  std::string analytic() const { return "compare " + scenario_ + " --method analytic "; }

  fs::path folder_;
  std::string scenario_;
};

TEST_F(HostFaults, AClosedOutputIsAFailure) {
  for (const std::string& command : std::vector<std::string>{
           "--help", "--version", "schema", "info", "verify --list", "validate " + scenario_,
           analytic(), analytic() + "--json - --quiet"}) {
    const Ended ended = shell(program + command + " 2>&1 >&-");
    EXPECT_EQ(ended.code, 1) << command << "\n" << ended.text;
    EXPECT_THAT(ended.text, HasSubstr("closed")) << command;
  }
  // Before anything is computed.
  EXPECT_THAT(shell(program + "compare none.json 2>&1 >&-").text, Not(HasSubstr("none.json")));
  // Nothing is to be printed, so nothing is missing; and no file gets the number of the output.
  const Ended quiet =
      shell(program + analytic() + "--quiet --json " + path("a.json") + " 2>&1 >&-");
  EXPECT_EQ(quiet.code, 0) << quiet.text;
  EXPECT_THAT(read(path("a.json")), HasSubstr("holdfast/result/1"));
  EXPECT_EQ(shell(program + analytic() + "--quiet --json " + path("b.json") + " <&- >&- 2>&-").code,
            0);
  EXPECT_EQ(nlohmann::json::parse(read(path("b.json")))["schema"], "holdfast/result/1");
}

TEST_F(HostFaults, AnOutputOpenForReadingOnlyOrFullIsAFailure) {
  EXPECT_EQ(shell(program + "schema 2>&1 1< /dev/null").code, 1);
  const Ended full = shell(program + "schema 2>&1 > /dev/full");
  EXPECT_EQ(full.code, 1);
  EXPECT_THAT(full.text, HasSubstr("No space left"));
}

TEST_F(HostFaults, AReaderThatHasSeenEnoughIsNoFailure) {
  EXPECT_EQ(shell("bash -c \"set -o pipefail; " HOLDFAST_PROGRAM " schema | head -n 1\"").text,
            "{\n");
  EXPECT_EQ(shell("bash -c \"set -o pipefail; " HOLDFAST_PROGRAM " schema | true\"").code, 0);
}

TEST_F(HostFaults, APipeIsWrittenToItsReader) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  for (const std::string& delay : std::vector<std::string>{"0", "0.7"}) {
    const Ended ended =
        shell("(sleep " + delay + "; exec cat '" + path("pipe") + "') > '" + path("copy") + "' & " +
              program + analytic() + "--quiet --json '" + path("pipe") + "' && wait");
    EXPECT_EQ(ended.code, 0) << ended.text;
    EXPECT_EQ(nlohmann::json::parse(read(path("copy")))["schema"], "holdfast/result/1");
  }
  EXPECT_EQ(files(), "copy pipe small.json");
}

TEST_F(HostFaults, APipeWithoutAReaderDoesNotHang) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const auto start = std::chrono::steady_clock::now();
  const Ended ended = run(analytic() + "--json " + path("pipe") + " --csv " + path("a.csv"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{60});
  EXPECT_EQ(ended.code, 1) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("nobody reads this pipe; start its reader first"));
  // The other outputs are not lost with it.
  EXPECT_THAT(ended.text, HasSubstr("RS 2+2"));
  EXPECT_THAT(read(path("a.csv")), HasSubstr("RS 2+2"));
}

TEST_F(HostFaults, APipeWhoseReaderGoesAwayIsAFailure) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  // The page of this one is more than a pipe holds (64 KiB).
  const std::string shipped = HOLDFAST_SOURCE_DIR "/scenarios/regional_imaging_cloud.json";
  const Ended ended = shell("head -c 1 '" + path("pipe") + "' > /dev/null & " + program +
                            "compare '" + shipped + "' --method analytic --quiet --report '" +
                            path("pipe") + "' --csv '" + path("a.csv") + "' 2>&1");
  EXPECT_EQ(ended.code, 1) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("its reader went away"));
  EXPECT_THAT(read(path("a.csv")), HasSubstr("RS 6+3"));
}

TEST_F(HostFaults, ALimitOnFilesLeavesTheOldOneAndNoOther) {
  write("a.json", "old");
  const Ended ended = shell("ulimit -f 1; " + program + analytic() + "--quiet --json '" +
                            path("a.json") + "' 2>&1");
  EXPECT_EQ(ended.code, 1) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("a.json: File too large"));
  EXPECT_THAT(ended.text, HasSubstr("ulimit -f"));
  EXPECT_EQ(read(path("a.json")), "old");
  EXPECT_EQ(files(), "a.json small.json");
  const Ended out =
      shell("ulimit -f 1; " + program + "schema 2>'" + path("err") + "' > '" + path("out") + "'");
  EXPECT_EQ(out.code, 1);
  EXPECT_THAT(read(path("err")), HasSubstr("ulimit -f"));
}

TEST_F(HostFaults, ADrillAtTheLimitOfFilesSaysSo) {
  const Ended ended =
      shell("ulimit -f 1; " + program + "drill '" + scenario_ +
            "' --objects 4 --bytes 100000 --steps 2 --store '" + path("store") + "' 2>&1");
  EXPECT_EQ(ended.code, 1) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("File too large")) << ended.text;
}

TEST_F(HostFaults, EveryCommandReadsItsScenarioFromStandardInput) {
  const std::string shipped = std::string{HOLDFAST_SOURCE_DIR} + "/scenarios/";
  // Files that a scenario names are looked for in the current folder.
  const auto reads = [](const std::string& command, const std::string& file) {
    const Ended ended = shell("cd '" + fs::path{file}.parent_path().string() + "' && " + program +
                              command + " 2>&1 < '" + file + "'");
    EXPECT_EQ(ended.code, 0) << command << "\n" << ended.text;
    return ended.text;
  };
  EXPECT_THAT(reads("validate -", scenario_), HasSubstr("standard input: valid"));
  EXPECT_THAT(reads("compare - --method analytic --set mission='\"2 years\"'", scenario_),
              HasSubstr("for 2 years"));
  EXPECT_THAT(reads("explain - --strategy 'RS 2+2'", scenario_), HasSubstr("RS 2+2"));
  EXPECT_THAT(reads("drill - --objects 2 --bytes 100 --steps 3", scenario_), HasSubstr("passed"));
  EXPECT_THAT(reads("sweep - --method analytic --strategy 'RS 2+2' --vary mission='1 year,2 years'",
                    scenario_),
              HasSubstr("2 years"));
  EXPECT_THAT(reads("verify --scenario - --method analytic", scenario_), HasSubstr("rack"));
  EXPECT_THAT(reads("paths - --missions 4", shipped + "city_hospital_gateway.json"),
              HasSubstr("RAID"));
  EXPECT_THAT(reads("lifecycle - --method analytic", shipped + "hospital_hybrid_array.json"),
              HasSubstr("The copy over the line"));
  EXPECT_THAT(run("plan - --set search=1 < " + shipped + "plans/city_hospital.json").text,
              HasSubstr("--set search=1"));
  const std::string trace = write("trace.csv",
                                  "timestamp,unit,rack\n2020-03-01,a,1\n"
                                  "2020-07-09,c,1\n2021-02-11,d,2\n");
  EXPECT_THAT(reads("replay - --placements 2 --trace " + trace, scenario_), HasSubstr("RS 2+2"));
}

TEST_F(HostFaults, StandardInputIsAnInputLikeAnother) {
  const Ended piped = shell("cat '" + scenario_ + "' | " + program +
                            "compare - --method analytic --quiet --json '" + path("a.json") + "'");
  EXPECT_EQ(piped.code, 0) << piped.text;
  const auto piped_json = nlohmann::json::parse(read(path("a.json")));
  EXPECT_EQ(run(analytic() + "--quiet --json " + path("b.json")).code, 0);
  const auto named_json = nlohmann::json::parse(read(path("b.json")));
  EXPECT_EQ(piped_json["strategies"], named_json["strategies"]);
  EXPECT_EQ(piped_json["provenance"]["files"][0]["sha256"],
            named_json["provenance"]["files"][0]["sha256"]);
  // Faults have their lines, and no output replaces what is read.
  const std::string bad = write("bad.json", "{\n\"version\": 1,\n\"nam\": \"x\"\n}\n");
  const Ended faulty = run("validate - < " + bad);
  EXPECT_EQ(faulty.code, 3);
  EXPECT_THAT(faulty.text, HasSubstr("standard input:3: /nam: "));
  const Ended lost = run("compare - --method analytic --json " + scenario_ + " < " + scenario_);
  EXPECT_EQ(lost.code, 2) << lost.text;
  EXPECT_THAT(lost.text, HasSubstr("is the input (scenario)"));
  EXPECT_EQ(read(scenario_), cli_test::small_scenario());
  for (const std::string& nothing : std::vector<std::string>{"< /dev/null", "<&-"}) {
    const Ended empty = run("compare - " + nothing);
    EXPECT_EQ(empty.code, 3) << nothing;
    EXPECT_THAT(empty.text, HasSubstr("standard input: is empty")) << nothing;
  }
  const Ended folder = run("compare - < " + folder_.string());
  EXPECT_EQ(folder.code, 3);
  EXPECT_THAT(folder.text, HasSubstr("Is a directory"));
}

TEST_F(HostFaults, NamesThatNobodySeesAreRefusedWithTheirLine) {
  const std::string hidden = write("hidden.json",
                                   "{\n\"version\": 1,\n\"name\": \"mir\u202eror\",\n"
                                   "\"miss\u200bion\": \"1 year\"\n}\n");
  const Ended ended = run("validate " + hidden);
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.text, HasSubstr("hidden.json:3: the text has the invisible character U+202E "
                                    "(right-to-left override) behind 'mir'; delete it there"));
  EXPECT_THAT(ended.text, HasSubstr("hidden.json:4: the key has the invisible character U+200B"));
  EXPECT_EQ(run("validate " + scenario_ + " --set name='a\u200eb'").code, 3);
  const Ended meant = run("compare " + scenario_ + " --strategy 'RS 2\u200b+2'");
  EXPECT_EQ(meant.code, 2);
  EXPECT_THAT(meant.text, HasSubstr("there is no 'RS 2?+2'"));
  EXPECT_THAT(meant.text, HasSubstr("did you mean 'RS 2+2'?"));
}

TEST_F(HostFaults, APageIsNamedAsOne) {
  const Ended pdf = run(analytic() + "--report " + path("x.pdf"));
  EXPECT_EQ(pdf.code, 2) << pdf.text;
  EXPECT_THAT(pdf.text, HasSubstr("x.pdf: no .pdf is written there but .html; name it " +
                                  path("x.html") + ", and let a browser print that to PDF"));
  EXPECT_EQ(run("codes --svg " + path("x.png")).code, 2);
  EXPECT_EQ(files(), "small.json");
  EXPECT_EQ(run(analytic() + "--quiet --report " + path("page")).code, 0);
  EXPECT_EQ(run(analytic() + "--quiet --report " + path("x.HTML")).code, 0);
  EXPECT_EQ(run(analytic() + "--quiet --report /dev/null").code, 0);
}

}  // namespace
