#include "reports/verify_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/words/display_width.h"

namespace {

using models::verify::Outcome;
using models::verify::Verdict;
using ::testing::HasSubstr;

reports::Verification sample() {
  Outcome exact;
  exact.id = "family/exact-case";
  exact.title = "a chain";
  exact.source = "Somebody: a source with a name that is much longer than a line of eighty columns";
  exact.unit = "h";
  exact.published = 8.2e5;
  exact.published_text = "8.2e5";
  exact.ours = sim::Estimate::exact(818182, sim::Method::analytic, "formula");
  exact.verdict = Verdict::reproduced;
  exact.why = "formula, with a comma";
  Outcome simulated = exact;
  simulated.id = "family/simulated";
  simulated.ours->value = 8e5;
  simulated.ours->ci95 = {7.2e5, 8.8e5};
  simulated.ours->method = sim::Method::direct;
  simulated.ours->replicates = 4096;
  Outcome none = exact;
  none.id = "other/not-computed";
  none.ours.reset();
  none.verdict = Verdict::undecided;
  return {{exact, simulated, none}, 7, {}};
}

TEST(VerifyText, FitsEightyColumnsAndCountsTheVerdicts) {
  const std::string text = reports::verify_text(sample());
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(reports::display_width(line), 80U) << line;
  }
  EXPECT_THAT(text, HasSubstr("exact-case                      8.2e5            818182           "
                              "reproduced\n"));
  EXPECT_THAT(text, HasSubstr("8e+05 ±10 %"));
  EXPECT_THAT(text, HasSubstr("2 reproduced, 1 undecided."));
}

TEST(VerifyJson, HasTheFieldsOfTheContract) {
  const auto json = nlohmann::json::parse(reports::verify_json(sample()));
  EXPECT_EQ(json["seed"], 7);
  const auto& cases = json["cases"];
  for (const char* key : {"id", "title", "source", "published", "ours", "ci95", "verdict", "why"}) {
    EXPECT_TRUE(cases[0].contains(key)) << key;
  }
  EXPECT_EQ(cases[0]["ours"], 818182);
  EXPECT_TRUE(cases[0]["ci95"].is_null());
  EXPECT_EQ(cases[1]["ci95"][0], 7.2e5);
  EXPECT_TRUE(cases[2]["ours"].is_null());
  EXPECT_EQ(cases[2]["verdict"], "undecided");
}

reports::Verification with_assumptions() {
  using models::verify::ClaimUnder;
  reports::Verification verification = sample();
  ClaimUnder claim;
  claim.id = "nines";
  claim.strategy = "three replicas";
  claim.as_it_stands = models::fleet::Verdict::refuted;
  claim.under.resize(models::verify::all_assumptions().size());
  claim.under[0] = {true, models::fleet::Verdict::supported, "11 nines"};
  claim.under[1] = {false, models::fleet::Verdict::refuted, {}};
  verification.claims = {claim};
  return verification;
}

TEST(VerifyText, TellsClaimsUnderAssumptionsAsATable) {
  const std::string text = reports::verify_text(with_assumptions());
  EXPECT_THAT(text, HasSubstr("nines                      no       yes      =        -"));
  EXPECT_THAT(text, HasSubstr("alone     every disk fails alone"));
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(reports::display_width(line), 80U) << line;
  }
  EXPECT_THAT(reports::verify_text(sample()), ::testing::Not(HasSubstr("assum")));
}

TEST(VerifyJson, HasClaimsUnderAssumptions) {
  const auto json = nlohmann::json::parse(reports::verify_json(with_assumptions()));
  EXPECT_EQ(json["assumptions"][0]["id"], "alone");
  const auto& under = json["claims_under"][0]["under"];
  EXPECT_EQ(under["alone"]["verdict"], "supported");
  EXPECT_EQ(under["constant"]["changes"], false);
  EXPECT_TRUE(under["latent"]["verdict"].is_null());
}

TEST(VerifyCsv, HasARowPerCase) {
  const std::string csv = reports::verify_csv(sample());
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 4);
  EXPECT_THAT(csv, HasSubstr("\"formula, with a comma\""));
}

}  // namespace
