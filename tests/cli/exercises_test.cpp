// The answers of docs/exercises, by the program as a student runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <regex>
#include <string>
#include <vector>

#include "tests/cli/run_program.h"

namespace {

namespace fs = std::filesystem;
using cli_test::Ended;
using cli_test::run;

const std::string folder = HOLDFAST_SOURCE_DIR "/docs/exercises/";

struct Answer {
  std::string exercise;
  std::string options;
  std::string strategy;
  std::string metric;
  double value;      ///< worked out by hand, in the text of the exercise
  double tolerance;  ///< relative
};

void PrintTo(const Answer& answer, std::ostream* out) {
  *out << answer.exercise << " " << answer.strategy << " " << answer.options;
}

double figure(const nlohmann::json& result, const Answer& answer) {
  for (const auto& strategy : result["strategies"]) {
    if (strategy["name"] != answer.strategy) continue;
    const auto* at = &strategy["metrics"];
    std::string rest = answer.metric;
    for (std::size_t dot = rest.find('.'); dot != std::string::npos; dot = rest.find('.')) {
      at = &(*at)[rest.substr(0, dot)];
      rest = rest.substr(dot + 1);
    }
    return (*at)[rest]["value"].get<double>();
  }
  ADD_FAILURE() << "no strategy " << answer.strategy;
  return 0;
}

class Exercise : public ::testing::TestWithParam<Answer> {};

TEST_P(Exercise, HasTheAnswerThatItsTextTells) {
  const Answer& answer = GetParam();
  const Ended ended = run("compare " + folder + answer.exercise + ".json --json - --quiet " +
                          answer.options + " --strategy '" + answer.strategy + "' 2> /dev/null");
  ASSERT_EQ(ended.code, 0) << ended.text;
  const double value = figure(nlohmann::json::parse(ended.text), answer);
  EXPECT_NEAR(value, answer.value, answer.tolerance * answer.value);
}

const std::string chain = "--method analytic";
const std::string loss = "annual_loss_probability";

INSTANTIATE_TEST_SUITE_P(
    All, Exercise,
    ::testing::Values(
        Answer{"01-mirrored-pair", chain, "pair", loss, 1 / 114178.0, 0.005},
        Answer{"02-a-thousand-pairs", chain, "pairs", loss, 1000 / 114178.0, 0.01},
        Answer{"03-units-of-failure", chain, "pair", loss, 6.73e-8, 0.005},
        Answer{"04-copies-or-code", chain, "RS 4+4", loss, 1.6e-15, 0.02},
        Answer{"05-one-disk-or-all", "--method direct --replicates 0:1024", "onto one disk",
               "rebuild_hours_per_tb.p50", 1e12 / 100e6 / 3600, 0.001},
        Answer{"05-one-disk-or-all", "", "all over", loss, 2.7e-7, 0.2},
        Answer{"06-detection", "--set repair.detection='0 s'", "RS 4+2", loss, 1.5e-7, 0.2},
        Answer{"06-detection", "--set repair.detection='4 h'", "RS 4+2", loss, 1.09e-5, 0.2},
        Answer{"07-racks", "", "one a rack", loss, 7.3e-8, 0.3},
        Answer{"08-latent-errors", "", "pair", loss, 1.67e-4, 0.2},
        Answer{"08-latent-errors", "--set failures.disk.latent.defects='0 %/year'", "pair", loss,
               8.73e-6, 0.2},
        Answer{"09-available", "", "two copies", "data_unavailability", 1e-4, 0.05},
        Answer{"10-eleven-nines", chain, "RS 17+3", "durability_nines", 10.55, 0.001}));

TEST(Exercises, AreTenEachWithItsSystemAndItsOutput) {
  int pages = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& page = entry.path();
    if (page.extension() != ".md" || page.filename() == "README.md") continue;
    ++pages;
    fs::path system = page;
    EXPECT_EQ(run("validate " + system.replace_extension(".json").string()).code, 0) << page;
    std::ifstream file(page);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_TRUE(std::regex_search(text, std::regex("-->\n```\n[^`]+```\n<!-- output: end")))
        << page;
  }
  EXPECT_EQ(pages, 10);
}

}  // namespace
