#include "models/drill/mirror_drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace models::drill {
namespace {

using gateway::Arbitration;
using gateway::FailoverController;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr gateway::LegSet both = 3;
FailoverController real() { return {Arbitration::third_place, both, {1}}; }

TEST(MirrorDrill, NoAcknowledgedByteIsLostWhateverFails) {
  const FailoverController controller = real();
  for (const std::uint32_t engines : {1U, 2U, 4U}) {
    const auto result =
        drill_mirror(policy_of(controller), {.missions = 600, .steps = 50, .engines = engines});
    EXPECT_THAT(result.violations, IsEmpty()) << engines << " engines";
    // The drill has met what it is for.
    EXPECT_THAT(result.happened, Each(Gt(0U)));
    EXPECT_GT(result.takeovers, 1'000U);
    EXPECT_GT(result.resyncs, 500U);
    EXPECT_GT(result.acknowledged, 20'000U);
    EXPECT_GT(result.crashes, 1'000U);
  }
}

TEST(MirrorDrill, LongSchedulesToo) {
  const FailoverController controller = real();
  const auto result = drill_mirror(policy_of(controller), {.seed = 3, .missions = 4});
  EXPECT_THAT(result.violations, IsEmpty());
  EXPECT_EQ(result.steps, 8'000U);
}

TEST(MirrorDrill, ALegAloneIsKeptToo) {
  const FailoverController controller{Arbitration::third_place, 1, {1}};
  const auto result =
      drill_mirror(policy_of(controller), {.missions = 100, .steps = 50, .engines = 2, .legs = 1});
  EXPECT_THAT(result.violations, IsEmpty());
  EXPECT_GT(result.acknowledged, 3'000U);
}

/// A write is cut short, an array is away or not, and engines die one after another at every step
/// of the takeover; then all comes back.
TEST(MirrorDrill, EnginesThatDieAtAnyStepOfATakeoverLoseNothing) {
  const FailoverController controller = real();
  std::uint64_t crashes = 0;
  for (std::uint32_t draw = 0; draw < 200; ++draw) {
    for (const bool away : {false, true}) {
      MirrorSchedule schedule{{MirrorStepKind::crash_write, 0, draw}};
      if (away) schedule.push_back({MirrorStepKind::leg_lost, draw, draw});
      schedule.push_back({MirrorStepKind::crash_takeover, 0, draw});
      schedule.push_back({MirrorStepKind::crash_takeover, 0, draw + 1'000});
      schedule.push_back({MirrorStepKind::engine_back, draw, draw});
      const auto result = play_mirror(policy_of(controller), {}, schedule);
      EXPECT_THAT(result.violations, IsEmpty()) << text_of(schedule);
      crashes += result.crashes;
    }
  }
  EXPECT_GT(crashes, 1'000U);
}

TEST(MirrorDrill, TheSameSeedGivesTheSameDrill) {
  const FailoverController controller = real();
  const auto first = drill_mirror(policy_of(controller), {.seed = 7});
  const auto second = drill_mirror(policy_of(controller), {.seed = 7});
  EXPECT_EQ(first.acknowledged, second.acknowledged);
  EXPECT_EQ(first.regions_copied, second.regions_copied);
}

TEST(MirrorDrill, AScheduleIsReadAsItIsWritten) {
  sim::Stream stream(1, sim::Purpose::test);
  const MirrorSchedule schedule = draw_mirror_schedule(40, stream);
  EXPECT_EQ(read_mirror_schedule(text_of(schedule)).schedule, schedule);
  for (const char* wrong : {"engine", "engine-lost", "engine-lost:1", "engine-lost:1:", "rust:0:0",
                            "copy:0:0x", "copy:-1:0", "copy:0:0,", "copy:0:4294967296"}) {
    const auto read = read_mirror_schedule(wrong);
    EXPECT_FALSE(read.schedule) << wrong;
    EXPECT_THAT(read.fault, HasSubstr("crash-takeover")) << wrong;
  }
}

/// Fails, and what is left of its schedule fails again; no step of that can be left out.
void expect_found(const MirrorPolicy& policy, const std::string& words, std::size_t most) {
  const MirrorDrillOptions options{.missions = 100, .steps = 50};
  const auto result = drill_mirror(policy, options);
  ASSERT_TRUE(result.failure) << "not found";
  const MirrorSchedule& shrunk = result.failure->shrunk;
  EXPECT_LE(shrunk.size(), most) << text_of(shrunk);
  EXPECT_THAT(result.failure->violations, Contains(HasSubstr(words)));
  EXPECT_EQ(play_mirror(policy, options, shrunk).violations, result.failure->violations);
  for (std::size_t i = 0; i < shrunk.size(); ++i) {
    MirrorSchedule less = shrunk;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(play_mirror(policy, options, less).passed()) << "step " << i;
  }
}

TEST(MirrorDrill, FindsWritesAcknowledgedBeforeTheyAreMirrored) {
  const FailoverController controller = real();
  MirrorPolicy planted = policy_of(controller);
  planted.may_acknowledge = [](const gateway::Memory& memory, gateway::LegSet written) {
    return memory.serving && written != 0;
  };
  expect_found(planted, "not as acknowledged", 2);
}

TEST(MirrorDrill, FindsTwoPrimaries) {
  const FailoverController controller{Arbitration::none, both, {1}};
  expect_found(policy_of(controller), "split brain", 3);
}

TEST(MirrorDrill, FindsAResynchronisationThatSkipsADirtyRegion) {
  const FailoverController controller = real();
  MirrorPolicy planted = policy_of(controller);
  planted.next_region = [](const gateway::DirtyMap& map, std::size_t from) {
    auto region = map.next(from);
    if (region && *region == map.regions() - 1) region.reset();
    return region;
  };
  expect_found(planted, "not as acknowledged", 2);
}

template <class Change>
MirrorPolicy changed(const FailoverController& controller, Change change) {
  MirrorPolicy planted = policy_of(controller);
  planted.decide = [&controller, change](gateway::Memory& memory, const gateway::Fact& fact,
                                         Seconds now) {
    auto actions = controller.decide(memory, fact, now);
    for (auto& action : actions) change(action);
    return actions;
  };
  return planted;
}

TEST(MirrorDrill, FindsAControllerThatDoesNotFence) {
  const FailoverController controller = real();
  expect_found(changed(controller,
                       [](gateway::Action& action) {
                         if (auto* fence = std::get_if<gateway::Fence>(&action)) {
                           fence->generation = 0;
                         }
                       }),
               "split brain", 4);
}

TEST(MirrorDrill, FindsATakeoverThatLeavesHalfWrittenRegionsApart) {
  const FailoverController controller = real();
  expect_found(changed(controller,
                       [](gateway::Action& action) {
                         if (std::holds_alternative<gateway::Reconcile>(action)) {
                           action = gateway::Switch{};
                         }
                       }),
               "legs that differ", 2);
}

TEST(MirrorDrill, FindsAMirrorThatNeverBecomesWholeAgain) {
  const FailoverController controller = real();
  MirrorPolicy planted = policy_of(controller);
  planted.decide = [&controller](gateway::Memory& memory, const gateway::Fact& fact, Seconds now) {
    if (std::holds_alternative<gateway::Returned>(fact)) return gateway::Actions{};
    return controller.decide(memory, fact, now);
  };
  expect_found(planted, "has not been brought back", 2);
}

}  // namespace
}  // namespace models::drill
