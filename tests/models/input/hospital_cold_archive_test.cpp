// The shipped scenario of the hospital's cold archive, and the arithmetic of its cost example.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/codes/code.h"
#include "models/economics/cost.h"
#include "models/input/read_scenario.h"

namespace models::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class HospitalColdArchive : public testing::Test {
 protected:
  void SetUp() override {
    const auto read = read_scenario(
        std::filesystem::path(HOLDFAST_SOURCE_DIR) / "scenarios/hospital_cold_archive.json", {},
        &warnings_);
    std::string faults;
    if (!read) {
      for (const Diagnostic& fault : read.diagnostics()) faults += to_string(fault) + "\n";
    }
    ASSERT_TRUE(read) << faults;
    scenario_ = read.value();
  }

  Scenario scenario_;
  Diagnostics warnings_;
};

TEST_F(HospitalColdArchive, HasNoFaultAndNoDoubt) {
  EXPECT_THAT(warnings_, IsEmpty());
  EXPECT_EQ(scenario_.hardware.machines(), 3);
  EXPECT_EQ(scenario_.hardware.front_ends.needed, 2);
  EXPECT_EQ(scenario_.data.logical, terabyte);
  EXPECT_EQ(scenario_.data.stripes_per_object(), 1);
  EXPECT_NEAR(scenario_.repair.detection.mean().value, 630, 1e-9);
  // 235 failures in 5,675,646 drive-days.
  EXPECT_NEAR(sim::year / scenario_.failures.disk->mean(), 235 / (5675646 / 365.25), 1e-9);
  EXPECT_TRUE(scenario_.not_modelled.empty());
}

TEST_F(HospitalColdArchive, KeepsSeveralShardsOnAMachineWhereThereAreTooFew) {
  std::vector<std::string> names;
  for (const Strategy& strategy : scenario_.strategies) {
    names.push_back(strategy.name);
    const auto code = codes::make_code(strategy.code);
    const int width = code->shape().total();
    const auto machines = static_cast<int>(scenario_.hardware_of(strategy).machines());
    const int in_a_machine = strategy.placement.max_per_machine;
    EXPECT_EQ(in_a_machine, (width + machines - 1) / machines) << strategy.name;
    // A lost machine is borne by each of them.
    EXPECT_LE(in_a_machine, width - code->shape().data) << strategy.name;
    const auto disks = static_cast<double>(scenario_.hardware.disks());
    if (strategy.hardware) continue;
    EXPECT_NEAR(strategy.placement.groups * width / disks, 100, 1) << strategy.name;
  }
  EXPECT_THAT(names, ElementsAre("three replicas", "two copies", "RS 2+1", "RS 4+2", "RS 6+3",
                                 "RS 6+3, nine nodes"));
}

TEST_F(HospitalColdArchive, SavesWhatTheCostExampleSays) {
  Data data = scenario_.data;
  data.logical = Bytes{100 * 0x1p50};
  std::map<std::string, double> yearly;
  for (const Strategy& strategy : scenario_.strategies) {
    const double overhead = codes::make_code(strategy.code)->overhead();
    const auto cost = economics::cost_of(
        {scenario_.hardware, strategy.hardware_kind, data, overhead, {}, {}}, *scenario_.prices);
    yearly[strategy.name] = cost.running_per_year.value;
    EXPECT_EQ(cost.capital.value, 0);
  }
  EXPECT_NEAR(yearly["two copies"] - yearly["RS 2+1"], 52428800, 0.005);
  EXPECT_NEAR(yearly["RS 2+1"], 157286400, 0.005);
}

TEST_F(HospitalColdArchive, SaysEveryClaimInTwoLanguages) {
  EXPECT_EQ(scenario_.claims.size(), 6U);
  for (const Claim& claim : scenario_.claims) {
    EXPECT_EQ(claim.text.count("en"), 1U) << claim.id;
    EXPECT_EQ(claim.text.count("zh"), 1U) << claim.id;
  }
}

}  // namespace
}  // namespace models::scenario
