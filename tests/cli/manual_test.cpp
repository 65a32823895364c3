// The manual and the completions of shells say what --help says, and the shells can read them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;
using cli_test::shell;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

bool is_there(const std::string& program) {
  return shell("command -v " + program + " > /dev/null 2>&1").code == 0;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '-' ? std::string{"\\-"} : std::string{c};
  return result;
}

class Manual : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_manual_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// The completions as a file of the shell that reads them.
  std::string script(const std::string& of) const {
    const Ended ended = run("completion " + of);
    EXPECT_EQ(ended.code, 0) << ended.text;
    std::ofstream{folder_ / of} << ended.text;
    return (folder_ / of).string();
  }
  /// What bash offers for the last of the words, each followed by a space.
  std::string bash(const std::string& words) const {
    const std::string line = "cd '" + folder_.string() + "'; source '" + script("bash") +
                             "'; COMP_WORDS=(" + words +
                             "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _holdfast; "
                             "printf \"%s \" \"${COMPREPLY[@]}\"";
    std::ofstream{folder_ / "line.sh"} << line << "\n";
    return shell("bash --norc '" + (folder_ / "line.sh").string() + "' 2>&1").text;
  }

  fs::path folder_;
};

TEST_F(Manual, KnowsEveryCommandAndOptionThatHelpKnows) {
  const std::string page = run("manual").text;
  const std::string bash = run("completion bash").text;
  const std::string zsh = run("completion zsh").text;
  const std::string fish = run("completion fish").text;
  std::size_t options = 0;
  for (const cli::Command& command : cli::all_commands()) {
    if (command.run == nullptr) continue;
    const std::string name{command.name};
    const std::string help = run(name + " --help").text;
    const std::size_t section = page.find(".SS " + name + "\n");
    ASSERT_NE(section, std::string::npos) << name;
    const std::string about = page.substr(section, page.find(".SS ", section + 1) - section);
    const auto lines = cli::options_of(command);
    for (const cli::OptionLine& line : lines) {
      EXPECT_THAT(help, HasSubstr(line.name)) << name;
      EXPECT_THAT(about, HasSubstr(escaped(line.name))) << name;
      if (line.input) continue;
      ++options;
      EXPECT_THAT(bash, HasSubstr(line.name)) << name;
      EXPECT_THAT(zsh, HasSubstr("'" + std::string{line.repeatable ? "*" : ""} + line.name + "["));
      EXPECT_THAT(
          fish, HasSubstr("'__fish_seen_subcommand_from " + name + "' -l " + line.name.substr(2)));
    }
    // Likewise the other way round: no option of the help is missing.
    for (std::size_t at = help.find("\n  "); at != std::string::npos;
         at = help.find("\n  ", at + 1)) {
      std::size_t begin = help.find_first_not_of(" \n", at);
      if (begin == std::string::npos) break;
      std::string word = help.substr(begin, help.find_first_of(" \n,", begin) - begin);
      if (word == "-h") word = "--help";
      if (!word.starts_with("--")) continue;
      const auto same = [&word](const cli::OptionLine& line) { return line.name == word; };
      EXPECT_TRUE(std::ranges::any_of(lines, same)) << name << " " << word;
    }
  }
  EXPECT_GT(options, 100U);
}

TEST_F(Manual, IsAPageThatGroffReadsWithoutAWarning) {
  if (!is_there("groff")) GTEST_SKIP() << "no groff";
  const std::string page = (folder_ / "holdfast.1").string();
  ASSERT_EQ(run("manual > '" + page + "'").code, 0);
  EXPECT_EQ(shell("groff -man -ww -z -Tutf8 '" + page + "' 2>&1").text, "");
  const std::string shown = shell("groff -man -Tascii '" + page + "' | sed 's/.\\x08//g'").text;
  EXPECT_THAT(shown, HasSubstr("--precision P"));
  EXPECT_THAT(shown, HasSubstr("EXIT STATUS"));
  EXPECT_THAT(shown, HasSubstr("holdfast sweep my.json --vary failures.disk.lifetime='1 %/year:"));
}

