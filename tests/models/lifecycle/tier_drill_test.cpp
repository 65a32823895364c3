#include "models/lifecycle/tier_drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/quantity.h"

namespace models::lifecycle {
namespace {

using sim::days;
using ::testing::IsEmpty;

constexpr Seconds expires = days(300);

policy::LifecycleRule product() {
  return policy::LifecycleRule({.steps = {{1, days(30), {}}, {2, days(90), {}}},
                                .minimum = {{}, days(30), days(90)},
                                .evict_after = days(20),
                                .expire_after = expires});
}

TierDrill drill() { return {.round = days(10), .rounds = 34}; }

TierPolicies with(policy::LifecycleRule rule) {
  return {.rule = [rule](Seconds now, std::span<const policy::ObjectFact> objects,
                         policy::LifecycleRule::Actions& actions) {
    rule.decide(now, objects, actions);
  }};
}

TEST(TierDrill, ObjectsStayReadableOnTheirWayThroughTheClasses) {
  const DrillReport report = drill_tiers(drill(), "classes", expires, with(product()));
  EXPECT_THAT(report.violations, IsEmpty());
  EXPECT_TRUE(report.passed());
  EXPECT_GT(report.crashes, 20U);
}

TEST(TierDrill, FindsARuleThatDropsTheLastCopy) {
  TierPolicies policies;
  policies.rule = [](Seconds now, std::span<const policy::ObjectFact> objects,
                     policy::LifecycleRule::Actions& actions) {
    product().decide(now, objects, actions);
    // Off the disks by age alone, and before the upload that a crash may put off.
    for (const policy::ObjectFact& object : objects) {
      if (now - object.created < days(20) && !object.in_cloud) {
        actions.evict.push_back(object.id);
        actions.upload.clear();
      }
    }
  };
  EXPECT_GT(drill_tiers(drill(), "last copy", expires, policies).violation_count, 0U);
}

TEST(TierDrill, FindsAClassLeftBeforeTheNextHasTheObject) {
  TierPolicies policies = with(product());
  policies.move = [](const MoveFacts& facts) {
    if (facts.source[0] != PieceState::absent) return MoveAction{MoveStep::remove_source, 0};
    return next_move(facts);
  };
  EXPECT_GT(drill_tiers(drill(), "left first", expires, policies).violation_count, 0U);
}

TEST(TierDrill, FindsObjectsThatExpireEarly) {
  const policy::LifecycleRule early({.steps = {}, .minimum = {}, .expire_after = days(200)});
  EXPECT_GT(drill_tiers(drill(), "early", expires, with(early)).violation_count, 0U);
}

}  // namespace
}  // namespace models::lifecycle
