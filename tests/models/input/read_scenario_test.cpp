// From text to values, and each kind of fault with its place and its remedy.
#include "models/input/read_scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <utility>

#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::SizeIs;

Checked<Scenario> read(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return read_scenario_text(text, "s.json", overrides);
}

std::string faults_with(std::string_view from, std::string_view to) {
  return faults_of(read(small_scenario_with(from, to)));
}

TEST(ReadScenario, EverySectionBecomesValuesInBaseUnits) {
  const auto checked = read(small_scenario());
  ASSERT_TRUE(checked) << faults_of(checked);
  const Scenario& s = checked.value();
  EXPECT_EQ(s.name, "small");
  EXPECT_EQ(s.mission, sim::years(2));
  EXPECT_EQ(s.data.logical.value, 1e14);
  EXPECT_EQ(s.data.objects, 1e6);
  EXPECT_EQ(s.hardware.disks(), 96);
  EXPECT_EQ(s.hardware.network.machine.value, 1.25e9);
  EXPECT_EQ(s.failures.disk_age.oldest, sim::years(4));
  EXPECT_EQ(s.failures.disk_age.cohorts, 4);
  ASSERT_TRUE(s.failures.machine_outage.has_value());
  EXPECT_EQ(s.failures.machine_outage->duration.mean().value, 1200);
  EXPECT_FALSE(s.failures.core_switch_outage.has_value());
  ASSERT_THAT(s.repair.throttles, SizeIs(1));
  EXPECT_EQ(s.repair.throttles[0].counts, ThrottleCounts::reads);
  ASSERT_TRUE(s.prices.has_value());
  EXPECT_EQ(s.prices->items.at("disk").price, 20);
  ASSERT_THAT(s.claims, SizeIs(2));
  EXPECT_EQ(s.claims[0].text.at("zh"), "十个九");
  EXPECT_EQ(s.claims[1].kind, "survives");
  EXPECT_EQ(s.claims[1].unit, "rack");
  EXPECT_EQ(s.claims[1].count, 1);
  EXPECT_EQ(s.claims[1].restores, "data");
  ASSERT_THAT(s.not_modelled, SizeIs(1));
  EXPECT_EQ(s.not_modelled[0].name, "tiers");
  EXPECT_EQ(s.file, "s.json");
  EXPECT_THAT(s.sha256, SizeIs(64));
}

TEST(ReadScenario, AStrategyChangesOnlyWhatItNames) {
  const auto checked = read(small_scenario());
  ASSERT_TRUE(checked) << faults_of(checked);
  const auto& strategies = checked.value().strategies;
  ASSERT_THAT(strategies, SizeIs(2));
  EXPECT_EQ(strategies[0].repair.detection.mean().value, 600);
  EXPECT_EQ(strategies[1].repair.detection.mean().value, 3600);
  EXPECT_EQ(strategies[1].repair.replacement.mean().value, 3 * 86400);
  EXPECT_THAT(strategies[1].repair.throttles, SizeIs(1));
  EXPECT_EQ(strategies[0].placement.max_per_rack, 1);
  EXPECT_EQ(strategies[1].placement.max_per_rack, 2);
  EXPECT_EQ(strategies[1].placement.max_per_machine, 1);
  EXPECT_EQ(strategies[1].code.parameters.at("parity"), 3);
}

TEST(ReadScenario, DefaultsHoldWhereTheFileIsSilent) {
  const auto checked = read(small_scenario_with("\"detection\": \"10 min\", ", ""));
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_EQ(checked.value().repair.detection.mean().value, 1800);
  EXPECT_EQ(checked.value().hardware.usable_fill, 0.85);
  EXPECT_EQ(checked.value().hardware.network.rebuild_share, 0.5);
}

TEST(ReadScenario, EveryDefaultHasASourceAndAYear) {
  const auto all = defaults();
  EXPECT_GT(all.size(), 5U);
  for (const Default& item : all) {
    EXPECT_FALSE(item.source.empty()) << item.pointer;
    EXPECT_GT(item.year, 1900) << item.pointer;
    EXPECT_FALSE(item.value.empty()) << item.pointer;
  }
}

