// A million fault schedules of the small store, and a hundred thousand of the failover: the long
// run of what Drill.TenThousand... and MirrorDrill... play in short.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "models/drill/mirror_drill.h"
#include "tests/models/drill/small_drill.h"

namespace models::drill {
namespace {

using ::testing::Each;
using ::testing::Gt;
using Clock = std::chrono::steady_clock;

std::string told(const StrategyResult& one) {
  std::string text;
  for (const std::string& violation : one.drill.violations) text += violation + "\n";
  if (one.failure) text += "shrunk: " + text_of(one.failure->shrunk) + "\n";
  return text;
}

double minutes_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count() / 60;
}

TEST(DrillCampaign, AMillionSchedulesLoseWhatTheCodeSaysAndNoWrongByteIsRead) {
  fmt::print(
      "| strategy | schedules | steps | faults | shards rebuilt | bytes compared | lost: "
      "predicted | seen | violations | minutes |\n|---|---|---|---|---|---|---|---|---|---|\n");
  for (const scenario::Strategy& strategy : small_fleet().strategies) {
    DrillOptions options = small_drill(2);
    options.missions = 333'334;
    options.strategies = {strategy.name};
    const auto start = Clock::now();
    const StrategyResult one = drill(small_fleet(), options).value().strategies.front();
    ASSERT_TRUE(one.drill.passed()) << told(one);
    EXPECT_EQ(one.drill.objects_lost_predicted, one.drill.objects_lost_seen);
    EXPECT_THAT(one.drill.happened, Each(Gt(0U)));
    std::uint64_t faults = 0;
    for (const StepKindInfo& kind : all_step_kinds()) {
      if (kind.fault) faults += one.drill.happened[static_cast<std::size_t>(kind.kind)];
    }
    fmt::print("| {} | {} | {} | {} | {} | {:.3g} GB | {} | {} | {} | {:.1f} |\n", strategy.name,
               one.drill.missions, one.drill.steps, faults, one.drill.shards_rebuilt,
               static_cast<double>(one.drill.bytes_verified) * 1e-9,
               one.drill.objects_lost_predicted, one.drill.objects_lost_seen,
               one.drill.violation_count, minutes_since(start));
  }
}

TEST(DrillCampaign, AHundredThousandSchedulesOfTheFailoverLoseNothing) {
  const gateway::FailoverController controller{gateway::Arbitration::third_place, 3, {1}};
  fmt::print(
      "\n| engines | schedules | faults | engines that died in an action | takeovers | "
      "writes acknowledged | bytes compared | violations | minutes |\n"
      "|---|---|---|---|---|---|---|---|---|\n");
  for (const std::uint32_t engines : {2U, 4U}) {
    const auto start = Clock::now();
    const auto all = drill_mirror(policy_of(controller),
                                  {.seed = 2, .missions = 50'000, .steps = 50, .engines = engines});
    ASSERT_TRUE(all.passed()) << all.violations.front() << "\n"
                              << text_of(all.failure.value().shrunk);
    fmt::print("| {} | {} | {} | {} | {} | {} | {:.3g} GB | {} | {:.1f} |\n", engines, all.missions,
               all.faults(), all.crashes, all.takeovers, all.acknowledged,
               static_cast<double>(all.bytes_compared) * 1e-9, all.violation_count,
               minutes_since(start));
  }
}

}  // namespace
}  // namespace models::drill
