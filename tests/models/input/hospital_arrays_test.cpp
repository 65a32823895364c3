// The shipped scenarios of a hospital's arrays: what their text says of themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "models/codes/code.h"
#include "models/input/read_scenario.h"
#include "models/input/validate.h"

namespace models::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Scenario shipped(const std::string& name) {
  Diagnostics warnings;
  const auto read =
      read_scenario(std::filesystem::path(HOLDFAST_SOURCE_DIR) / "scenarios" / name, {}, &warnings);
  std::string faults;
  if (!read) {
    for (const Diagnostic& fault : read.diagnostics()) faults += to_string(fault) + "\n";
  }
  EXPECT_TRUE(read) << faults;
  EXPECT_THAT(warnings, IsEmpty());
  return read ? read.value() : Scenario{};
}

std::vector<std::string> later_of(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const LaterSection& section : scenario.not_modelled) names.push_back(section.name);
  return names;
}

/// Failure probability of a year of the disks of a strategy.
double yearly_loss(const Scenario& scenario, const Strategy& strategy) {
  return sim::year / scenario.failures_of(strategy).disk->mean();
}

void expect_two_languages_and_each_strategy_once(const Scenario& scenario) {
  std::set<std::string> names;
  for (const Strategy& strategy : scenario.strategies) names.insert(strategy.name);
  EXPECT_EQ(names.size(), scenario.strategies.size());
  for (const Claim& claim : scenario.claims) {
    EXPECT_EQ(claim.text.count("en"), 1U) << claim.id;
    EXPECT_EQ(claim.text.count("zh"), 1U) << claim.id;
    EXPECT_TRUE(claim.strategy.empty() || names.count(claim.strategy) == 1) << claim.id;
  }
}

TEST(CityHospitalGateway, IsTwoArraysBehindFourEngines) {
  const Scenario scenario = shipped("city_hospital_gateway.json");
  EXPECT_EQ(scenario.hardware.racks(), 2);
  EXPECT_EQ(scenario.hardware.disks(), 96);
  // An array of 28.8 TB, as the description counts it.
  EXPECT_NEAR((scenario.hardware.disk.capacity * 48).value, 28.8e12, 1);
  EXPECT_EQ(scenario.hardware.gateways.count, 4);
  EXPECT_EQ(scenario.hardware.network.core_switches, 2);
  EXPECT_EQ(scenario.hardware.controllers.machines, 2);
  EXPECT_THAT(later_of(scenario), UnorderedElementsAre("caches", "incidents"));
  ASSERT_TRUE(scenario.paths.has_value());
  EXPECT_EQ(scenario.paths->services.size(), 3U);
  EXPECT_EQ(scenario.paths->enclosures, 2);
  expect_two_languages_and_each_strategy_once(scenario);
}

TEST(CityHospitalGateway, MirrorsSetsOfTheSameBays) {
  const Scenario scenario = shipped("city_hospital_gateway.json");
  ASSERT_EQ(scenario.strategies.size(), 6U);
  for (const Strategy& strategy : scenario.strategies) {
    const auto code = codes::make_code(strategy.code);
    const int arrays = code->arrays();
    EXPECT_EQ(arrays, strategy.name == "one array of RAID-6" ? 1 : 2) << strategy.name;
    // A set fills its pool up to the hot spares.
    EXPECT_EQ(code->shape().total() / arrays + strategy.repair.spares.count,
              strategy.placement.pool)
        << strategy.name;
    EXPECT_EQ(scenario.hardware_of(strategy).disks(), 48 * arrays) << strategy.name;
    EXPECT_NEAR(yearly_loss(scenario, strategy), 0.0301, 1e-9) << strategy.name;
  }
}

TEST(HospitalHybridArray, IsTwoModelsWithDisksOfTheirOwn) {
  const Scenario scenario = shipped("hospital_hybrid_array.json");
  std::vector<std::int64_t> disks;
  for (const Strategy& strategy : scenario.strategies) {
    const Hardware& hardware = scenario.hardware_of(strategy);
    disks.push_back(hardware.disks());
    const bool large = strategy.name.starts_with("CSA3016");
    EXPECT_NEAR(hardware.disk.capacity.value, large ? 4e12 : 16e12, 1) << strategy.name;
    // 361 failures in 12,456,523 drive-days, 253 in 18,224,627.
    const double days = large ? 18224627.0 / 253 : 12456523.0 / 361;
    EXPECT_NEAR(yearly_loss(scenario, strategy), 365.25 / days, 1e-9) << strategy.name;
    EXPECT_EQ(hardware.controllers.count, 2);
  }
  EXPECT_THAT(disks, ElementsAre(16, 16, 16, 64, 64, 32));
  EXPECT_THAT(later_of(scenario), IsEmpty());
  expect_two_languages_and_each_strategy_once(scenario);
}

TEST(HospitalHybridArray, PaysForTheCloudWhereItHasNoSecondArray) {
  const Scenario scenario = shipped("hospital_hybrid_array.json");
  for (const Strategy& strategy : scenario.strategies) {
    const bool two_arrays = codes::make_code(strategy.code)->arrays() == 2;
    EXPECT_EQ(strategy.cloud.size(), two_arrays ? 0U : 1U) << strategy.name;
  }
}

TEST(HospitalHybridArray, LosesItsPowerOnceAYear) {
  const Scenario scenario = shipped("hospital_hybrid_array.json");
  for (const Strategy& strategy : scenario.strategies) {
    const auto& shock = scenario.failures_of(strategy).power_domain_shock;
    ASSERT_TRUE(shock) << strategy.name;
    EXPECT_NEAR(sim::in_years(shock->between.mean()), 1, 1e-9);
    EXPECT_NEAR(shock->kills, 0.005, 1e-12);
  }
}

}  // namespace
}  // namespace models::scenario
