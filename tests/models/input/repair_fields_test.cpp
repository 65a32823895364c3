// Lots of disks, strain, and what a scenario may ask of repair: from text to values.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view throttles = R"("throttles": [{)";
constexpr std::string_view placed = R"("placement": {"kind": "declustered", "groups": 1000})";

Checked<Scenario> with(std::string_view from, const std::string& to) {
  return read_scenario_text(small_scenario_with(from, to), "s.json", {});
}

Checked<Scenario> with_repair(const std::string& keys) {
  return with(throttles, keys + ", " + std::string(throttles));
}

TEST(SpecialFailures, OfLotsNeedNoTimeAway) {
  const auto checked =
      with(R"("rack": {"outage")",
           R"("batch": {"shock": {"between": "0.02 /year", "kills": "20 %"}}, "rack": {"outage")");
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_EQ(checked.value().failures.batch_shock->kills, 0.2);
}

TEST(SpecialFailures, LoadIsAConstantHazard) {
  const auto checked = with(R"("disk": {"lifetime": "1.5 %/year",)",
                            R"("disk": {"under_rebuild": "9 %/year", "lifetime": "1.5 %/year",)");
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_TRUE(checked.value().failures.strain);
  EXPECT_THAT(faults_of(with(R"("disk": {"lifetime": "1.5 %/year",)",
                             R"("disk": {"under_rebuild": {"kind": "weibull", "shape": 2, "scale":
                        "9 years"}, "lifetime": "1.5 %/year",)")),
              HasSubstr("must be a constant rate"));
}

TEST(RepairFields, AreReadAndMayBeAStrategysOwn) {
  const auto checked = with_repair(
      R"("order": "arrival", "traffic": "combined", "patience": "15 min",
         "busy": {"from": 7, "to": 19, "leaves": "40 %"},
         "working_hours": {"from": 9, "to": 17})");
  ASSERT_TRUE(checked) << faults_of(checked);
  const Repair& repair = checked.value().strategies[1].repair;
  EXPECT_EQ(repair.order, RebuildOrder::arrival);
  EXPECT_EQ(repair.traffic, Traffic::combined);
  EXPECT_EQ(*repair.patience, sim::minutes(15));
  EXPECT_EQ(repair.busy->leaves, 0.4);
  EXPECT_EQ(repair.working_hours->days, 5);
  const auto own = with(placed, fmt::format("{}, {}", placed, R"("repair": {"threshold": 2})"));
  ASSERT_TRUE(own) << faults_of(own);
  EXPECT_EQ(own.value().strategies[0].repair.threshold, 2);
  EXPECT_EQ(own.value().strategies[1].repair.threshold, 1);
}

TEST(RepairFields, ThatContradictAreRefused) {
  EXPECT_THAT(faults_of(with_repair(R"("threshold": 3)")),
              HasSubstr("/strategies/0/repair/threshold"));
  EXPECT_THAT(faults_of(with_repair(R"("rebuild_time": "1 day", "patience": "1 h",
                                       "traffic": "near")")),
              AllOf(HasSubstr("/repair/patience"), HasSubstr("/repair/traffic")));
  EXPECT_THAT(faults_of(with_repair(R"("patience": "1 h", "spares": {"kind": "technician"})")),
              HasSubstr("nowhere to copy to"));
  EXPECT_THAT(faults_of(with_repair(R"("busy": {"from": 9, "to": 8, "leaves": "50 %"})")),
              HasSubstr("must be after 'from'"));
}

TEST(NewPlacements, NeedTheirNumbers) {
  EXPECT_THAT(faults_of(with(placed, R"("placement": {"kind": "copysets", "groups": 1000})")),
              HasSubstr("/placement/scatter_width"));
  EXPECT_THAT(faults_of(with(placed, R"("placement": {"kind": "hierarchical", "groups": 1000})")),
              HasSubstr("/placement/racks"));
  EXPECT_THAT(faults_of(with(placed, R"("placement": {"kind": "hierarchical", "groups": 1000,
                                        "racks": 1})")),
              HasSubstr("3 shards in a rack, which may hold 1"));
  EXPECT_THAT(faults_of(with(placed, R"("placement": {"kind": "declustered", "groups": 1000,
                                        "racks": 3})")),
              HasSubstr("is for \"hierarchical\""));
  const auto checked = with(placed, R"("placement": {"kind": "copysets", "groups": 1000,
                                       "scatter_width": 10})");
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_EQ(checked.value().strategies[0].placement.scatter_width, 10);
}

}  // namespace
}  // namespace models::scenario