TEST(ReadScenario, ObjectsAreCountedByTheirSizeToo) {
  const auto checked = read(small_scenario_with("\"objects\": 1e6", "\"object_size\": \"1 GB\""));
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_EQ(checked.value().data.objects, 1e5);
}

TEST(ReadScenario, AnAnnualProbabilityBecomesARate) {
  const auto checked = read(small_scenario());
  ASSERT_TRUE(checked) << faults_of(checked);
  EXPECT_NEAR(checked.value().failures.machine->probability_by(sim::year), 0.05, 1e-15);
}

TEST(ReadScenario, EveryKindOfDistributionIsRead) {
  const std::pair<const char*, const char*> kinds[] = {
      {R"({"kind": "exponential", "rate": "3 /year"})", "exponential"},
      {R"({"kind": "exponential", "mean": "3 years"})", "exponential"},
      {R"({"kind": "weibull", "shape": 1.1, "scale": "50 years"})", "eibull"},
      {R"({"kind": "weibull", "shape": 1.1, "scale": "50 years", "location": "1 day"})", "eibull"},
      {R"({"kind": "bathtub", "parts": ["1 %/year", {"kind": "weibull", "shape": 3, "scale": "9 years"}]})",
       "eibull"},
      {R"({"kind": "lognormal", "median": "5 years", "sigma": 1})", "ognormal"},
      {R"({"kind": "gamma", "shape": 2, "scale": "5 years"})", "amma"},
      {R"({"kind": "uniform", "from": "0 s", "to": "5 years"})", "niform"},
      {R"({"kind": "empirical", "times": ["1 year", "2 years"]})", "mpirical"}};
  for (const auto& [text, name] : kinds) {
    const auto checked = read(small_scenario_with("\"0.1 /year\"", text));
    ASSERT_TRUE(checked) << faults_of(checked);
    EXPECT_THAT(checked.value().failures.rack_outage->between.describe(), HasSubstr(name));
  }
}

TEST(ReadScenario, FaultsOfDistributionsSayWhatIsRight) {
  const std::pair<const char*, const char*> wrong[] = {
      {R"("5 years")", "a time alone is no lifetime"},
      {R"({"kind": "fixed", "time": "5 years"})", "a fixed time is no lifetime"},
      {R"({"kind": "weibul", "shape": 1, "scale": "1 year"})", "did you mean 'weibull'?"},
      {R"({"kind": "weibull", "shape": 0, "scale": "1 year"})", "shape: must be 0.05 to 50, got 0"},
      {R"({"kind": "weibull", "shape": -1, "scale": "1 year"})", "got -1"},
      {R"({"kind": "weibull", "shape": 1})", "scale: is missing"},
      {R"({"kind": "exponential"})", "exactly one of"},
      {R"({"kind": "exponential", "mean": "1 year", "rate": "1 /year"})", "has 2"},
      {R"({"kind": "exponential", "annual_failure_probability": 1})", "got 1"},
      {R"({"kind": "uniform", "from": "2 h", "to": "1 h"})", "later than"},
      {R"({"kind": "empirical", "times": []})", "at least one time"},
      {R"({"kind": "empirical", "times": ["0 s"]})", "above zero"},
      {R"({"kind": "bathtub", "parts": []})", "at least one lifetime"},
      {R"({"kind": "bathtub", "parts": ["24 h"]})",
       "/failures/disk/lifetime/parts/0: a time alone"},
      {R"({"shape": 1})", "kind: is missing"},
      {R"("-5 %/year")", "must be"},
      {R"("0 %/year")", "must be"},
      {"0.05", "must be a text with a unit"},
      {"null", "got null"}};
  for (const auto& [text, message] : wrong) {
    EXPECT_THAT(faults_with("\"1.5 %/year\"", text),
                AllOf(HasSubstr("s.json:13: /failures/disk/lifetime"), HasSubstr(message)))
        << text;
  }
  EXPECT_THAT(faults_with("\"duration\": \"20 min\"", "\"duration\": \"5 /h\""),
              HasSubstr("a rate is no duration"));
}

