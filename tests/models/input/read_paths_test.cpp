#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "models/input/read_scenario.h"

namespace models::scenario {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

Checked<Scenario> shipped_with(const std::vector<std::string>& changes) {
  return read_scenario(
      std::filesystem::path(HOLDFAST_SOURCE_DIR) / "scenarios/city_hospital_gateway.json", changes);
}

TEST(ReadPaths, TakesTheShippedWay) {
  const auto scenario = shipped_with({});
  ASSERT_TRUE(scenario);
  const Paths& paths = *scenario.value().paths;
  EXPECT_EQ(paths.services[2].name, "virtual machines");
  EXPECT_EQ(paths.services[2].needed, 4);
  EXPECT_DOUBLE_EQ(paths.services[2].host_cache.value, 30);
  EXPECT_DOUBLE_EQ(paths.port.value, 1e9);
  EXPECT_EQ(paths.multipath, Multipath::active_active);
  EXPECT_TRUE(paths.third_place);
  ASSERT_TRUE(paths.logical.has_value());
  EXPECT_DOUBLE_EQ(paths.logical->snapshots_every.value, 0);
}

TEST(ReadPaths, TakesChangesAndRefusesWhatCannotBe) {
  const auto alua = shipped_with({R"(paths.multipath="ALUA")", R"(paths.quorum="none")",
                                  R"(paths.logical.snapshots_every="1 h")"});
  ASSERT_TRUE(alua);
  EXPECT_EQ(alua.value().paths->multipath, Multipath::alua);
  EXPECT_FALSE(alua.value().paths->third_place);
  const auto faulty = shipped_with({"paths.services.0.needed=3", "paths.enclosures=3"});
  ASSERT_FALSE(faulty);
  EXPECT_THAT(faulty.diagnostics(),
              Contains(Field(&Diagnostic::pointer, "/paths/services/0/needed")));
  EXPECT_THAT(faulty.diagnostics(),
              Contains(AllOf(Field(&Diagnostic::pointer, "/paths/enclosures"),
                             Field(&Diagnostic::message, HasSubstr("at most the 2 engines")))));
}

}  // namespace
}  // namespace models::scenario
