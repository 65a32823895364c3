// What is known apart from what is true: a failure that nobody has reported changes nothing that is
// planned, and everything that is lost.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "models/fleet/known_view.h"
#include "models/fleet/state.h"
#include "models/repair/scrubber.h"
#include "struck_mission.h"

namespace models::fleet {
namespace {

using testing::quiet_fleet;
using testing::SmallFleet;
using testing::Struck;

// A view is made of what is known; the state, which holds the truth, is not accepted.
static_assert(std::is_constructible_v<KnownView, const Fleet&, Seconds, const Catalogue&,
                                      const Known&, const std::vector<Job>&>);
static_assert(!std::is_constructible_v<KnownView, const Fleet&, const State&>);
static_assert(!std::is_convertible_v<const State&, const Known&>);

SmallFleet noticed_after(Seconds time) {
  SmallFleet small = quiet_fleet(8, 1);
  small.scenario.strategies[0].repair.detection.process = sim::Distribution::fixed(time);
  return small;
}

/// The first group with a shard on both disks.
std::uint32_t shared_group(const Fleet& fleet, std::uint32_t a, std::uint32_t b) {
  for (std::uint32_t group = 0; group < fleet.map().groups(); ++group) {
    const auto members = fleet.map().members(group);
    if (std::ranges::count(members, a) > 0 && std::ranges::count(members, b) > 0) return group;
  }
  ADD_FAILURE() << "no group has shards on both";
  return 0;
}

int priority_of(const State& state, std::uint32_t group) {
  int urgent = 99;
  for (const Job& job : state.jobs) {
    for (const repair::Task& task : job.open()) {
      if (task.shard.group == group) urgent = std::min(urgent, job.action->priority);
    }
  }
  return urgent;
}

TEST(Detection, ADeadDiskCountsAsGoodForPriorityUntilItsReport) {
  const SmallFleet small = noticed_after(sim::minutes(10));
  Struck struck(small.scenario);
  const std::uint32_t group = shared_group(struck.fleet(), 0, 2);
  struck.lose(0);
  struck.advance(sim::minutes(10) + Seconds{1});
  ASSERT_EQ(priority_of(struck.state(), group), 1);
  struck.lose(2);
  EXPECT_EQ(struck.depth(group), 2);
  struck.advance(sim::minutes(10) + Seconds{2});
  EXPECT_EQ(priority_of(struck.state(), group), 1) << "nobody knows of the second loss";
  struck.advance(sim::minutes(20) + Seconds{2});
  EXPECT_EQ(priority_of(struck.state(), group), 0) << "known now: first in the queue";
}

TEST(Detection, ARebuildReadsElsewhereWhereItsSourceHasDiedUnnoticed) {
  // The second disk dies when the rebuild of the first has begun, and is not reported in time: all
  // stripes of the first are whole nevertheless, after about the same time.
  const SmallFleet small = noticed_after(sim::hours(100));
  Struck alone(small.scenario);
  alone.lose(0);
  const Seconds whole = alone.heal();
  Struck struck(small.scenario);
  struck.lose(0);
  struck.advance(sim::hours(100) + Seconds{1});
  struck.lose(2);
  struck.advance(whole + (whole - sim::hours(100)) * 0.2);
  ASSERT_EQ(struck.state().incidents.size(), 1U);
  EXPECT_EQ(struck.state().incidents[0].disk, 2U);
  EXPECT_FALSE(struck.state().incidents[0].reported);
  EXPECT_FALSE(struck.outcome().first_loss);
}

TEST(Detection, AWriteToADeadTargetGoesElsewhere) {
  const SmallFleet small = noticed_after(sim::minutes(10));
  Struck struck(small.scenario);
  struck.lose(0);
  struck.advance(sim::minutes(10) + Seconds{1});
  struck.lose(2);
  for (const Job& job : struck.state().jobs) {
    for (const repair::Task& task : job.open()) EXPECT_NE(task.target, 2U);
  }
  struck.heal();
  EXPECT_EQ(struck.deepest(), 0);
  EXPECT_EQ(struck.shards_on(2), 0) << "what was on its way there is on other disks";
}

TEST(Detection, TheRebuildBeginsSoLongAfterTheReport) {
  SmallFleet small = noticed_after(sim::minutes(10));
  small.scenario.strategies[0].repair.rebuild_delay = sim::minutes(5);
  Struck struck(small.scenario);
  struck.lose(0);
  struck.advance(sim::minutes(10) + Seconds{1});
  EXPECT_TRUE(struck.state().incidents[0].reported);
  EXPECT_TRUE(struck.state().jobs.empty());
  struck.advance(sim::minutes(15) + Seconds{1});
  EXPECT_FALSE(struck.state().jobs.empty());
}

TEST(Detection, NewHardwareIsAskedForAtTheReport) {
  SmallFleet small = noticed_after(sim::hours(10));
  small.scenario.strategies[0].repair.replacement = sim::Distribution::fixed(sim::hours(1));
  Struck struck(small.scenario);
  struck.lose(0);
  struck.advance(sim::hours(9));
  EXPECT_FALSE(struck.works(0));
  struck.advance(sim::hours(10) + Seconds{1});
  EXPECT_TRUE(struck.works(0));
}

TEST(Detection, ErrorsOfRebuildsReportADeadDisk) {
  SmallFleet small = noticed_after(sim::hours(100));
  auto& detection = small.scenario.strategies[0].repair.detection;
  detection.read_error = scenario::ErrorReports::report;
  Struck struck(small.scenario);
  struck.lose(0);
  struck.advance(sim::hours(100) + Seconds{1});
  ASSERT_FALSE(struck.state().jobs.empty());
  struck.lose(2);
  EXPECT_FALSE(struck.state().incidents.back().reported);
  struck.heal();
  EXPECT_LT(struck.state().now, sim::hours(150)) << "not a hundred hours after the second loss";
}

TEST(Detection, CountedErrorsReportLaterThanTheFirstOne) {
  const auto reported_at = [](scenario::ErrorReports reports) {
    SmallFleet small = noticed_after(sim::hours(100));
    auto& detection = small.scenario.strategies[0].repair.detection;
    detection.read_error = reports;
    detection.errors = 3;
    Struck struck(small.scenario);
    struck.lose(0);
    struck.advance(sim::hours(100) + Seconds{1});
    struck.lose(2);
    while (!struck.state().incidents.back().reported && struck.state().now < sim::hours(199)) {
      struck.advance(struck.state().now + Seconds{1});
    }
    return struck.state().now;
  };
  const Seconds first = reported_at(scenario::ErrorReports::report);
  const Seconds third = reported_at(scenario::ErrorReports::count);
  EXPECT_GT(third, first);
  EXPECT_LT(third, sim::hours(199));
}

TEST(Detection, ErrorsCountOnlyIfTheyComeWithinTheirTime) {
  const auto reported_after = [](std::optional<Seconds> within) {
    SmallFleet small = noticed_after(sim::hours(100));
    auto& detection = small.scenario.strategies[0].repair.detection;
    detection.read_error = scenario::ErrorReports::count;
    detection.errors = 3;
    detection.within = within;
    Struck struck(small.scenario);
    struck.lose(0);
    struck.advance(sim::hours(100) + Seconds{1});
    struck.lose(2);
    const Seconds died = struck.state().now;
    while (!struck.state().incidents.back().reported && struck.state().now < sim::hours(199)) {
      struck.advance(struck.state().now + Seconds{1});
    }
    return struck.state().now - died;
  };
  const Seconds in_any = reported_after(std::nullopt);
  EXPECT_LT(in_any, sim::hours(99));
  EXPECT_EQ(reported_after(in_any), in_any);
  EXPECT_GT(reported_after(Seconds{1e-3}), in_any) << "until three come at one moment";
}

TEST(Detection, TheScrubberReportsADeadDiskThatItComesToRead) {
  SmallFleet small = noticed_after(sim::hours(100));
  auto& repair = small.scenario.strategies[0].repair;
  repair.scrub.kind = scenario::ScrubKind::pass;
  repair.scrub.every = sim::hours(64);
  repair.detection.scrub = scenario::ScrubReports::report;
  const repair::Scrubber scrubber(repair.scrub, Bytes{1});
  EXPECT_EQ(scrubber.reading(), sim::hours(1));
  for (const std::uint32_t disk : {0U, 3U, 9U}) {
    Struck struck(small.scenario);
    struck.advance(sim::hours(7.3));
    struck.lose(disk);
    const Seconds next = scrubber.next_reading(disk, sim::hours(7.3));
    EXPECT_GE(next, sim::hours(7.3));
    EXPECT_LT(next, sim::hours(8.3));
    struck.advance(next - Seconds{1});
    EXPECT_FALSE(struck.state().incidents[0].reported);
    struck.advance(next + Seconds{1});
    EXPECT_TRUE(struck.state().incidents[0].reported);
  }
}

TEST(Detection, TheMeanTimeToAReportIsThatOfTheEarliest) {
  scenario::Detection detection;
  detection.process = sim::Distribution::fixed(sim::hours(3));
  EXPECT_DOUBLE_EQ(detection.mean().value, 3 * 3600);
  detection.scrub = scenario::ScrubReports::report;
  EXPECT_DOUBLE_EQ(detection.mean(sim::hours(2)).value, 3600);
  EXPECT_DOUBLE_EQ(detection.mean(sim::hours(6)).value, (3 - 9.0 / 12) * 3600);
  detection.client_rate = PerYear{sim::in_years(sim::year) * 8766 / 2};
  // The integral of exp(-t/2) (1 - t/6) from 0 to 3 hours, by Simpson's rule.
  double sum = 0;
  constexpr int steps = 1000;
  for (int i = 0; i <= steps; ++i) {
    const double t = 3.0 * i / steps;
    const double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * std::exp(-per_second(detection.client_rate).value * 3600 * t) * (1 - t / 6);
  }
  EXPECT_NEAR(detection.mean(sim::hours(6)).value, sum * 3600 * 3 / steps / 3, 1e-6);
}

SmallFleet wrongly_missed_for(Seconds time) {
  SmallFleet small = noticed_after(sim::minutes(10));
  auto& detection = small.scenario.strategies[0].repair.detection;
  detection.false_alarms = PerYear{1e-9};
  detection.false_alarm_lasts = sim::Distribution::fixed(time);
  return small;
}

TEST(Detection, AFalseAlarmKeepsAMachineOutOfPlansAndLosesNothing) {
  const SmallFleet small = wrongly_missed_for(sim::hours(5));
  Struck struck(small.scenario);
  struck.happen(Harm::wrong_absence, 3);
  EXPECT_EQ(struck.state().known.absent, std::vector<std::uint32_t>{3});
  EXPECT_TRUE(struck.state().down_machines.empty()) << "it is there";
  struck.lose(0);
  struck.advance(sim::minutes(11));
  ASSERT_FALSE(struck.state().jobs.empty());
  for (const Job& job : struck.state().jobs) {
    for (const repair::Task& task : job.open()) {
      EXPECT_NE(struck.fleet().topology().machine_of(task.target), 3U);
    }
  }
  struck.advance(sim::hours(5) + Seconds{1});
  EXPECT_TRUE(struck.state().known.absent.empty());
  struck.heal();
  EXPECT_EQ(struck.deepest(), 0);
  EXPECT_FALSE(struck.outcome().first_loss);
}

TEST(Detection, AFalseAlarmThatLastsIsGivenUpAndItsCopiesAreDropped) {
  SmallFleet small = wrongly_missed_for(sim::hours(5));
  small.scenario.strategies[0].repair.patience = sim::minutes(10);
  Struck struck(small.scenario);
  struck.happen(Harm::wrong_absence, 3);
  struck.advance(sim::minutes(11));
  EXPECT_FALSE(struck.state().jobs.empty()) << "its shards are copied elsewhere";
  struck.advance(sim::hours(5) + Seconds{1});
  EXPECT_TRUE(struck.state().jobs.empty());
  EXPECT_EQ(struck.deepest(), 0);
  // One that is over before is not.
  SmallFleet soon_found = wrongly_missed_for(sim::minutes(5));
  soon_found.scenario.strategies[0].repair.patience = sim::minutes(10);
  Struck brief(soon_found.scenario);
  brief.happen(Harm::wrong_absence, 3);
  brief.advance(sim::hours(1));
  EXPECT_TRUE(brief.state().jobs.empty());
  EXPECT_TRUE(brief.state().known.absent.empty());
}

TEST(Detection, AnAbsenceThatBeginsWithinAFalseAlarmOutlastsIt) {
  SmallFleet small = wrongly_missed_for(sim::hours(5));
  small.scenario.failures.machine_outage = scenario::Outage{
      sim::Distribution::exponential(sim::years(1e9)), sim::Distribution::fixed(sim::hours(5))};
  Struck struck(small.scenario);
  struck.happen(Harm::wrong_absence, 3);
  struck.advance(sim::hours(4));
  struck.happen(Harm::outage, 3);
  struck.advance(sim::hours(6));
  EXPECT_EQ(struck.state().known.absent, std::vector<std::uint32_t>{3});
  struck.advance(sim::hours(9) + Seconds{1});
  EXPECT_TRUE(struck.state().known.absent.empty());
}

TEST(Detection, AUnitThatComesBackBeforeItsReportWasNeverAway) {
  SmallFleet small = noticed_after(sim::minutes(10));
  small.scenario.strategies[0].repair.detection.absence =
      sim::Distribution::fixed(sim::minutes(10));
  small.scenario.failures.machine_outage = scenario::Outage{
      sim::Distribution::exponential(sim::years(1e9)), sim::Distribution::fixed(sim::minutes(5))};
  Struck struck(small.scenario);
  struck.happen(Harm::outage, 3);
  EXPECT_EQ(struck.state().down_machines.size(), 1U);
  EXPECT_TRUE(struck.state().known.absent.empty());
  struck.advance(sim::minutes(30));
  EXPECT_TRUE(struck.state().down_machines.empty());
  EXPECT_TRUE(struck.state().known.absent.empty());
  EXPECT_TRUE(struck.state().unreported.empty());
}

TEST(Detection, AnAbsenceIsKnownAfterItsReport) {
  SmallFleet small = noticed_after(sim::minutes(10));
  small.scenario.strategies[0].repair.detection.absence =
      sim::Distribution::fixed(sim::minutes(10));
  small.scenario.failures.machine_outage = scenario::Outage{
      sim::Distribution::exponential(sim::years(1e9)), sim::Distribution::fixed(sim::hours(5))};
  Struck struck(small.scenario);
  struck.happen(Harm::outage, 3);
  struck.advance(sim::minutes(11));
  EXPECT_EQ(struck.state().known.absent, std::vector<std::uint32_t>{3});
  struck.advance(sim::hours(6));
  EXPECT_TRUE(struck.state().known.absent.empty());
}

}  // namespace
}  // namespace models::fleet