TEST(ReadScenario, EachFaultHasItsPlaceAndItsRemedy) {
  const struct {
    const char* from;
    const char* to;
    const char* place;
    const char* message;
  } wrong[] = {
      {"\"version\": 1", "\"version\": 2", "s.json:2: /version", "must be 1 to 1, got 2"},
      {"\"name\": \"small\",", "", "s.json:1: /name", "is missing"},
      {"\"name\": \"small\"", "\"name\": \"\"", "s.json:3: /name", "characters"},
      {"\"name\": \"small\"", "\"name\": 7", "s.json:3: /name", "must be a text, got the number 7"},
      {"\"2 years\"", "\"0 s\"", "s.json:5: /mission", "must be 1 s to 1000 years"},
      {"\"2 years\"", "2", "s.json:5: /mission", "a number alone has no unit"},
      {"\"16 TB\"", "\"16 KB/s\"", "s.json:9: /hardware/disk/capacity", "there is no unit"},
      {"\"16 TB\"", "\"-16 TB\"", "s.json:9: /hardware/disk/capacity", "must be 1 B to 1 EB"},
      {"\"capacity\"", "\"capcity\"", "/hardware/disk/capcity", "did you mean 'capacity'?"},
      {"\"capacity\"", "\"capcity\"", "s.json:9: /hardware/disk/capacity", "is missing"},
      {"\"racks_per_site\": 12", "\"racks_per_site\": 1.5", "s.json:8: /hardware/racks_per_site",
       "whole number"},
      {"\"racks_per_site\": 12", "\"racks_per_site\": \"12\"", "s.json:8: ", "must be a number"},
      {"\"oldest\": \"4 years\", \"cohorts\"", "\"oldest\": \"-4 years\", \"cohorts\"",
       "/failures/disk/age/oldest", "must be 0 s"},
      {"\"youngest\": \"0 s\"", "\"youngest\": \"5 years\"", "/failures/disk/age/oldest",
       "less than 'youngest'"},
      {"\"at\": \"machine\"", "\"at\": \"site\"", "/repair/throttles/0/at", "'machine', 'disk'"},
      {"\"kind\": \"reed-solomon\"", "\"kind\": \"reed_solomon\"", "s.json:26: ", "reed-solomon"},
      {"\"parity\": 3", "\"parity\": -1", "/strategies/1/code/parity", "must be 0 to"},
      {"\"parity\": 3", "\"paritee\": 3", "/strategies/1/code/paritee", "did you mean 'parity'?"},
      {"\"data\": 6, \"parity\": 3", "\"data\": 200, \"parity\": 100", "/strategies/1/code", "256"},
      {"\"kind\": \"declustered\"", "\"kind\": \"clustered\"", "/strategies/0/placement/kind",
       "declustered"},
      {"\"groups\": 1000", "\"groups\": 0", "/strategies/0/placement/groups", "must be 1 to"},
      {"{\"rack\": 2}", "\"2\"", "/strategies/1/placement/max_per_domain", "must be a number"},
      {"\"per TB of disk\"", "\"per machine\"", "/prices/items/disk/unit",
       "must be 'per TB of disk'"},
      {"\"disk\": {\"price\"", "\"dsk\": {\"price\"", "/prices/items/dsk", "did you mean 'disk'"},
      {", \"source\": \"price list 2026\"", "", "/prices/items/disk/source", "is missing"},
      {"\"durability_nines\"", "\"durability_nine\"", "/claims/0/metric",
       "did you mean 'durability_nines'?"},
      {"\"op\": \">=\"", "\"op\": \"=>\"", "/claims/0/op", "'>='"},
      {", \"value\": 10", "", "/claims/0/value", "is missing"},
      {"\"value\": 10", "\"value\": 10, \"event\": 1", "/claims/0/event", "is not known here"},
      {"\"value\": 10", "\"value\": 10, \"unit\": \"disk\"", "/claims/0/unit",
       "in a claim of kind \"metric\""},
      {"\"unit\": \"rack\"", "\"unit\": \"shelf\"", "/claims/1/unit", "'rack switch'"},
      {"\"unit\": \"rack\"", "\"count\": 2", "/claims/1/unit", "is missing"},
      {"\"unit\": \"rack\"", "\"unit\": \"rack\", \"count\": 3", "/claims/1/count",
       "must be 1 to 2"},
      {"\"unit\": \"rack\"", "\"unit\": \"rack\", \"restores\": \"all\"", "/claims/1/restores",
       "'redundancy'"},
      {"\"survives\", \"unit\": \"rack\"", "\"rto\", \"within\": 3", "/claims/1/within",
       "has no unit"},
      {"\"survives\", \"unit\": \"rack\"", "\"rebuild\", \"amount\": \"1 TB\"", "/claims/1/within",
       "is missing"},
      {"\"survives\", \"unit\": \"rack\"", "\"qualitative\", \"as\": []", "/claims/1/as",
       "got a list"},
      {"{\"about\": \"every two weeks\"}", "{}", "/tiers", "'about'"},
      {"\"tiers\"", "\"tierss\"", "/tierss", "did you mean 'tiers'?"},
      {"\"strategies\": [", "\"strategies\": {\"a\": [", "s.json:", "not valid JSON"},
  };
  for (const auto& fault : wrong) {
    EXPECT_THAT(faults_with(fault.from, fault.to),
                AllOf(HasSubstr(fault.place), HasSubstr(fault.message)))
        << fault.to;
  }
}

