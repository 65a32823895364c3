#include "models/gateway/failover_controller.h"

#include <gtest/gtest.h>

namespace models::gateway {
namespace {

constexpr LegSet both = 3;
const FailoverController controller{Arbitration::third_place, both, {5}};

Memory engine(EngineId self, LegSet current = both) {
  Memory memory;
  memory.self = self;
  memory.charter = {.generation = 1, .holder = 0, .current = current};
  if (self == 0) {
    memory.role = Role::primary;
    memory.serving = true;
  }
  return memory;
}

template <class T>
const T* only(const Actions& actions) {
  return actions.size() == 1 ? std::get_if<T>(&actions.front()) : nullptr;
}

TEST(FailoverController, AWriteIsAcknowledgedOnEveryCurrentLegOnly) {
  const Memory primary = engine(0);
  EXPECT_TRUE(controller.may_acknowledge(primary, both));
  EXPECT_FALSE(controller.may_acknowledge(primary, leg_bit(0)));
  EXPECT_FALSE(controller.may_acknowledge(engine(1), both));
  EXPECT_TRUE(controller.may_acknowledge(engine(0, leg_bit(1)), leg_bit(1)));
}

TEST(FailoverController, ASilentLegIsGivenUpOnlyWhenTheTieBreakerAgrees) {
  Memory primary = engine(0);
  const auto asked = controller.decide(primary, PathDown{1}, {});
  const auto* proposal = only<Propose>(asked);
  ASSERT_NE(proposal, nullptr);
  EXPECT_EQ(proposal->next, (Charter{2, 0, leg_bit(0)}));
  EXPECT_FALSE(controller.may_acknowledge(primary, leg_bit(0)));
  const auto granted =
      controller.decide(primary, Quorum{Quorum::Answer::granted, proposal->next}, {});
  ASSERT_NE(only<Detach>(granted), nullptr);
  EXPECT_TRUE(controller.may_acknowledge(primary, leg_bit(0)));
}

TEST(FailoverController, TheLastLegIsNeverGivenUp) {
  Memory primary = engine(0, leg_bit(0));
  EXPECT_TRUE(controller.decide(primary, PathDown{0}, {}).empty());
  EXPECT_EQ(primary.charter.current, leg_bit(0));
}

TEST(FailoverController, ATakeoverAsksThenFencesThenServes) {
  Memory second = engine(1);
  const auto asked = controller.decide(second, Missed{0}, {});
  const auto* proposal = only<Propose>(asked);
  ASSERT_NE(proposal, nullptr);
  EXPECT_EQ(proposal->next, (Charter{2, 1, both}));
  const auto granted =
      controller.decide(second, Quorum{Quorum::Answer::granted, proposal->next}, {});
  ASSERT_NE(only<Fence>(granted), nullptr);
  EXPECT_FALSE(second.serving);
  const auto fenced = controller.decide(second, Fenced{}, {});
  ASSERT_EQ(fenced.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<Reconcile>(fenced[0]));
  EXPECT_TRUE(std::holds_alternative<Promote>(fenced[1]));
  EXPECT_TRUE(std::holds_alternative<Switch>(fenced[2]));
}

TEST(FailoverController, ATakeoverFirstGivesUpALegThatIsOutOfReach) {
  Memory second = engine(1);
  controller.decide(second, PathDown{0}, {});
  controller.decide(second, Missed{0}, {});
  controller.decide(second, Quorum{Quorum::Answer::granted, {2, 1, both}}, {});
  const auto fenced = controller.decide(second, Fenced{}, {});
  const auto* proposal = only<Propose>(fenced);
  ASSERT_NE(proposal, nullptr);
  EXPECT_EQ(proposal->next.current, leg_bit(1));
  EXPECT_FALSE(second.serving);
}

TEST(FailoverController, OnlyTheHolderIsTakenOver) {
  Memory second = engine(1);
  EXPECT_TRUE(controller.decide(second, Missed{2}, {}).empty());
}

TEST(FailoverController, APrimaryThatIsDeniedStops) {
  Memory primary = engine(0);
  controller.decide(primary, PathDown{1}, {});
  const auto denied =
      controller.decide(primary, Quorum{Quorum::Answer::denied, {2, 1, leg_bit(1)}}, {});
  ASSERT_NE(only<Stop>(denied), nullptr);
  EXPECT_EQ(primary.role, Role::follower);
  EXPECT_FALSE(controller.may_acknowledge(primary, both));
}

TEST(FailoverController, WithoutAnAnswerItWaitsAndAcknowledgesNothing) {
  Memory primary = engine(0);
  controller.decide(primary, PathDown{1}, {});
  const auto silent = controller.decide(primary, Quorum{Quorum::Answer::silent, {}}, {100});
  const auto* wake = only<WakeAt>(silent);
  ASSERT_NE(wake, nullptr);
  EXPECT_EQ(wake->time.value, 105);
  EXPECT_FALSE(controller.may_acknowledge(primary, leg_bit(0)));
  EXPECT_NE(only<Propose>(controller.decide(primary, Woken{}, {105})), nullptr);
}

TEST(FailoverController, AReturnedLegIsFencedCopiedAndAttached) {
  Memory primary = engine(0, leg_bit(0));
  primary.silent = leg_bit(1);
  const auto back = controller.decide(primary, Returned{1}, {});
  ASSERT_EQ(back.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<Fence>(back[0]));
  EXPECT_TRUE(std::holds_alternative<Resync>(back[1]));
  const auto copied = controller.decide(primary, Resynced{1}, {});
  const auto* proposal = only<Propose>(copied);
  ASSERT_NE(proposal, nullptr);
  EXPECT_EQ(proposal->next.current, both);
  // From now on it may count as current any moment.
  EXPECT_FALSE(controller.may_acknowledge(primary, leg_bit(0)));
  const auto granted =
      controller.decide(primary, Quorum{Quorum::Answer::granted, proposal->next}, {});
  EXPECT_NE(only<Attach>(granted), nullptr);
}

}  // namespace
}  // namespace models::gateway
