#include "reports/drill_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/display_width.h"

namespace {

using ::testing::HasSubstr;
using namespace models::drill;

DrillResult strategies(std::initializer_list<const char*> names) {
  DrillResult result;
  for (const char* name : names) {
    StrategyResult one;
    one.drill.name = name;
    one.drill.missions = 1;
    one.drill.steps = 30;
    one.drill.bytes_verified = 123'456'789;
    one.drill.work.verify_s = 0.1;
    result.strategies.push_back(one);
  }
  return result;
}

TEST(DrillText, NamesThatDifferAtTheirEndsStayApartAndFitThePage) {
  const std::string text = reports::drill_text(
      strategies({"CSA2012, RAID-6", "CSA2012, RAID-5", "镜像 RAID-6 两台阵列",
                  "a name that is much too long for one column of the table", "RS 6+3", "RS 10+4"}),
      {});
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(reports::display_width(line), 80U) << line;
  }
  EXPECT_THAT(text, HasSubstr("    CSA2012,    CSA2012,"));
  EXPECT_THAT(text, HasSubstr("      RAID-6      RAID-5"));
}

TEST(DrillText, TellsTheRateOfVerifiedBytesAndThatLossesAreThosePredicted) {
  DrillResult result = strategies({"RS 6+3"});
  result.strategies[0].drill.objects_lost_predicted = 3;
  result.strategies[0].drill.objects_lost_seen = 3;
  const std::string text = reports::drill_text(result, {});
  EXPECT_THAT(text, HasSubstr("1.23"));
  EXPECT_THAT(text, HasSubstr("3 = 3  passed"));
}

}  // namespace