TEST_F(Manual, BashCompletesCommandsOptionsValuesAndFiles) {
  if (!is_there("bash")) GTEST_SKIP() << "no bash";
  std::ofstream{folder_ / "my scenario.json"} << "{}";
  EXPECT_EQ(bash("holdfast comp"), "compare completion ");
  EXPECT_THAT(bash("holdfast ''"), HasSubstr("validate "));
  EXPECT_EQ(bash("holdfast compare --prec"), "--precision ");
  EXPECT_EQ(bash("holdfast compare x.json --method an"), "analytic ");
  EXPECT_EQ(bash("holdfast compare my"), "my scenario.json ");
  EXPECT_EQ(bash("holdfast compare x.json --json my"), "my scenario.json ");
  EXPECT_EQ(bash("holdfast completion z"), "zsh ");
  EXPECT_THAT(bash("holdfast verify stor"), HasSubstr("storj"));
  EXPECT_EQ(bash("holdfast examples hospital_c"), "hospital_cold_archive ");
  EXPECT_THAT(bash("holdfast sweep x.json --metric durab"), HasSubstr("durability_nines "));
  // A number is the user's own; an option of another command is none.
  EXPECT_EQ(bash("holdfast compare x.json --seed ''"), " ");
  EXPECT_EQ(bash("holdfast validate --prec"), " ");
}

TEST_F(Manual, ZshCompletes) {
  if (!is_there("zsh")) GTEST_SKIP() << "no zsh";
  std::ofstream{folder_ / "_holdfast"} << run("completion zsh").text;
  EXPECT_EQ(shell("zsh -n '" + (folder_ / "_holdfast").string() + "' 2>&1").text, "");
  // A shell of its own on a terminal, in which the keys are typed.
  std::ofstream{folder_ / "try.zsh"} << R"zsh(
zmodload zsh/zpty
cd $1
zpty shell zsh -f -i
zpty -w shell 'PS1="READY> "; fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; bindkey "^I" complete-word'
sleep $2
zpty -w -n shell $'holdfast compare --prec\t'
sleep $2
zpty -w -n shell $'\C-u: holdfast; holdfast valid\t'
sleep $2
zpty -r shell text '*holdfast validate*' && print -r -- "$text"
zpty -d shell
)zsh";
  // A busy machine takes its time over a key.
  std::string text;
  for (const char* pause : {"1", "4", "12"}) {
    text = shell("timeout 60 zsh -f '" + (folder_ / "try.zsh").string() + "' '" + folder_.string() +
                 "' " + pause + " 2>&1")
               .text;
    const auto has = [&text](const char* part) { return text.find(part) != std::string::npos; };
    if (has("holdfast compare --precision") && has("holdfast validate")) break;
  }
  EXPECT_THAT(text, HasSubstr("holdfast compare --precision"));
  EXPECT_THAT(text, HasSubstr("holdfast validate"));
}

TEST_F(Manual, FishCompletes) {
  if (!is_there("fish")) GTEST_SKIP() << "no fish";
  const auto fish = [this](const std::string& words) {
    return shell("cd '" + folder_.string() + "'; HOME='" + folder_.string() +
                 "' fish --no-config -c 'source fish; complete -C \"" + words + "\"' 2>&1")
        .text;
  };
  script("fish");
  EXPECT_THAT(fish("holdfast comp"), HasSubstr("compare\t"));
  EXPECT_THAT(fish("holdfast compare --prec"), HasSubstr("--precision\t"));
  EXPECT_THAT(fish("holdfast compare x.json --method ana"), StartsWith("analytic\t"));
  EXPECT_THAT(fish("holdfast validate --prec"), Not(HasSubstr("--precision")));
}

TEST_F(Manual, CompletionsOfAnotherShellAreRefused) {
  const Ended ended = run("completion csh");
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.text, HasSubstr("bash, zsh and fish"));
}

}  // namespace