TEST(ReadScenario, AllFaultsOfAFileAreListedAtOnceInItsOrder) {
  std::string text = small_scenario_with("\"2 years\"", "\"2 months\"");
  text.replace(text.find("\"groups\": 500"), 13, "\"groups\": -5.");
  text.replace(text.find("\"groups\": -5."), 13, "\"groups\": -50");
  text.replace(text.find("\"op\": \">=\""), 10, "\"op\": \"??\"");
  const auto checked = read(text);
  ASSERT_FALSE(checked);
  ASSERT_THAT(checked.diagnostics(), SizeIs(3)) << faults_of(checked);
  EXPECT_EQ(checked.diagnostics()[0].pointer, "/mission");
  EXPECT_EQ(checked.diagnostics()[1].pointer, "/strategies/1/placement/groups");
  EXPECT_EQ(checked.diagnostics()[2].pointer, "/claims/0/op");
}

TEST(ReadScenario, CountsFaultsBeyondWhatAnyoneReads) {
  std::string text = "{";
  for (int i = 0; i < 100'000; ++i) text += "\"k" + std::to_string(i) + "\": 1,\n";
  const auto checked = read(text + "\"version\": 1}");
  ASSERT_FALSE(checked);
  EXPECT_LT(checked.diagnostics().size(), 600U);
  EXPECT_THAT(checked.diagnostics().back().message, HasSubstr("further faults"));
}

TEST(ReadScenario, FaultsOfFormAndOfMeaningAreListedTogether) {
  std::string text = small_scenario_with("\"three replicas\"", "\"RS 6+3\"");
  text.replace(text.find("\"op\": \">=\""), 10, "\"op\": \"??\"");
  const std::string faults = faults_of(read(text));
  EXPECT_THAT(faults, HasSubstr("/claims/0/op"));
  EXPECT_THAT(faults, HasSubstr("/strategies/1/name"));
}

TEST(ReadScenario, NotesAreAllowedInEveryObject) {
  const std::string notes = R"("source": "a", "note": "b", "confidence": "c", )";
  for (const char* key :
       {"\"logical\"", "\"capacity\"", "\"lifetime\"", "\"between\"", "\"copies\"", "\"groups\"",
        "\"currency\"", "\"version\"", "\"rack\": 2"}) {
    const auto checked = read(small_scenario_with(key, notes + key));
    EXPECT_TRUE(checked) << key << faults_of(checked);
  }
  EXPECT_THAT(faults_with("\"logical\"", "\"source\": 3, \"logical\""), HasSubstr("/data/source"));
}

TEST(ReadScenario, OverridesAreJudgedAsTheFileIs) {
  const auto changed = read(small_scenario(), {"mission=3 years", "/strategies/1/code/parity=2"});
  ASSERT_TRUE(changed) << faults_of(changed);
  EXPECT_EQ(changed.value().mission, sim::years(3));
  EXPECT_EQ(changed.value().strategies[1].code.parameters.at("parity"), 2);
  EXPECT_THAT(faults_of(read(small_scenario(), {"mission=3 months"})),
              HasSubstr("--set mission=3 months: /mission: the unit 'months' is ambiguous"));
  EXPECT_THAT(faults_of(read(small_scenario(), {"misson=3 years"})),
              HasSubstr("did you mean 'mission'?"));
}

TEST(ReadScenario, PriceFilesMayNotLeaveTheFolder) {
  const std::string text = small_scenario_with(
      "{\"currency\": \"USD\", \"items\": {\n    \"disk\": {\"price\": 20, \"unit\": \"per TB of "
      "disk\", \"source\": \"price list 2026\"}}}",
      "\"FILE\"");
  for (const auto& [file, message] :
       {std::pair{"../prices.json", "in the folder"}, std::pair{"/etc/passwd", "relative"},
        std::pair{"", "relative"}, std::pair{"a/../../b.json", "in the folder"},
        std::pair{"missing.json", "cannot be read"}}) {
    std::string with = text;
    with.replace(with.find("FILE"), 4, file);
    EXPECT_THAT(faults_of(read(with)), AllOf(HasSubstr("/prices"), HasSubstr(message))) << file;
  }
}

TEST(ReadScenario, WhatIsNoObjectIsNoScenario) {
  for (const char* text : {"[]", "1", "null", "\"x\""}) {
    EXPECT_THAT(faults_of(read(text)), HasSubstr("must be an object")) << text;
  }
  EXPECT_THAT(faults_of(read("{}")), AllOf(HasSubstr("/name"), HasSubstr("/hardware")));
}

// Whatever the bytes are, there is a scenario or a list of faults; the sanitizers watch.
TEST(ReadScenario, MutantsAreReadOrRefused) {
  const std::string good = small_scenario();
  std::mt19937_64 random(2026);
  const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (int i = 0; i < 2000; ++i) {
    std::string text = good;
    const std::size_t at = below(text.size());
    switch (i % 4) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text[at] = static_cast<char>(below(256));
        break;
      case 2:
        text.erase(at, 1 + below(20));
        break;
      default:
        text.insert(at, good.substr(below(good.size()), 1 + below(20)));
        break;
    }
    const auto checked = read(text);
    if (!checked) {
      EXPECT_FALSE(checked.diagnostics().empty()) << text;
    }
  }
}

