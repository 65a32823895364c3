#include "reports/drill_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/words/display_width.h"

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

TEST(DrillText, TellsTheFailoverAndTheMovesWithinThePage) {
  models::paths::FailoverDrill failover{.strategies = {"a"}, .engines = 4, .legs = 2, .result = {}};
  failover.result.steps = 50'000;
  failover.result.writes = 1'000'000'000;
  failover.result.acknowledged = 500'000'000;
  failover.result.crashes = 123'456;
  failover.result.bytes_compared = 123'456'789'012;
  failover.result.violation_count = 1;
  failover.result.failure = MirrorFailure{3,
                                          {{MirrorStepKind::copy, 0, 0}},
                                          {},
                                          {"after step 1: a leg that is current has other bytes"}};
  models::lifecycle::DrillReport moved;
  moved.name = "replicas to shards";
  moved.courses = 10;
  const std::string text = reports::failover_text({failover}) +
                           reports::failover_failure_text(failover) + reports::moves_text({moved});
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(reports::display_width(line), 80U) << line;
  }
  EXPECT_THAT(text, HasSubstr("4, 2"));
  EXPECT_THAT(text, HasSubstr("50 %  FAILED"));
  EXPECT_THAT(text, HasSubstr("mission 3 fails; of its 1 steps 0 suffice"));
  EXPECT_THAT(text, HasSubstr("passed"));
  EXPECT_TRUE(reports::failover_text({}).empty());
  EXPECT_TRUE(reports::moves_text({}).empty());
}

}  // namespace
