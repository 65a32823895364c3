#include "models/policy/snapshot_schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "sim/quantity.h"

namespace models::policy {
namespace {

using sim::days;
using sim::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(SnapshotScheduler, TakesOneEachPeriodAndSaysWhenTheNextIsDue) {
  const SnapshotScheduler scheduler({.every = hours(6), .keep = {}});
  SnapshotScheduler::Memory memory;
  SnapshotScheduler::Actions actions;
  scheduler.decide(memory, hours(6), {}, actions);
  EXPECT_TRUE(actions.take);
  EXPECT_EQ(actions.wake_at, hours(12));
  scheduler.decide(memory, hours(11), {}, actions);
  EXPECT_FALSE(actions.take);
}

// Every 6 h for a day, one a day for a week: played by hand.
TEST(SnapshotScheduler, KeepsTheFirstOfEachDayWhenTheOthersGo) {
  const SnapshotScheduler scheduler(
      {.every = hours(6), .keep = {{hours(6), days(1)}, {days(1), days(7)}}});
  SnapshotScheduler::Memory memory;
  std::vector<Snapshot> there;
  for (int i = 0; i <= 40; ++i) {  // ten days
    SnapshotScheduler::Actions actions;
    const Seconds now = hours(6.0 * i);
    scheduler.decide(memory, now, there, actions);
    if (actions.take) there.push_back({static_cast<std::uint32_t>(i), now});
    std::erase_if(there, [&](const Snapshot& snapshot) {
      return std::ranges::find(actions.drop, snapshot.id) != actions.drop.end();
    });
  }
  std::vector<std::uint32_t> ids;
  for (const Snapshot& snapshot : there) ids.push_back(snapshot.id);
  EXPECT_THAT(ids, ElementsAre(12U, 16U, 20U, 24U, 28U, 32U, 36U, 37U, 38U, 39U, 40U));
}

TEST(SnapshotScheduler, NeverKeepsMoreThanTheArrayCan) {
  const SnapshotScheduler scheduler({.every = hours(1), .keep = {}, .most = most_snapshots});
  std::vector<Snapshot> there;
  SnapshotScheduler::Memory memory;
  SnapshotScheduler::Actions actions;
  for (std::uint32_t i = 0; i < 300; ++i) {
    scheduler.decide(memory, hours(i), there, actions);
    there.push_back({i, hours(i)});
    std::erase_if(there, [&](const Snapshot& snapshot) {
      return std::ranges::find(actions.drop, snapshot.id) != actions.drop.end();
    });
  }
  EXPECT_THAT(there, SizeIs(256));
  EXPECT_EQ(there.front().id, 44U);
}

TEST(CopyScheduler, SendsTheOldestThatIsNotThere) {
  const CopyScheduler scheduler;
  CopyScheduler::Actions actions;
  const std::vector<CopyFact> facts{{3, true}, {4, false}, {5, false}};
  scheduler.decide(hours(1), facts, actions);
  EXPECT_EQ(actions.send, 4U);
}

TEST(CopyScheduler, WaitsForTheHoursOfTheLine) {
  const CopyScheduler night({.from = hours(20), .to = hours(6)});
  CopyScheduler::Actions actions;
  const std::vector<CopyFact> facts{{4, false}};
  night.decide(days(3) + hours(12), facts, actions);
  EXPECT_FALSE(actions.send);
  EXPECT_EQ(actions.wake_at, days(3) + hours(20));
  night.decide(days(3) + hours(21), facts, actions);
  EXPECT_EQ(actions.send, 4U);
  EXPECT_EQ(actions.wake_at, days(4) + hours(6));
  night.decide(days(3) + hours(5), facts, actions);
  EXPECT_TRUE(actions.send);
}

TEST(RestoreOrder, GoesFromTheOldestOn) {
  const std::vector<std::uint8_t> applied{1, 0, 0};
  EXPECT_EQ(next_restore(applied), 1U);
  EXPECT_FALSE(next_restore(std::vector<std::uint8_t>{1, 1}));
}

}  // namespace
}  // namespace models::policy
