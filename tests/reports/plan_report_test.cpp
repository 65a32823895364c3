// Tables and page of a plan: a shipped one, its search made small.
#include "reports/plan_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "models/planning/read_plan.h"
#include "reports/plan_cells.h"
#include "reports/plan_figures.h"
#include "reports/words/display_width.h"

namespace reports {
namespace {

using models::planning::PlanResults;
using ::testing::HasSubstr;
using ::testing::Not;

PlanResults played(std::vector<std::string> more = {}) {
  std::vector<std::string> overrides{
      R"(/search/codes=[{"kind": "replication", "copies": 3}])",
      R"(/search/cold_codes=[{"kind": "reed-solomon", "data": 4, "parity": 2}])",
      R"(/search/rebuild_rates=["200 MB/s"])",
      R"(/search/scrubs=["14 days"])",
      R"(/search/visits=["3 days"])",
      "/search/most_sites=1",
      R"(/targets={"durability_nines": 1, "rack_units": 400, "rebuild": "90 days"})"};
  overrides.insert(overrides.end(), more.begin(), more.end());
  const auto plan = models::planning::read_plan(
      std::string(HOLDFAST_SOURCE_DIR) + "/scenarios/plans/community_hospital.json", overrides);
  EXPECT_TRUE(plan) << to_string(plan.diagnostics().front());
  return models::planning::run_plan(
      plan.value(),
      {.seed = 1, .threads = 1, .draws = 20, .most_confirmed = 2, .most_missions = 64});
}

const PlanResults& results() {
  static const PlanResults once = played();
  return once;
}

const ReportTable& table(const std::vector<ReportTable>& tables, std::string_view id) {
  const auto found = std::ranges::find(tables, id, &ReportTable::id);
  EXPECT_NE(found, tables.end()) << id;
  return *found;
}

TEST(PlanTables, EveryRowHasACellForEachColumnAndEveryTitleItsChinese) {
  for (const ReportTable& one : plan_tables(results())) {
    EXPECT_FALSE(one.title.zh.empty()) << one.id;
    for (const auto& row : one.rows) EXPECT_EQ(row.size(), one.columns.size()) << one.id;
    for (const auto& column : one.columns) EXPECT_FALSE(column.title.zh.empty()) << one.id;
  }
}

TEST(PlanTables, WaterfallAddsUpInEveryYear) {
  const PlanResults& r = results();
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    const Waterfall w = waterfall_of(r, i);
    EXPECT_NEAR(w.raw - w.kept_free - w.head_room - w.redundancy, w.usable, 1e-9 * w.raw);
    EXPECT_GE(w.head_room, 0);
    EXPECT_GT(w.reduced, 0) << "images shrink";
    EXPECT_LT(w.effective(), 4 * w.usable);
  }
}

TEST(PlanTables, CashAddsUpToTheCostTold) {
  const auto tables = plan_tables(results());
  const ReportTable& cash = table(tables, "cash");
  double sum = 0;
  const auto total = std::ranges::find(cash.columns, "total", &ReportColumn::id);
  const auto at = static_cast<std::size_t>(total - cash.columns.begin());
  for (const auto& row : cash.rows) sum += *row[at].value;
  EXPECT_NEAR(sum, results().cash.total, 1e-6 * sum);
}

TEST(PlanTables, DisksThatAreThereAreBoughtAndNotYetRetired) {
  const PlanResults& r = results();
  double there = 0;
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    there += r.cash.years[i].disks_bought - r.cash.years[i].disks_retired;
    EXPECT_GE(there, r.sizes[i].disks) << i;
  }
}

TEST(PlanTables, AYearOfMigrationIsNeverSafer) {
  const PlanResults& r = results();
  ASSERT_EQ(r.migration_nines.size(), r.sizes.size());
  bool any = false;
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    if (r.cash.years[i].migration_days > 0) {
      any = true;
      EXPECT_LT(r.migration_nines[i], r.shown->screened.nines + 3);
    } else {
      EXPECT_TRUE(std::isinf(r.migration_nines[i]));
    }
  }
  EXPECT_TRUE(any) << "machines live five years, the plan fifteen";
}

TEST(PlanReports, TellVerdictInBothLanguages) {
  const Words verdict = plan_verdict(results());
  EXPECT_THAT(verdict.en, HasSubstr("Recommended: 3 replicas"));
  EXPECT_THAT(verdict.zh, HasSubstr("推荐方案：3 replicas"));
  EXPECT_THAT(verdict.zh, HasSubstr("个站点"));
}

TEST(PlanReports, PageHasWhatABoardAndAReviewerAskFor) {
  const std::string page = plan_html(results(), Language::chinese);
  for (const char* id : {"targets", "cost", "front", "capacity", "waterfall", "hardware",
                         "purchases", "cash", "tornado", "sources", "prices", "uncertain"}) {
    EXPECT_THAT(page, HasSubstr("<table id=\"" + std::string(id) + "\"")) << id;
  }
  EXPECT_THAT(page, HasSubstr("planning value (assumption)"));
  EXPECT_THAT(page, HasSubstr("holdfast plan "));
  EXPECT_THAT(page, HasSubstr("growth, step 1"));
  EXPECT_THAT(page, HasSubstr("price of nearline 16 TB"));
  EXPECT_THAT(page, HasSubstr(results().plan.sha256));
  EXPECT_THAT(page, HasSubstr("&quot;horizon&quot;")) << "the plan itself";
  EXPECT_LT(page.size(), 3'000'000U);
  EXPECT_EQ(plan_figures(results(), Language::english).size(),
            plan_figures(results(), Language::chinese).size());
}

TEST(PlanReports, TextFitsEightyColumns) {
  std::istringstream lines(plan_text(results()));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), 80U) << line;
}

TEST(PlanReports, JsonHoldsTheTablesOfTheCsv) {
  const auto json = nlohmann::json::parse(plan_json(results()));
  EXPECT_EQ(json["schema"], "holdfast/plan/1");
  const std::string csv = plan_csv(results());
  for (const auto& one : json["tables"]) {
    EXPECT_THAT(csv, HasSubstr("\n" + one["id"].get<std::string>() + ",1,"));
  }
}

TEST(PlanReports, JsonHasTheBillOfTheRecommendedDesign) {
  const auto json = nlohmann::json::parse(plan_json(results()));
  const auto& bill = json["bill_of_materials"];
  ASSERT_FALSE(bill.empty());
  double sum = 0;
  for (const auto& line : bill) {
    EXPECT_FALSE(line["item"].get<std::string>().empty());
    EXPECT_DOUBLE_EQ(line["count"].get<double>() * line["price"].get<double>(),
                     line["total"].get<double>());
    sum += line["total"].get<double>();
  }
  double capital = 0;
  for (const auto& year : results().cash.years) {
    capital += year.capital() - year[models::planning::Expense::migration];
  }
  EXPECT_NEAR(sum, capital, 0.005);
  EXPECT_EQ(json["recommended"].is_null(), !results().search.winner.has_value());
}

TEST(PlanReports, NameWhatStandsInTheWay) {
  const PlanResults none = played({R"(/targets={"durability_nines": 1, "budget": 1000})"});
  EXPECT_FALSE(none.search.winner);
  EXPECT_THAT(plan_verdict(none).en, HasSubstr("What stands in the way: budget"));
  EXPECT_THAT(plan_verdict(none).zh, HasSubstr("制约目标：规划期总支出"));
  EXPECT_THAT(plan_html(none, Language::english), HasSubstr("MISSED"));
}

}  // namespace
}  // namespace reports
