#pragma once

#include <string>

#include "models/planning/run_plan.h"
#include "reports/report_table.h"

/// Cells that the tables of a plan share.
namespace reports {

/// "1,234.5", "∞".
std::string plan_number(double value, int digits);
ReportCell plan_cell(double value, int digits = 0);
/// The calendar year of a place in the plan's years.
ReportCell year_cell(const models::planning::PlanResults& results, std::size_t year);

Words target_words(models::planning::Target target);
/// "durability, budget", or "-" for none.
Words missed_words(const models::planning::TargetSet& missed);

/// An input in doubt in words: "growth, step 1" for /demand/growth/0/rate; others as they are.
Words input_words(const models::planning::Plan& plan, const std::string& input);

/// Tables year by year: capacity, waterfall, machines, purchases, cash flow.
std::vector<ReportTable> plan_year_tables(const models::planning::PlanResults& results);

/// Tables that hold designs or inputs against each other: next cheaper, front, what each target
/// costs, what ended data, tornado, cloud.
std::vector<ReportTable> plan_design_tables(const models::planning::PlanResults& results);

/// A design in words, in both languages. @param english  Space::describe
Words design_words(const models::planning::Plan& plan, const models::planning::Design& design,
                   const std::string& english);

}  // namespace reports
