#include "models/sweep/axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace models::sweep {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<std::string> values(std::string_view words) {
  const ParsedAxis parsed = parse_axis(words);
  EXPECT_EQ(parsed.fault, "") << words;
  return parsed.axis.values;
}

TEST(Axis, NumbersAreSpacedEvenlyOrInTheLogarithm) {
  EXPECT_EQ(parse_axis("a.b=1:2:2").axis.path, "a.b");
  EXPECT_THAT(values("a=1:4:4"), ElementsAre("1", "2", "3", "4"));
  EXPECT_THAT(values("a=0.1:0.3:3"), ElementsAre("0.1", "0.2", "0.3"));
  EXPECT_THAT(values("a=1:1000:4:log"), ElementsAre("1", "10", "100", "1000"));
  EXPECT_THAT(values("a=5:1:3"), ElementsAre("5", "3", "1"));
}

TEST(Axis, QuantitiesKeepTheUnitOfTheFirstEnd) {
  EXPECT_THAT(values("a=1 %/year:5 %/year:5"),
              ElementsAre("1 %/year", "2 %/year", "3 %/year", "4 %/year", "5 %/year"));
  EXPECT_THAT(values("a=100 MB/s : 1 GB/s : 2"), ElementsAre("100 MB/s", "1000 MB/s"));
  EXPECT_THAT(values("a=1 h:1 day:3:log"), ElementsAre("1 h", "4.89897948557 h", "24 h"));
}

TEST(Axis, AListTakesValuesAsTheyAre) {
  EXPECT_THAT(values("a=15 min,1 h, 1 day"), ElementsAre("15 min", "1 h", "1 day"));
  EXPECT_THAT(values("a=3"), ElementsAre("3"));
  EXPECT_THAT(
      values(R"(a={"kind": "fixed", "time": "1 h"},{"kind": "exponential", "mean": "1 h"})"),
      SizeIs(2));
  EXPECT_THAT(values(R"(a="x,y:z",w)"), ElementsAre("\"x,y:z\"", "w"));
}

TEST(Axis, WrongWordsAreToldWithARemedy) {
  const auto fault = [](std::string_view words) { return parse_axis(words).fault; };
  EXPECT_THAT(fault("a"), HasSubstr("path=values"));
  EXPECT_THAT(fault("=1:2:3"), HasSubstr("path=values"));
  EXPECT_THAT(fault("a="), HasSubstr("path=values"));
  EXPECT_THAT(fault("a=1:2:1"), HasSubstr("2 to 100000"));
  EXPECT_THAT(fault("a=1:2:100001"), HasSubstr("2 to 100000"));
  EXPECT_THAT(fault("a=1:2:2.5"), HasSubstr("2 to 100000"));
  EXPECT_THAT(fault("a=1:2:3:cubic"), HasSubstr("from:to:number:log"));
  EXPECT_THAT(fault("a=1:2:3:log:4"), HasSubstr("from:to:number:log"));
  EXPECT_THAT(fault("a=0:2:3:log"), HasSubstr("above 0"));
  EXPECT_THAT(fault("a=1:5 %/year:3"), HasSubstr("'1' and '5 %/year'"));
  EXPECT_THAT(fault("a=1 h:5 MB/s:3"), HasSubstr("of one kind"));
  EXPECT_THAT(fault("a=1,,2"), HasSubstr("empty"));
}

}  // namespace
}  // namespace models::sweep
