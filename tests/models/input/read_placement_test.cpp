// Ways of placing and sparing, from text to values, and what is wrong with them on this hardware.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::HasSubstr;

constexpr std::string_view placed = R"("placement": {"kind": "declustered", "groups": 1000})";
constexpr std::string_view sixes = R"("code": {"kind": "replication", "copies": 3},
     "placement": {"kind": "declustered", "groups": 1000})";
constexpr std::string_view mirror = R"("code": {"kind": "mirror", "copies": 2,
     "inside": {"kind": "reed-solomon", "data": 2, "parity": 1}}, "placement": )";

Checked<Scenario> read(std::string_view from, std::string_view to) {
  return read_scenario_text(small_scenario_with(from, to), "s.json", {});
}

std::string faults_with(std::string_view from, const std::string& to) {
  const auto checked = read(from, to);
  std::string text;
  if (checked) return text;
  for (const Diagnostic& fault : checked.diagnostics()) text += to_string(fault) + "\n";
  return text;
}

TEST(ReadPlacement, PoolsSidesLimitsAndSparesBecomeValues) {
  const auto checked = read(placed, R"("placement": {"kind": "partitioned", "groups": 1000,
      "pool": 6, "within": "site", "max_per_domain": {"rack": 2, "machine": 1, "site": 4}},
      "repair": {"spares": {"kind": "dedicated", "count": 1, "per": "pool"}})");
  ASSERT_TRUE(checked) << to_string(checked.diagnostics().front());
  const Strategy& strategy = checked.value().strategies[0];
  EXPECT_EQ(strategy.placement.kind, "partitioned");
  EXPECT_EQ(strategy.placement.pool, 6);
  EXPECT_EQ(strategy.placement.within, Domain::site);
  EXPECT_EQ(strategy.placement.max_per_site, 4);
  EXPECT_FALSE(strategy.placement.across);
  EXPECT_EQ(strategy.repair.spares.kind, "dedicated");
  EXPECT_EQ(strategy.repair.spares.count, 1);
  EXPECT_FALSE(strategy.repair.spares.per);
  EXPECT_EQ(checked.value().strategies[1].repair.spares.kind, "distributed");
}

TEST(ReadPlacement, ATechniciansVisitIsWhenNewHardwareIsThere) {
  const auto checked = read(placed, std::string(placed) + R"(,
      "repair": {"spares": {"kind": "technician", "visit": "2 days"}})");
  ASSERT_TRUE(checked) << to_string(checked.diagnostics().front());
  EXPECT_EQ(checked.value().strategies[0].repair.new_hardware().mean(), sim::days(2));
  EXPECT_EQ(checked.value().strategies[1].repair.new_hardware().mean(), sim::days(3));
}

TEST(ReadPlacement, AMirrorTakesItsSides) {
  const auto checked = read(sixes, std::string(mirror) + R"({"kind": "mirrored", "groups": 500,
      "across": "rack", "max_per_domain": {"rack": 3, "machine": 1}})");
  ASSERT_TRUE(checked) << to_string(checked.diagnostics().front());
  EXPECT_EQ(checked.value().strategies[0].placement.across, Domain::rack);
}

TEST(ReadPlacement, WhatCannotBeIsRefusedWithItsPlace) {
  const std::string at = "/strategies/0/";
  for (const auto& [placement, place, words] : {
           std::tuple{R"({"kind": "partitioned", "groups": 9})", "placement/pool", "is missing"},
           {R"({"kind": "partitioned", "groups": 9, "pool": 2})", "placement/pool", "at least 3"},
           {R"({"kind": "partitioned", "groups": 9, "pool": 3, "within": "machine"})",
            "placement/max_per_domain", "places for 1"},
           {R"({"kind": "declustered", "groups": 9, "pool": 4})", "placement/pool",
            "is for \"partitioned\""},
           {R"({"kind": "declustered", "groups": 9, "within": "rack"})", "placement/within",
            "there are none"},
           {R"({"kind": "declustered", "groups": 9, "across": "rack"})", "placement/across",
            "is for \"mirrored\""},
           {R"({"kind": "mirrored", "groups": 9})", "placement/across", "is missing"},
           {R"({"kind": "mirrored", "groups": 9, "across": "rack"})", "placement/kind",
            "3 replicas has one array"},
           {R"({"kind": "declustered", "groups": 9, "max_per_domain": {"site": 2}})",
            "placement/max_per_domain", "in a site"},
       }) {
    const std::string text = faults_with(placed, R"("placement": )" + std::string(placement));
    EXPECT_THAT(text, HasSubstr(at + place)) << placement;
    EXPECT_THAT(text, HasSubstr(words)) << placement;
  }
}

TEST(ReadPlacement, SidesThatDoNotShareOutAreRefused) {
  const std::string start = std::string(mirror) + R"({"kind": "mirrored", "groups": 9, )";
  EXPECT_THAT(faults_with(sixes, start + R"("across": "site"})"),
              HasSubstr("1 site(s) cannot be shared out evenly to the 2 arrays"));
  EXPECT_THAT(faults_with(sixes, start + R"("across": "machine", "pool": 3, "within": "rack",
                                            "max_per_domain": 9})"),
              HasSubstr("must be \"machine\" or smaller"));
}

TEST(ReadPlacement, SparesThatCannotBeAreRefused) {
  for (const auto& [spares, words] : {
           std::pair{R"({"kind": "dedicated", "per": "rack"})", "must be at least 1, got 0"},
           {R"({"kind": "dedicated", "count": 1})", "must be \"machine\", \"rack\" or \"site\""},
           {R"({"kind": "dedicated", "count": 1, "per": "pool"})", "the placement has no pools"},
           {R"({"kind": "dedicated", "count": 900, "per": "rack"})", "leave none for data"},
           {R"({"kind": "technician", "count": 1})", "is for \"dedicated\" spares"},
           {R"({"kind": "distributed", "visit": "2 days"})", "is for \"technician\""},
           {R"({"kind": "magic"})", "must be one of"},
       }) {
    EXPECT_THAT(
        faults_with(placed, std::string(placed) + R"(, "repair": {"spares": )" + spares + "}"),
        HasSubstr(words))
        << spares;
  }
  EXPECT_THAT(faults_with(placed, std::string(placed) + R"(, "repair": {"rebuild_time": "3 h",
                  "spares": {"kind": "technician", "visit": "2 days"}})"),
              HasSubstr("must be \"distributed\" where rebuild_time"));
}

}  // namespace
}  // namespace models::scenario
