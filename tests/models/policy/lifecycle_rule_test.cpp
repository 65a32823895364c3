#include "models/policy/lifecycle_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "sim/quantity.h"

namespace models::policy {
namespace {

using sim::days;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

LifecycleSettings settings() {
  return {.steps = {{1, days(30), {}}, {2, days(180), days(90)}},
          .minimum = {{}, days(30), days(90)},
          .evict_after = days(60),
          .expire_after = days(5479)};
}

LifecycleRule::Actions ask(Seconds now, const ObjectFact& object) {
  LifecycleRule::Actions actions;
  LifecycleRule(settings()).decide(now, std::vector<ObjectFact>{object}, actions);
  return actions;
}

TEST(LifecycleRule, ObjectsGoDownByAgeAndOnlyIfUnread) {
  EXPECT_THAT(ask(days(29), {.id = 7}).moves, IsEmpty());
  EXPECT_THAT(ask(days(30), {.id = 7}).moves, ElementsAre(LifecycleRule::Move{7, 1}));
  const ObjectFact read{.id = 7, .last_access = days(150), .storage_class = 1, .entered = days(30)};
  EXPECT_THAT(ask(days(200), read).moves, IsEmpty());
  EXPECT_THAT(ask(days(240), read).moves, ElementsAre(LifecycleRule::Move{7, 2}));
}

TEST(LifecycleRule, WaitsOutTheMinimumStayOfAClass) {
  const ObjectFact late{.id = 7, .storage_class = 1, .entered = days(170)};
  EXPECT_THAT(ask(days(190), late).moves, IsEmpty());
  EXPECT_THAT(ask(days(200), late).moves, ElementsAre(LifecycleRule::Move{7, 2}));
}

TEST(LifecycleRule, NeverTakesTheLastCopy) {
  const ObjectFact only_here{.id = 7, .in_cloud = false, .on_disk = true};
  const LifecycleRule::Actions actions = ask(days(300), only_here);
  EXPECT_THAT(actions.evict, IsEmpty());
  EXPECT_THAT(actions.upload, ElementsAre(7U));
  const ObjectFact both{.id = 7, .in_cloud = true, .on_disk = true};
  EXPECT_THAT(ask(days(300), both).evict, ElementsAre(7U));
}

TEST(LifecycleRule, DeletesWhatHasExpired) {
  EXPECT_THAT(ask(days(5479), {.id = 7}).expire, ElementsAre(7U));
}

}  // namespace
}  // namespace models::policy
