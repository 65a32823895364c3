#include "models/drill/mirror_drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace models::drill {
namespace {

using gateway::Arbitration;
using gateway::FailoverController;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr gateway::LegSet both = 3;
FailoverController real() { return {Arbitration::third_place, both, {1}}; }

TEST(MirrorDrill, NoAcknowledgedByteIsLostWhateverFails) {
  const FailoverController controller = real();
  std::uint64_t takeovers = 0;
  std::uint64_t resyncs = 0;
  std::uint64_t acknowledged = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto result = drill_mirror(policy_of(controller), {.seed = seed});
    EXPECT_THAT(result.violations, IsEmpty()) << "seed " << seed;
    takeovers += result.takeovers;
    resyncs += result.resyncs;
    acknowledged += result.acknowledged;
  }
  // The drill has met what it is for.
  EXPECT_GT(takeovers, 200U);
  EXPECT_GT(resyncs, 100U);
  EXPECT_GT(acknowledged, 20'000U);
}

TEST(MirrorDrill, TwoEnginesSufficeToo) {
  const FailoverController controller = real();
  const auto result = drill_mirror(policy_of(controller), {.seed = 3, .engines = 2});
  EXPECT_THAT(result.violations, IsEmpty());
}

TEST(MirrorDrill, TheSameSeedGivesTheSameDrill) {
  const FailoverController controller = real();
  const auto first = drill_mirror(policy_of(controller), {.seed = 7});
  const auto second = drill_mirror(policy_of(controller), {.seed = 7});
  EXPECT_EQ(first.acknowledged, second.acknowledged);
  EXPECT_EQ(first.regions_copied, second.regions_copied);
}

TEST(MirrorDrill, FindsWritesAcknowledgedBeforeTheyAreMirrored) {
  const FailoverController controller = real();
  MirrorPolicy planted = policy_of(controller);
  planted.may_acknowledge = [](const gateway::Memory& memory, gateway::LegSet written) {
    return memory.serving && written != 0;
  };
  const auto result = drill_mirror(planted, {.seed = 1});
  EXPECT_GT(result.violation_count, 0U);
  EXPECT_THAT(result.violations.front(), HasSubstr("not as acknowledged"));
}

TEST(MirrorDrill, FindsTwoPrimaries) {
  const FailoverController controller{Arbitration::none, both, {1}};
  const auto result = drill_mirror(policy_of(controller), {.seed = 1});
  EXPECT_GT(result.violation_count, 0U);
  bool split = false;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    for (const auto& words : drill_mirror(policy_of(controller), {.seed = seed}).violations) {
      split = split || words.find("split brain") != std::string::npos;
    }
  }
  EXPECT_TRUE(split);
}

TEST(MirrorDrill, FindsAResynchronisationThatSkipsADirtyRegion) {
  const FailoverController controller = real();
  MirrorPolicy planted = policy_of(controller);
  planted.next_region = [](const gateway::DirtyMap& map, std::size_t from) {
    auto region = map.next(from);
    if (region && *region == map.regions() - 1) region.reset();
    return region;
  };
  EXPECT_GT(drill_mirror(planted, {.seed = 1}).violation_count, 0U);
}

template <class Change>
std::uint64_t violations_with(const FailoverController& controller, Change change) {
  MirrorPolicy planted = policy_of(controller);
  planted.decide = [&](gateway::Memory& memory, const gateway::Fact& fact, Seconds now) {
    auto actions = controller.decide(memory, fact, now);
    for (auto& action : actions) change(action);
    return actions;
  };
  std::uint64_t found = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    found += drill_mirror(planted, {.seed = seed}).violation_count;
  }
  return found;
}

TEST(MirrorDrill, FindsAControllerThatDoesNotFence) {
  EXPECT_GT(violations_with(real(),
                            [](gateway::Action& action) {
                              if (auto* fence = std::get_if<gateway::Fence>(&action)) {
                                fence->generation = 0;
                              }
                            }),
            0U);
}

TEST(MirrorDrill, FindsATakeoverThatLeavesHalfWrittenRegionsApart) {
  EXPECT_GT(violations_with(real(),
                            [](gateway::Action& action) {
                              if (std::holds_alternative<gateway::Reconcile>(action)) {
                                action = gateway::Switch{};
                              }
                            }),
            0U);
}

}  // namespace
}  // namespace models::drill