// Each value in turn replaced by one of another type.
TEST(ReadScenario, ValuesOfEveryTypeInEveryPlaceAreReadOrRefused) {
  for (const char* path : {"name",
                           "mission",
                           "data",
                           "data.logical",
                           "hardware",
                           "hardware.disk",
                           "hardware.network",
                           "hardware.disk.capacity",
                           "failures",
                           "failures.disk",
                           "failures.disk.lifetime",
                           "failures.disk.age",
                           "failures.machine.outage",
                           "failures.machine.outage.between",
                           "repair",
                           "repair.detection",
                           "repair.throttles",
                           "repair.throttles.0",
                           "strategies",
                           "strategies.0",
                           "strategies.0.code",
                           "strategies.0.code.kind",
                           "strategies.0.code.copies",
                           "strategies.0.placement",
                           "strategies.1.placement.max_per_domain",
                           "strategies.1.repair",
                           "prices",
                           "prices.items",
                           "prices.items.disk",
                           "prices.horizon",
                           "claims",
                           "claims.0",
                           "claims.0.text",
                           "claims.0.value",
                           "claims.0.metric",
                           "claims.1.kind",
                           "tiers",
                           "version"}) {
    for (const char* value : {"null", "true", "-1", "1e300", "x", "[]", "[[]]", "{}", "{\"a\": 1}",
                              "[1]", "{\"kind\": 3}", "\"\""}) {
      const auto checked = read(small_scenario(), {std::string(path) + "=" + value});
      if (!checked) {
        EXPECT_FALSE(checked.diagnostics().empty());
      }
    }
  }
}

}  // namespace
}  // namespace models::scenario
