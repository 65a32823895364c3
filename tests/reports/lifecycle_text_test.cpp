#include "reports/lifecycle_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "reports/words/display_width.h"

namespace reports {
namespace {

using models::study::Cell;
using models::study::LifecycleReport;
using testing::HasSubstr;
using testing::Not;

Cell exact(double value) {
  return {sim::Estimate::exact(value, sim::Method::arithmetic, "by hand")};
}

Cell drawn(double value, double low, double high) {
  sim::Estimate estimate;
  estimate.value = value;
  estimate.ci95 = {low, high};
  estimate.model = "drawn";
  estimate.replicates = 100;
  return {estimate};
}

LifecycleReport sample() {
  LifecycleReport report;
  report.scenario = "a hospital";
  report.scenario_file = "a.json";
  report.currency = "USD";
  report.seed = 7;
  report.tables.push_back(
      {.id = "incidents",
       .title = "Incidents",
       .columns = {{"per_year", "In a year", "count"},
                   {"lost", "All lost", "probability"},
                   {"rpo", "Rolled back", "s"},
                   {"rto", "All back", "s"},
                   {"bytes", "Restored", "bytes"},
                   {"cost", "Cost", "money"}},
       .rows = {{"a machine-room power loss with a long name",
                 {exact(3), drawn(0.5, 0.4, 0.6), drawn(3600, 3000, 4200), exact(80000),
                  exact(1e14), exact(1234.5)}},
                {"never back",
                 {exact(1), exact(1), Cell{std::nullopt, "never"},
                  exact(std::numeric_limits<double>::infinity()), exact(0), exact(0)}}},
       .notes = {"A note."}});
  auto& drill = report.drills.emplace_back();
  drill.name = "replicas to shards";
  drill.courses = 10;
  drill.crashes = 9;
  return report;
}

TEST(LifecycleText, FitsEightyColumnsAndShowsHowFiguresWereMade) {
  const std::string text = lifecycle_text(sample());
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), 80U) << line;
  EXPECT_THAT(text, HasSubstr("a machine-room power loss with a long name"));
  EXPECT_THAT(text, HasSubstr("22 h"));
  EXPECT_THAT(text, HasSubstr("50 min to 70 min"));
  EXPECT_THAT(text, HasSubstr("arithmetic: by hand"));
  EXPECT_THAT(text, HasSubstr("direct simulation: drawn"));
  EXPECT_THAT(text, HasSubstr("never"));
  EXPECT_THAT(text, HasSubstr("A note."));
  EXPECT_THAT(text, HasSubstr("passed"));
  EXPECT_THAT(text, HasSubstr("Seed 7. Money in USD."));
}

TEST(LifecycleText, SaysWhatADrillFound) {
  LifecycleReport report = sample();
  report.drills[0].complain("crash at step 3: the file cannot be read");
  EXPECT_FALSE(report.passed());
  const std::string text = lifecycle_text(report);
  EXPECT_THAT(text, HasSubstr("FAILED"));
  EXPECT_THAT(text, HasSubstr("crash at step 3"));
}

TEST(LifecycleJson, HasEachFigureWithItsIntervalAndMethod) {
  const auto json = nlohmann::json::parse(lifecycle_json(sample()));
  EXPECT_EQ(json["schema"], "holdfast/lifecycle/1");
  const auto& row = json["tables"][0]["rows"][0];
  EXPECT_EQ(row["cells"]["rpo"]["value"], 3600);
  EXPECT_EQ(row["cells"]["rpo"]["ci95"][1], 4200);
  EXPECT_EQ(row["cells"]["rpo"]["unit"], "s");
  EXPECT_EQ(row["cells"]["rto"]["method"], "arithmetic");
  EXPECT_EQ(json["tables"][0]["rows"][1]["cells"]["rpo"]["words"], "never");
  EXPECT_TRUE(json["tables"][0]["rows"][1]["cells"]["rto"]["value"].is_null());
  EXPECT_EQ(json["passed"], true);
}

TEST(LifecycleCsv, HasARowForEachFigure) {
  const std::string csv = lifecycle_csv(sample());
  EXPECT_THAT(csv, HasSubstr("table,row,column,value,low95,high95,unit"));
  EXPECT_THAT(csv, HasSubstr("incidents,a machine-room power loss with a long name,rto,80000"));
  EXPECT_THAT(csv, Not(HasSubstr("never back,rpo")));
}

}  // namespace
}  // namespace reports
