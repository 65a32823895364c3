#include "models/policy/cold_data_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "sim/quantity.h"

namespace models::policy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// 10 MB a day.
ColdRule rule() {
  return {.every = sim::days(1),
          .unmodified_for = sim::days(180),
          .accesses_at_most = 1,
          .counted_over = sim::days(90),
          .reheat_from = 3,
          .rate = {10e6 / sim::day.value}};
}

constexpr Bytes mb{1e6};

TEST(ColdDataScan, AFileIsColdOnceItHasRestedAndIsHardlyRead) {
  const ColdDataScan scan(rule());
  const FileFact rested{.id = 1, .size = mb, .modified = {}, .accesses = 1};
  EXPECT_TRUE(scan.is_cold(rested, sim::days(180)));
  EXPECT_FALSE(scan.is_cold(rested, sim::days(179.9)));
  FileFact read = rested;
  read.accesses = 2;
  EXPECT_FALSE(scan.is_cold(read, sim::days(400)));
}

TEST(ColdDataScan, BetweenTheThresholdsAFileStaysAsItIs) {
  const ColdDataScan scan(rule());
  FileFact file{.id = 1, .size = mb, .modified = {}, .accesses = 2, .form = Form::cold};
  EXPECT_FALSE(scan.is_hot_again(file));
  file.accesses = 3;
  EXPECT_TRUE(scan.is_hot_again(file));
  file.form = Form::moving;
  EXPECT_FALSE(scan.is_hot_again(file));
}

TEST(ColdDataScan, HeatsFirstThenTakesTheLongestAtRest) {
  const ColdDataScan scan(rule());
  const std::vector<FileFact> files{
      {.id = 0, .size = 4 * mb, .modified = sim::days(20), .accesses = 0},
      {.id = 1, .size = 4 * mb, .modified = sim::days(10), .accesses = 0},
      {.id = 2, .size = 4 * mb, .modified = sim::days(30), .accesses = 9, .form = Form::cold}};
  ColdDataScan::Memory memory;
  ColdDataScan::Actions actions;
  scan.decide(memory, sim::days(300), files, actions);
  EXPECT_THAT(actions.reheat, ElementsAre(2U));
  EXPECT_THAT(actions.convert, ElementsAre(1U, 0U));
  EXPECT_EQ(actions.postponed, 0U);
  EXPECT_EQ(actions.wake_at, sim::days(301));
}

TEST(ColdDataScan, ReleasesNoMoreThanTheRateMovesAndPaysALargeFileOff) {
  const ColdDataScan scan(rule());
  const std::vector<FileFact> files{{.id = 0, .size = 25 * mb, .modified = {}, .accesses = 0},
                                    {.id = 1, .size = mb, .modified = sim::days(1), .accesses = 0}};
  ColdDataScan::Memory memory;
  ColdDataScan::Actions actions;
  scan.decide(memory, sim::days(300), files, actions);
  EXPECT_THAT(actions.convert, ElementsAre(0U));
  EXPECT_EQ(actions.postponed, 1U);
  // 10 - 25 = -15, then -5, then 5 MB: the third scan has room again.
  const std::vector<FileFact> rest{files[1]};
  scan.decide(memory, sim::days(301), rest, actions);
  EXPECT_THAT(actions.convert, IsEmpty());
  scan.decide(memory, sim::days(302), rest, actions);
  EXPECT_THAT(actions.convert, ElementsAre(1U));
}

TEST(ColdDataScan, DoesNothingBeforeItsHour) {
  const ColdDataScan scan(rule());
  const std::vector<FileFact> files{{.id = 0, .size = mb, .modified = {}, .accesses = 0}};
  ColdDataScan::Memory memory{.next = sim::days(300)};
  ColdDataScan::Actions actions;
  scan.decide(memory, sim::days(299), files, actions);
  EXPECT_THAT(actions.convert, IsEmpty());
  EXPECT_EQ(actions.wake_at, sim::days(300));
}

}  // namespace
}  // namespace models::policy
