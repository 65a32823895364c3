// Drives by name: their capacity, their failure rate, and how sure it is.
#include "models/input/drive_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "models/input/read_scenario.h"
#include "sim/interval.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Checked<Scenario> read(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return read_scenario_text(text, "s.json", overrides);
}

/// The small scenario on disks of `disk`, without a lifetime of its own.
std::string on_drives(const std::string& disk) {
  std::string text = small_scenario_with(R"("model": "X", "capacity": "16 TB",)", disk);
  const std::string lifetime = R"("lifetime": "1.5 %/year",)";
  return text.erase(text.find(lifetime), lifetime.size());
}

/// P(count >= seen) or P(count <= seen) of a Poisson count, term by term.
double poisson_tail(double mean, int from, int to) {
  double sum = 0;
  for (int k = from; k <= to; ++k)
    sum += std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
  return sum;
}

TEST(PoissonInterval, LeavesTwoAndAHalfPercentOnEachSide) {
  for (const int seen : {1, 3, 102, 1376}) {
    const sim::Interval interval = sim::poisson_interval(seen);
    EXPECT_NEAR(1 - poisson_tail(interval.low, 0, seen - 1), 0.025, 1e-9) << seen;
    EXPECT_NEAR(poisson_tail(interval.high, 0, seen), 0.025, 1e-9) << seen;
  }
  EXPECT_EQ(sim::poisson_interval(0).low, 0);
  EXPECT_NEAR(sim::poisson_interval(0).high, -std::log(0.025), 1e-12);
}

// Reading it has compared every rate and interval of the file with its counts.
TEST(DriveTable, TheShippedOneIsWhole) {
  const DriveTable& table = DriveTable::shipped();
  EXPECT_THAT(table.models(), SizeIs(81));
  double failures = 0;
  double days = 0;
  for (const DriveModel& drive : table.models()) {
    EXPECT_THAT(drive.record.source, HasSubstr("Backblaze"));
    EXPECT_TRUE(drive.capacity.has_value()) << drive.model;
    failures += drive.record.failures;
    days += drive.record.drive_days;
  }
  EXPECT_EQ(failures, 21512);
  EXPECT_EQ(days, 464594613);
}

// 102 failures in 11,616,742 drive days: 102 / 31804.9 years.
TEST(DriveTable, KnowsADriveByItsName) {
  const DriveModel* drive = DriveTable::shipped().find("wuh721816ale6l4");
  ASSERT_NE(drive, nullptr);
  EXPECT_EQ(drive->name(), "WDC WUH721816ALE6L4");
  EXPECT_NEAR(rate_of(drive->record).value, 0.0032070, 1e-7);
  EXPECT_EQ(drive->capacity->value, 16e12);
}

TEST(DriveTable, ARateThatIsNotThatOfItsCountsIsAFault) {
  const std::string own = R"("drives": {"source": "us", "models": [
    {"model": "A1", "drive_days": 36525, "failures": 2, "afr": "2.5 %/year"}]}, "mission")";
  EXPECT_THAT(faults_of(read(small_scenario_with("\"mission\"", own))),
              HasSubstr("/drives/models/0/afr: is not what the failures and drive days say: 2"));
}

TEST(Drive, BringsItsCapacityAndItsLifetimeWithItsCounts) {
  const auto checked = read(on_drives(R"("drive": "WUH721816ALE6L4",)"));
  ASSERT_TRUE(checked) << faults_of(checked);
  const Scenario& s = checked.value();
  EXPECT_EQ(s.hardware.disk.capacity.value, 16e12);
  EXPECT_EQ(s.hardware.disk.model, "WDC WUH721816ALE6L4");
  EXPECT_NEAR(sim::year / s.failures.disk->mean(), 0.0032070, 1e-7);
  EXPECT_EQ(s.failures.disk_age.cohorts, 4);
  ASSERT_THAT(s.uncertain, SizeIs(1));
  EXPECT_EQ(s.uncertain[0].kind, UncertainInput::Kind::gamma);
  EXPECT_EQ(s.uncertain[0].failures, 102);
  EXPECT_NEAR(sim::in_days(s.uncertain[0].exposure), 11616742, 1e-6);
}

TEST(Drive, WhatIsUncertainCanBeSetAtItsPath) {
  const std::string text = on_drives(R"("drive": "WUH721816ALE6L4",)");
  const auto checked = read(text);
  ASSERT_TRUE(checked) << faults_of(checked);
  const UncertainInput& input = checked.value().uncertain.at(0);
  const std::string value = print_quantity(input.unit, 0.01 / sim::year.value);
  const auto moved = read(text, {input.path + "=" + value});
  ASSERT_TRUE(moved) << faults_of(moved);
  EXPECT_NEAR(sim::year / moved.value().failures.disk->mean(), 0.01, 1e-12);
  EXPECT_THAT(moved.value().uncertain, IsEmpty());
}

