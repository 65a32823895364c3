// Bursts, mixed fleets, and who replaces disks when: from text to values.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::HasSubstr;

constexpr std::string_view throttles = R"("throttles": [{)";
constexpr std::string_view rack = R"("rack": {"outage")";
constexpr std::string_view life = R"("lifetime": "1.5 %/year",
             "age": {"youngest": "0 s", "oldest": "4 years", "cohorts": 4})";

Checked<Scenario> with(std::string_view from, const std::string& to) {
  return read_scenario_text(small_scenario_with(from, to), "s.json", {});
}

Checked<Scenario> with_repair(const std::string& keys) {
  return with(throttles, keys + ", " + std::string(throttles));
}

Checked<Scenario> with_burst(const std::string& sizes) {
  return with(rack, R"("burst": {"between": "0.1 /year", "same_rack": "60 %", "sizes": )" + sizes +
                        "}, " + std::string(rack));
}

TEST(BurstFields, AreReadAndSharesAddUp) {
  const auto checked =
      with_burst(R"([{"disks": 2, "share": "70 %"}, {"disks": 5, "share": "30 %"}])");
  ASSERT_TRUE(checked) << faults_of(checked);
  const Burst& burst = *checked.value().failures.burst;
  EXPECT_EQ(burst.sizes.size(), 2U);
  EXPECT_EQ(burst.largest(), 5);
  EXPECT_DOUBLE_EQ(burst.same_rack, 0.6);
  EXPECT_THAT(faults_of(with_burst(R"([{"disks": 2, "share": "70 %"}])")),
              HasSubstr("add up to 100 %, got 70 %"));
}

TEST(MixedFleetFields, StandForLifetimeAndAge) {
  const auto checked = with(life, R"("models": [{"lifetime": "2 %/year", "parts": 3},
                                    {"lifetime": {"kind": "weibull", "shape": 2,
                                     "scale": "20 years"}, "age": "4 years"}])");
  ASSERT_TRUE(checked) << faults_of(checked);
  const auto& models = checked.value().failures.disk_models;
  ASSERT_EQ(models.size(), 2U);
  EXPECT_EQ(models[0].parts, 3);
  EXPECT_EQ(models[1].age, sim::years(4));
  EXPECT_THAT(
      faults_of(with(life, R"("models": [{"lifetime": "2 %/year"}], )" + std::string(life))),
      HasSubstr("cannot go with 'models'"));
  EXPECT_THAT(faults_of(with(life, R"("models": [{"lifetime": "2 %/year", "parts": 1000}])")),
              HasSubstr("deals out 1000 parts"));
}

TEST(WorkshopFields, AreReadAndMayBeAStrategysOwn) {
  const auto checked = with_repair(
      R"("visits": {"parts": 4, "at_latest": "14 days"},
         "stock": {"parts": 10, "delivery": "10 days"},
         "predictor": {"catches": "80 %", "lead": "10 days", "false_alarms": "1 %/year"},
         "refresh": "5 years", "new_disks": "take back", "sharing": "exact")");
  ASSERT_TRUE(checked) << faults_of(checked);
  const Repair& repair = checked.value().strategies[1].repair;
  EXPECT_EQ(repair.visits->parts, 4);
  EXPECT_EQ(repair.stock->parts, 10);
  EXPECT_DOUBLE_EQ(repair.predictor->catches, 0.8);
  EXPECT_NEAR(repair.predictor->false_alarms.value * sim::year.value, 0.01, 1e-12);
  EXPECT_EQ(*repair.refresh, sim::years(5));
  EXPECT_EQ(repair.new_disks, NewDisks::take_back);
  EXPECT_EQ(repair.sharing, FlowSharing::exact);
}

TEST(WorkshopFields, ThatContradictAreRefused) {
  EXPECT_THAT(faults_of(with_repair(R"("refresh": "5 years", "spares": {"kind": "technician"})")),
              HasSubstr("nowhere to move shards to"));
  EXPECT_THAT(faults_of(with_repair(R"("sharing": "exact", "order": "arrival")")),
              HasSubstr("moves as one"));
  EXPECT_THAT(faults_of(with_repair(R"("rebuild_time": "1 day", "refresh": "5 years")")),
              HasSubstr("/repair/refresh"));
}

TEST(OutageFields, MaySayHowLongAReturningUnitCatchesUp) {
  const auto checked =
      with(R"("rack": {"outage": {)", R"("rack": {"outage": {"catch_up": "20 %", )");
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_DOUBLE_EQ(checked.value().failures.rack_outage->catch_up, 0.2);
}

TEST(ThrottleFields, MayBeAtLinksAndRacks) {
  const auto racks = with(throttles, R"("throttles": [{"at": "rack", "rate": "1 Gbit/s",
                                        "counts": "both"}, {)");
  ASSERT_TRUE(racks) << faults_of(racks);
  EXPECT_EQ(racks.value().strategies[0].repair.throttles.front().at, ThrottleAt::rack);
}

/// The mission of the small scenario is added to the age of its oldest disks.
TEST(ValidAges, ALawThatIsAskedBeyondItsRecordIsWarnedOf) {
  const auto warnings_of = [](const std::string& ages) {
    Diagnostics warnings;
    const auto checked = read_scenario_text(
        small_scenario_with(life, ages + ", " + std::string(life)), "s.json", {}, &warnings);
    EXPECT_TRUE(checked) << faults_of(checked);
    std::string text;
    for (const Diagnostic& warning : warnings) {
      if (warning.pointer == "/failures/disk/valid") text += warning.message;
    }
    return text;
  };
  EXPECT_THAT(warnings_of(R"("valid": {"from": "0.5 years", "until": "2.7 years"})"),
              testing::AllOf(HasSubstr("asked beyond its record"),
                             HasSubstr("seen 0.5 to 2.7 years"), HasSubstr("from 0 years on")));
  EXPECT_EQ(warnings_of(R"("valid": {"from": "0 s", "until": "500 years"})"), "");
  EXPECT_THAT(faults_of(with(life, R"("valid": {"from": "3 years", "until": "2 years"}, )" +
                                       std::string(life))),
              HasSubstr("must be more than 'from'"));
}

}  // namespace
}  // namespace models::scenario
