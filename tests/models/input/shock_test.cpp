// Events that strike a rack, a power domain or a site, from text to values.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/input/read_scenario.h"
#include "models/input/validate.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

Checked<Scenario> with_shock(const std::string& shock) {
  return read_scenario_text(
      small_scenario_with(R"("rack": {"outage")",
                          R"("rack": {"shock": {)" + shock + R"(}, "outage")"),
      "s.json");
}

TEST(Shock, IsReadBesideTheOutage) {
  const auto checked = with_shock(
      R"("between": {"kind": "exponential", "mean": "20 years"}, "kills": "5 %", "away": "12 h",
         "source": "none")");
  ASSERT_TRUE(checked) << faults_of(checked);
  const Failures& failures = checked.value().failures;
  ASSERT_TRUE(failures.rack_shock);
  EXPECT_NEAR(sim::in_years(failures.rack_shock->between.mean()), 20, 1e-12);
  EXPECT_DOUBLE_EQ(failures.rack_shock->kills, 0.05);
  EXPECT_EQ(failures.rack_shock->away.mean(), sim::hours(12));
  EXPECT_TRUE(failures.rack_outage);
}

TEST(Shock, MayStandWithoutAnOutageAndBeAStrategysOwn) {
  std::string text =
      small_scenario_with(R"("rack": {"outage": {"between": "0.1 /year", "duration": "2 h"}})",
                          R"("rack": {"shock": {"between": "0.1 /year", "kills": "1 %",
                                                "away": "2 h"}})");
  const std::string own = R"("repair": {"detection": "1 h"}})";
  text.replace(text.find(own), own.size(),
               R"("failures": {"rack": {"shock": {"between": "1 /year", "kills": "100 %",
                  "away": {"kind": "uniform", "from": "1 h", "to": "3 h"}}}}})");
  const auto checked = read_scenario_text(text, "s.json");
  ASSERT_TRUE(checked) << faults_of(checked);
  const Scenario& scenario = checked.value();
  EXPECT_FALSE(scenario.failures.rack_outage);
  EXPECT_DOUBLE_EQ(scenario.failures.rack_shock->kills, 0.01);
  EXPECT_DOUBLE_EQ(scenario.failures_of(scenario.strategies[1]).rack_shock->kills, 1);
  EXPECT_NEAR(sim::in_hours(scenario.failures_of(scenario.strategies[1]).rack_shock->away.mean()),
              2, 1e-12);
}

TEST(Shock, StrikesPowerDomainsAndSitesToo) {
  const char* shock =
      R"({"shock": {"between": "0.05 /year", "kills": "2 %", "away": "8 h", "source": "none"}})";
  const std::string text = small_scenario_with(
      R"("rack": {"outage")", R"("power_domain": )" + std::string(shock) + R"(, "site": )" + shock +
                                  R"(, "rack": {"outage")");
  const auto checked = read_scenario_text(text, "s.json");
  ASSERT_TRUE(checked) << faults_of(checked);
  const Failures& failures = checked.value().failures;
  EXPECT_FALSE(failures.rack_shock);
  for (const auto& place : {failures.power_domain_shock, failures.site_shock}) {
    ASSERT_TRUE(place);
    EXPECT_DOUBLE_EQ(place->kills, 0.02);
    EXPECT_EQ(place->away.mean(), sim::hours(8));
  }
}

TEST(Shock, NeedsAllOfItsValues) {
  EXPECT_THAT(faults_of(with_shock("")), AllOf(HasSubstr("/failures/rack/shock/between"),
                                               HasSubstr("/failures/rack/shock/kills"),
                                               HasSubstr("/failures/rack/shock/away")));
  EXPECT_THAT(faults_of(with_shock(
                  R"("between": "1 /year", "kils": "5 %", "kills": "5 %", "away": "1 h")")),
              HasSubstr("did you mean 'kills'?"));
}

TEST(Shock, KillsAShareAboveNothingAndUpToAll) {
  for (const char* kills : {"0 %", "101 %", "-5 %"}) {
    EXPECT_THAT(faults_of(with_shock(R"("between": "1 /year", "away": "1 h", "kills": ")" +
                                     std::string(kills) + "\"")),
                HasSubstr("/failures/rack/shock/kills"))
        << kills;
  }
  EXPECT_THAT(faults_of(with_shock(R"("between": "1 /year", "away": "1 h", "kills": 0.05)")),
              HasSubstr("/failures/rack/shock/kills"));
}

TEST(Shock, ComesAtARateAndNotAtOneInstant) {
  EXPECT_THAT(faults_of(with_shock(R"("between": {"kind": "fixed", "time": "1 year"},
                                      "kills": "5 %", "away": "1 h")")),
              HasSubstr("/failures/rack/shock/between"));
}

TEST(Shock, OfAScenarioBuiltInCodeIsCheckedToo) {
  auto checked = with_shock(R"("between": "1 /year", "kills": "5 %", "away": "1 h")");
  ASSERT_TRUE(checked) << faults_of(checked);
  Scenario scenario = checked.value();
  EXPECT_THAT(validate(scenario), IsEmpty());
  scenario.failures.rack_shock->kills = 1.5;
  scenario.failures.rack_shock->between = sim::Distribution::fixed(sim::years(1));
  std::string text;
  for (const Diagnostic& fault : validate(scenario)) text += to_string(fault) + "\n";
  EXPECT_THAT(text, AllOf(HasSubstr("/failures/rack/shock/kills: must be above 0 % and at most "
                                    "100 %, got 150 %"),
                          HasSubstr("/failures/rack/shock/between")));
}

TEST(Shock, CountsAmongTheLossesThatRebuildingMustKeepUpWith) {
  Diagnostics warnings;
  const std::string text =
      small_scenario_with(R"("rack": {"outage")",
                          R"("rack": {"shock": {"between": "2000 /year", "kills": "100 %",
                                                "away": "0 s"}, "outage")");
  EXPECT_TRUE(read_scenario_text(text, "s.json", {}, &warnings));
  std::string said;
  for (const Diagnostic& warning : warnings) said += to_string(warning) + "\n";
  EXPECT_THAT(said, HasSubstr("rebuild is slower than failures"));
}

}  // namespace
}  // namespace models::scenario
