// Pairs, domains, controllers and the clients' way in, from text to values.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// The small scenario with more in its hardware and its failures.
Checked<Scenario> with(const std::string& hardware, const std::string& failures) {
  std::string text =
      small_scenario_with(R"("racks_per_site": 12,)", R"("racks_per_site": 12, )" + hardware);
  const std::string rack = R"("rack": {"outage")";
  text.replace(text.find(rack), rack.size(), failures + rack);
  return read_scenario_text(text, "s.json");
}

std::string outage_of(const std::string& unit) {
  return "\"" + unit + R"(": {"outage": {"between": "1 /year", "duration": "2 h"}}, )";
}

TEST(Parts, AreReadWithTheirFailures) {
  const auto checked =
      with(R"("power_domains": 3, "controllers": {"count": 2, "machines": 2},
              "front_ends": {"count": 3, "needed": 2}, "gateways": {"count": 2}, )",
           outage_of("power_domain") + outage_of("controller") + outage_of("gateway") +
               outage_of("front_end") + outage_of("site") + outage_of("software"));
  ASSERT_TRUE(checked) << faults_of(checked);
  const Hardware& hardware = checked.value().hardware;
  EXPECT_EQ(hardware.power_domains, 3);
  EXPECT_EQ(hardware.controller_count(), 24);
  EXPECT_EQ(hardware.front_ends.needed, 2);
  EXPECT_EQ(hardware.gateways.needed, 1);
  EXPECT_EQ(hardware.network.rack_switches, 1);
  const Failures& failures = checked.value().failures;
  for (const auto& outage :
       {failures.power_domain_outage, failures.controller_outage, failures.gateway_outage,
        failures.front_end_outage, failures.site_outage, failures.software_outage}) {
    ASSERT_TRUE(outage.has_value());
    EXPECT_EQ(outage->duration.mean().value, 7200);
  }
}

TEST(Parts, ThatDoNotGoTogetherAreRefused) {
  EXPECT_THAT(faults_of(with(R"("power_domains": 13, "controllers": {"count": 2, "machines": 3},
                                "front_ends": {"count": 2, "needed": 3}, )",
                             "")),
              AllOf(HasSubstr("/hardware/power_domains: must be 1 to 12 (the racks of a site)"),
                    HasSubstr("/hardware/controllers/machines: must divide the machines of a rack "
                              "(2) evenly, got 3"),
                    HasSubstr("/hardware/front_ends/needed: must be 1 to 2")));
}

TEST(Parts, ThatFailMustExist) {
  for (const char* unit : {"controller", "gateway", "front_end"}) {
    EXPECT_THAT(faults_of(with("", outage_of(unit))),
                HasSubstr("/failures/" + std::string(unit) + ": there is no " + unit));
  }
  EXPECT_TRUE(with("", outage_of("site") + outage_of("software") + outage_of("power_domain")));
}

TEST(CloudCopies, AreReadAndNeedAClass) {
  const auto copies = [](const std::string& cloud) {
    return read_scenario_text(
        small_scenario_with(R"("repair": {"detection": "1 h"}})", R"("cloud": [{)" + cloud + "}]}"),
        "s.json");
  };
  const auto checked =
      copies(R"("class": "archive", "read_per_year": "150 %", "kept": "15 years")");
  ASSERT_TRUE(checked) << faults_of(checked);
  const CloudUse& use = checked.value().strategies[1].cloud.at(0);
  EXPECT_EQ(use.share, 1);
  EXPECT_EQ(use.read_per_year, 1.5);
  EXPECT_EQ(use.kept, sim::years(15));
  EXPECT_THAT(faults_of(copies(R"("class": "achive")")), HasSubstr("did you mean 'archive'?"));
}

}  // namespace
}  // namespace models::scenario
