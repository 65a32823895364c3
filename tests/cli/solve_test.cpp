// The value of an input at which a target is met, by the program as people run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/run_program.h"

namespace {

using cli_test::Ended;
using cli_test::run;
using ::testing::HasSubstr;

const std::string pair = HOLDFAST_SOURCE_DIR "/docs/exercises/01-mirrored-pair.json";
const std::string sought = "solve " + pair + " --method analytic ";

TEST(SolveCommand, FindsTheRateOfAPairByItsFormula) {
  // 2 lambda^2 / mu with mu = 365.25 a year: 1e-6 at 1.351 %/year, and 0.3 % less in the first
  // year.
  const Ended ended = run(sought +
                          "--for failures.disk.lifetime --target "
                          "'annual_loss_probability <= 1e-6' --json - --quiet");
  ASSERT_EQ(ended.code, 0) << ended.text;
  const auto json = nlohmann::json::parse(ended.text);
  EXPECT_EQ(json["schema"], "holdfast/solve/1");
  const double meets = json["answer"]["meets"]["number"].get<double>();
  const double fails = json["answer"]["fails"]["number"].get<double>();
  EXPECT_LT(meets, 1.354);
  EXPECT_GT(fails, 1.351);
  EXPECT_LT(fails / meets, 1.051);
  EXPECT_EQ(json["answer"]["monotone"], true);
  EXPECT_THAT(json["answer"]["meets"]["value"].get<std::string>(), HasSubstr(" %/year"));
}

TEST(SolveCommand, TellsWhatIsWrongAllAtOnce) {
  const Ended none = run("solve " + pair);
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.text, HasSubstr("--for PATH"));
  EXPECT_THAT(none.text, HasSubstr("--target 'METRIC OP VALUE'"));
  const Ended wrong = run(sought + "--for failures.disk --target 'durability_nine >= 3'");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.text, HasSubstr("did you mean 'durability_nines'?"));
  const Ended object = run(sought + "--for failures.disk --target 'durability_nines >= 3'");
  EXPECT_EQ(object.code, 2);
  EXPECT_THAT(object.text, HasSubstr("numbers in it: lifetime"));
}

TEST(SolveCommand, SaysThatEveryValueMeetsIt) {
  const Ended ended = run(sought +
                          "--for failures.disk.lifetime --between '0.01 %/year:1 %/year' "
                          "--target 'durability_nines >= 3'");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("holds for every value of failures.disk.lifetime"));
}

TEST(SolveCommand, AsksWhichOfSeveralStrategies) {
  const Ended ended = run("solve " HOLDFAST_SOURCE_DIR
                          "/docs/exercises/04-copies-or-code.json --for "
                          "failures.disk.lifetime --target 'durability_nines >= 3'");
  EXPECT_EQ(ended.code, 2);
  EXPECT_THAT(ended.text, HasSubstr("'two copies', 'RS 4+4'"));
}

}  // namespace
