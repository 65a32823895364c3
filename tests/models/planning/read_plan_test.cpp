// Plans as people write them: shipped ones, faulty ones, volumes from a hospital's own records.
#include "models/planning/read_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/input/schema.h"
#include "models/planning/demand.h"
#include "models/planning/volumes_csv.h"

namespace models::planning {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

fs::path shipped(const std::string& name) {
  return fs::path(HOLDFAST_SOURCE_DIR) / "scenarios/plans" / (name + ".json");
}

std::string faults_of(const std::vector<std::string>& overrides) {
  const auto plan = read_plan(shipped("city_hospital"), overrides);
  std::string text;
  if (plan) return text;
  for (const auto& fault : plan.diagnostics()) text += to_string(fault) + "\n";
  return text;
}

TEST(ShippedPlans, AreReadAndSayWhatIsInDoubt) {
  for (const char* name :
       {"community_hospital", "city_hospital", "regional_platform", "genome_centre"}) {
    const auto plan = read_plan(shipped(name), {});
    ASSERT_TRUE(plan) << to_string(plan.diagnostics().front());
    EXPECT_EQ(plan.value().years, 15);
    EXPECT_GE(plan.value().uncertain.size(), 5U) << name;
    EXPECT_GT(demand_of(plan.value()).back().stored().value, 0);
  }
}

TEST(ShippedPlans, SchemaIsTheTables) {
  std::ifstream file(fs::path(HOLDFAST_SOURCE_DIR) / "scenarios/schema/plan.schema.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(text == scenario::plan_schema_json())
      << "run: holdfast schema plan > scenarios/schema/plan.schema.json";
}

TEST(BadPlans, TellEveryFaultAtOnce) {
  const std::string faults = faults_of({"/demand/growth/0/rate=-150 %", "/care/detection=15",
                                        "/search/visits=[]", "/targets/durabilty=3"});
  EXPECT_THAT(faults, HasSubstr("/demand/growth/0"));
  EXPECT_THAT(faults, HasSubstr("-99"));
  EXPECT_THAT(faults, HasSubstr("/care/detection: must be a text with a unit"));
  EXPECT_THAT(faults, HasSubstr("/search/visits: must not be empty"));
  EXPECT_THAT(faults, HasSubstr("/targets/durabilty: is not known here"));
}

TEST(BadPlans, SharesOfRetentionAddUp) {
  EXPECT_THAT(faults_of({"/demand/retention/0/share=10 %"}), HasSubstr("add up to 40 %"));
}

TEST(BadPlans, ReadsCannotFallWithAge) {
  EXPECT_THAT(faults_of({"/demand/sources/0/access/within_90_days=10 %"}),
              HasSubstr("must not fall with age"));
}

TEST(Plans, OtherInputsAreReadInTheirPlace) {
  const auto plan = read_plan(shipped("city_hospital"), {});
  ASSERT_TRUE(plan);
  scenario::InputValues values(plan.value().uncertain.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = plan.value().uncertain[i].high;
  }
  const auto moved = with_inputs(plan.value(), values);
  ASSERT_TRUE(moved) << to_string(moved.diagnostics().front());
  EXPECT_DOUBLE_EQ(moved.value().demand.sources[0].growth[0].rate, 0.6);
  EXPECT_DOUBLE_EQ(moved.value().catalogue.disks[0].price_per_tb, 22);
  EXPECT_DOUBLE_EQ(moved.value().economy.disk_erosion, 0.02);
}

TEST(Volumes, AYearIsTheLastTwelveMonths) {
  std::string csv = "month,objects,bytes\r\n2024-12,999,1\r\n";
  for (int month = 1; month <= 12; ++month) {
    csv += "2025-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + ",100,5000\r\n";
  }
  const Volumes volumes = read_volumes(csv);
  EXPECT_EQ(volumes.fault, "");
  EXPECT_EQ(volumes.months, 13);
  EXPECT_DOUBLE_EQ(volumes.objects_per_year, 1200);
  EXPECT_DOUBLE_EQ(volumes.size->value, 50);
}

TEST(Volumes, AFewMonthsAreScaledUp) {
  EXPECT_DOUBLE_EQ(read_volumes("month,objects\n2025-12,30\n2026-01,50\n").objects_per_year, 480);
}

TEST(Volumes, FaultsNameTheirLine) {
  constexpr std::array<std::pair<const char*, const char*>, 5> cases{
      {{"months,objects\n", "line 1"},
       {"month,objects\n2025-13,1\n", "line 2: the month"},
       {"month,objects\n2025-01,1\n2025-03,1\n", "line 3: months must follow"},
       {"month,objects\n2025-01,-1\n", "line 2: must be plain numbers"},
       {"month,objects\n", "has no month"}}};
  for (const auto& [csv, fault] : cases) EXPECT_THAT(read_volumes(csv).fault, HasSubstr(fault));
}

}  // namespace
}  // namespace models::planning
