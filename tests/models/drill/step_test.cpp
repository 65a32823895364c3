#include "models/drill/step.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

#include "models/drill/shrink.h"

namespace models::drill {
namespace {

using ::testing::HasSubstr;

constexpr Extent extent{20, 9};

Schedule drawn(std::uint64_t seed, int steps) {
  sim::Stream stream{seed, sim::Purpose::test};
  return draw_schedule(read_faults("all").kinds, steps, extent, stream);
}

TEST(Step, TheTableIsInTheOrderOfTheKindsAndNamesEachOnce) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < step_kinds; ++i) {
    const StepKindInfo& info = all_step_kinds()[i];
    EXPECT_EQ(static_cast<std::size_t>(info.kind), i);
    EXPECT_EQ(find_step_kind(info.name), &info);
    EXPECT_GT(info.weight, 0);
    names.insert(info.name);
  }
  EXPECT_EQ(names.size(), step_kinds);
}

RC_GTEST_PROP(Step, AScheduleIsReadBackAsItWasWritten, (std::uint64_t seed)) {
  const Schedule schedule = drawn(seed, *rc::gen::inRange(0, 60));
  const ReadSchedule read = read_schedule(text_of(schedule), extent);
  RC_ASSERT(read.fault.empty());
  RC_ASSERT(read.schedule == schedule);
}

TEST(Step, EveryKindIsDrawn) {
  std::set<StepKind> kinds;
  for (const Step& step : drawn(1, 2000)) {
    kinds.insert(step.kind);
    EXPECT_LT(step.group, extent.groups);
    EXPECT_LT(step.slot, extent.width);
  }
  EXPECT_EQ(kinds.size(), step_kinds);
}

TEST(Step, WithoutFaultsOnlyWorkIsDrawn) {
  sim::Stream stream{1, sim::Purpose::test};
  for (const Step& step : draw_schedule({}, 200, extent, stream)) {
    EXPECT_FALSE(info_of(step.kind).fault);
  }
}

TEST(Step, WhatIsNoScheduleIsNamed) {
  for (const char* text :
       {"disk", "disk:1", "disk:1.2", "disk:20.0:1", "disk:0.9:1", "disk:1.2:", "disk:1.2:-1",
        "disk:1.2:4294967296", "dsk:1.2:3", "disk:1.2:3,", ",", "disk:1.2:3 "}) {
    const ReadSchedule read = read_schedule(text, extent);
    EXPECT_FALSE(read.schedule) << text;
    EXPECT_THAT(read.fault, HasSubstr("is no step")) << text;
  }
  EXPECT_TRUE(read_schedule("", extent).schedule->empty());
}

TEST(Step, FaultsAreNamedOneByOneOrAll) {
  EXPECT_EQ(read_faults("disk,bit-flip").kinds, (std::vector{StepKind::disk, StepKind::bit_flip}));
  EXPECT_EQ(read_faults("all").kinds.size(), 19U);
  EXPECT_THAT(read_faults("disk,recover").fault, HasSubstr("no fault 'recover'"));
  EXPECT_THAT(read_faults("").fault, HasSubstr("crash-write"));
}

RC_GTEST_PROP(Shrink, LeavesTheStepsThatMatterAndMakesTheirNumbersSmall, (std::uint64_t seed)) {
  const Schedule schedule = drawn(seed, 40);
  const auto a = static_cast<std::size_t>(*rc::gen::inRange(0, 20));
  const auto b = static_cast<std::size_t>(*rc::gen::inRange(20, 40));
  const auto kinds = std::pair{schedule[a].kind, schedule[b].kind};
  // Fails while the two kinds come in this order.
  const auto fails = [&](const Schedule& candidate) {
    const auto first = std::ranges::find(candidate, kinds.first, &Step::kind);
    return first != candidate.end() &&
           std::find_if(first + 1, candidate.end(), [&](const Step& step) {
             return step.kind == kinds.second;
           }) != candidate.end();
  };
  const Schedule shrunk = shrink(schedule, fails);
  RC_ASSERT(shrunk == (Schedule{{kinds.first, 0, 0, 0}, {kinds.second, 0, 0, 0}}));
}

TEST(Shrink, EndsAfterItsTriesWithAScheduleThatFails) {
  const Schedule schedule = drawn(1, 40);
  int tries = 0;
  const auto fails = [&](const Schedule& candidate) {
    ++tries;
    return candidate.size() >= 3;
  };
  EXPECT_GE(shrink(schedule, fails, 5).size(), 3U);
  EXPECT_EQ(tries, 5);
  EXPECT_EQ(shrink(schedule, fails).size(), 3U);
}

TEST(Shrink, AFailureWithoutAnyStepShrinksToNone) {
  EXPECT_TRUE(shrink(drawn(1, 40), [](const Schedule&) { return true; }).empty());
}

}  // namespace
}  // namespace models::drill