TEST(Drive, AStatedLifetimeAndCapacityWin) {
  const auto checked = read(small_scenario_with(R"("model": "X",)", R"("drive": "ST4000DM000",)"));
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_EQ(checked.value().hardware.disk.capacity.value, 16e12);
  EXPECT_NEAR(sim::year / checked.value().failures.disk->mean(), 0.015, 1e-12);
  EXPECT_THAT(checked.value().uncertain, IsEmpty());
}

TEST(Drive, AnUnknownOneComesWithTheNearestName) {
  EXPECT_THAT(faults_of(read(on_drives(R"("drive": "WUH721816ALE6L5", "capacity": "16 TB",)"))),
              HasSubstr("/hardware/disk/drive: there is no drive 'WUH721816ALE6L5' in the table; "
                        "did you mean 'WUH721816ALE6L4'?"));
}

TEST(Drive, WithoutAFailureHasNoRate) {
  EXPECT_THAT(
      faults_of(read(on_drives(R"("drive": "MG10ACA20TE",)"))),
      HasSubstr("no failure of it was seen in 596 drive days: it fails at most 226 %/year"));
}

TEST(Drive, WithoutOneCapacityAndLifetimeAreNeeded) {
  EXPECT_THAT(faults_of(read(on_drives(""))),
              AllOf(HasSubstr("/hardware/disk/capacity: is missing"),
                    HasSubstr("/failures/disk/lifetime: is missing")));
}

TEST(Drive, OfAStrategyIsItsOwn) {
  const auto with = [](const std::string& more) {
    return read(
        small_scenario_with(R"("repair": {"detection": "1 h"}})",
                            R"("hardware": {"disk": {"drive": "ST16000NM001G"}})" + more + "}"));
  };
  const auto checked = with("");
  ASSERT_TRUE(checked) << faults_of(checked);
  const Scenario& s = checked.value();
  EXPECT_NEAR(sim::year / s.failures.disk->mean(), 0.015, 1e-12);
  // 480 failures in 22,614,411 days.
  EXPECT_NEAR(sim::year / s.failures_of(s.strategies[1]).disk->mean(), 0.0077526, 1e-6);
  ASSERT_THAT(s.uncertain, SizeIs(1));
  EXPECT_EQ(s.uncertain[0].path, "/strategies/1/failures/disk/lifetime");
  const auto stated = with(R"(, "failures": {"disk": {"lifetime": "4 %/year"}})");
  ASSERT_TRUE(stated) << faults_of(stated);
  EXPECT_THAT(stated.value().uncertain, IsEmpty());
}

TEST(Drive, ATableOfOnesOwnStandsBesideTheShippedOne) {
  const std::string own = R"("drives": {"source": "our hall", "models": [
    {"model": "OWN 1", "capacity": "16 TB", "drive_days": 36525, "failures": 2}]}, "mission")";
  std::string text = on_drives(R"("drive": "own 1",)");
  text.replace(text.find("\"mission\""), 9, own);
  const auto checked = read(text);
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_NEAR(sim::year / checked.value().failures.disk->mean(), 0.02, 1e-12);
  EXPECT_EQ(checked.value().uncertain.at(0).source, "our hall");
}

Checked<Scenario> with_range(const std::string& range) {
  return read(small_scenario_with(R"("lifetime": "1.5 %/year",)",
                                  R"("lifetime": "1.5 %/year", )" + range + ","));
}

TEST(Range, IsKeptWithItsUnitAndSource) {
  const auto checked =
      with_range(R"("range": {"lifetime": ["0.3 %/year", "10 %/year"]}, "source": "fleet")");
  ASSERT_TRUE(checked) << faults_of(checked);
  ASSERT_THAT(checked.value().uncertain, SizeIs(1));
  const UncertainInput& input = checked.value().uncertain[0];
  EXPECT_EQ(input.kind, UncertainInput::Kind::range);
  EXPECT_EQ(input.path, "/failures/disk/lifetime");
  EXPECT_EQ(input.unit, QuantityKind::rate);
  EXPECT_NEAR(input.low * sim::year.value, 0.003, 1e-15);
  EXPECT_NEAR(input.high * sim::year.value, 0.1, 1e-15);
  EXPECT_EQ(input.source, "fleet");
}

TEST(Range, FaultsSayWhatIsRight) {
  const std::pair<const char*, const char*> wrong[] = {
      {R"("range": {"lifetime": ["0.3 %/year", "10 %/year"]})", "source: is missing"},
      {R"("range": ["0.3 %/year", "10 %/year"], "source": "x")", "must be an object as in"},
      {R"("range": {"life": ["0.3 %/year", "10 %/year"]}, "source": "x")", "'lifetime'"},
      {R"("range": {"lifetime": ["0.3 %/year"]}, "source": "x")", "must be a list of two"},
      {R"("range": {"lifetime": ["3 %/year", "10 %/year"]}, "source": "x")",
       "around \"1.5 %/year\""},
      {R"("range": {"lifetime": ["1 %/year", "10 years"]}, "source": "x")", "/range/lifetime/1"}};
  for (const auto& [range, remedy] : wrong) {
    EXPECT_THAT(faults_of(with_range(range)), HasSubstr(remedy)) << range;
  }
}

}  // namespace
}  // namespace models::scenario
