#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "models/input/read_scenario.h"
#include "models/scenario/lifecycle_values.h"

// Section lifecycle: what is read, and what is refused.
namespace models::scenario {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Checked<Scenario> shipped(const std::string& name, const std::vector<std::string>& changes = {}) {
  return read_scenario(std::filesystem::path(HOLDFAST_SOURCE_DIR) / "scenarios" / name, changes);
}

std::string faults_of(const std::string& name, const std::vector<std::string>& changes) {
  const auto read = shipped(name, changes);
  std::string text;
  if (!read) {
    for (const Diagnostic& fault : read.diagnostics()) text += to_string(fault) + "\n";
  }
  return text;
}

TEST(LifecycleSection, HoldsTheFactsOfTheHybridArray) {
  const auto read = shipped("hospital_hybrid_array.json");
  ASSERT_TRUE(read);
  const Lifecycle& all = *read.value().lifecycle;
  EXPECT_DOUBLE_EQ(all.line->rate.value, 1.25e9);
  EXPECT_EQ(all.snapshots->most, 256);
  ASSERT_EQ(all.copies.size(), 3U);
  EXPECT_TRUE(all.copies[1].over_line);
  EXPECT_FALSE(all.copies[2].over_line);
  EXPECT_EQ(all.copies[1].versions, Versions::immutable);
  EXPECT_EQ(all.incidents[3].kind, IncidentKind::deletion);
}

TEST(LifecycleSection, HoldsTheRuleOfTheScan) {
  const auto read = shipped("hospital_cold_archive.json");
  ASSERT_TRUE(read);
  const ColdFiles& files = *read.value().lifecycle->cold_files;
  EXPECT_EQ(files.rule.unmodified_for, sim::days(180));
  EXPECT_EQ(files.rule.reheat_from, 3);
  EXPECT_EQ(read.value().lifecycle->metadata.size(), 2U);
}

TEST(LifecycleSection, RefusesWhatDoesNotFitTogether) {
  const std::string cold = "hospital_cold_archive.json";
  const std::string hybrid = "hospital_hybrid_array.json";
  EXPECT_THAT(faults_of(cold, {"lifecycle.cold_files.cold=\"RS 9+9\""}),
              HasSubstr("there is no strategy \"RS 9+9\""));
  EXPECT_THAT(faults_of(cold, {"lifecycle.cold_files.reheat_from=1"}),
              HasSubstr("must be above accesses_at_most"));
  EXPECT_THAT(faults_of(cold, {"lifecycle.metadata.0.count=2"}), HasSubstr("resync"));
  EXPECT_THAT(faults_of(hybrid, {"lifecycle.incidents.0.place=\"the moon\""}),
              HasSubstr("no copy stands in \"the moon\""));
  EXPECT_THAT(faults_of(hybrid, {"lifecycle.writes.to=\"6 h\""}), HasSubstr("must be after"));
  EXPECT_THAT(faults_of(hybrid, {"lifecycle.copies.1.versions=\"imutable\""}),
              HasSubstr("immutable"));
  EXPECT_THAT(faults_of(hybrid, {}), IsEmpty());
}

}  // namespace
}  // namespace models::scenario
