// Latent errors and scrubbing as scenarios write them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using ::testing::HasSubstr;

Checked<Scenario> read(const std::string& latent, const std::string& scrub) {
  std::string text = small_scenario_with("\"disk\": {\"lifetime\"",
                                         "\"disk\": {\"latent\": " + latent + ", \"lifetime\"");
  const std::string before = "\"replacement\": \"3 days\",";
  text.replace(text.find(before), before.size(), before + " \"scrub\": " + scrub + ",");
  return read_scenario_text(text, "s.json");
}

TEST(ReadIntegrity, HasLatentErrorsAndAPass) {
  const auto read_one = read(R"({"defects": "1.32 %/year", "silent": "0.01 /h",
                                 "unreadable_bits": 1e-15, "burst": 2.5})",
                             R"({"kind": "pass", "every": "1 week", "rate": "20 MB/s"})");
  ASSERT_TRUE(read_one) << faults_of(read_one);
  const Scenario& s = read_one.value();
  ASSERT_TRUE(s.failures.disk_latent.has_value());
  EXPECT_NEAR(s.failures.disk_latent->defects * sim::year, 0.0132, 1e-15);
  EXPECT_NEAR(s.failures.disk_latent->silent * sim::hour, 0.01, 1e-15);
  EXPECT_EQ(s.failures.disk_latent->burst, 2.5);
  EXPECT_EQ(s.failures.disk_latent->unreadable_bits, 1e-15);
  EXPECT_EQ(s.repair.scrub.kind, ScrubKind::pass);
  EXPECT_EQ(s.repair.scrub.checks, ScrubChecks::crc);
  EXPECT_EQ(s.repair.scrub.every, sim::days(7));
  EXPECT_EQ(s.repair.scrub.rate.value, 20e6);
  EXPECT_EQ(s.strategies[1].repair.scrub.kind, ScrubKind::pass) << "strategies take it over";
}

TEST(ReadIntegrity, WithoutThemThereAreNone) {
  const auto plain = read_scenario_text(small_scenario(), "s.json");
  ASSERT_TRUE(plain) << faults_of(plain);
  EXPECT_FALSE(plain.value().failures.disk_latent.has_value());
  EXPECT_EQ(plain.value().repair.scrub.kind, ScrubKind::off);
}

TEST(ReadIntegrity, AStrategyMayScrubInItsOwnWay) {
  const std::string text =
      small_scenario_with("\"repair\": {\"detection\": \"1 h\"}",
                          R"("repair": {"scrub": {"kind": "delay", "checks": "readable",
                          "delay": {"kind": "weibull", "shape": 3, "scale": "168 h"}}})");
  const auto own = read_scenario_text(text, "s.json");
  ASSERT_TRUE(own) << faults_of(own);
  EXPECT_EQ(own.value().strategies[0].repair.scrub.kind, ScrubKind::off);
  const Scrub& scrub = own.value().strategies[1].repair.scrub;
  EXPECT_EQ(scrub.kind, ScrubKind::delay);
  EXPECT_EQ(scrub.checks, ScrubChecks::readable);
  EXPECT_NEAR(sim::in_hours(scrub.delay.value().mean()), 150.02, 0.01);
}

TEST(ReadIntegrity, WhatCannotBeIsAFault) {
  struct Wrong {
    const char* latent;
    const char* scrub;
    const char* words;
  };
  const char* fine = R"({"defects": "1 /year"})";
  const char* off = R"({"kind": "off"})";
  for (const Wrong& wrong :
       {Wrong{R"({"defects": "-1 /year"})", off, "/failures/disk/latent/defects"},
        Wrong{R"({"defects": 3})", off, "has no unit"},
        Wrong{R"({"unreadable_bits": 0.5})", off, "must be 0 to 1e-06"},
        Wrong{R"({"burst": 0})", off, "must be 1 to"},
        Wrong{R"({"defect": "1 /year"})", off, "did you mean 'defects'?"},
        Wrong{fine, R"({"kind": "often"})", "'pass'"},
        Wrong{fine, R"({"kind": "pass"})", "needs 'every', 'rate' or both"},
        Wrong{fine, R"({"kind": "off", "every": "1 week"})", "is for scrubbing of kind"},
        Wrong{fine, R"({"kind": "pass", "every": "1 week", "delay": "3 h"})", "\"delay\"; remove"},
        Wrong{fine, R"({"kind": "delay"})", "/repair/scrub/delay"}}) {
    EXPECT_THAT(faults_of(read(wrong.latent, wrong.scrub)), HasSubstr(wrong.words))
        << wrong.latent << wrong.scrub;
  }
}

}  // namespace
}  // namespace models::scenario
