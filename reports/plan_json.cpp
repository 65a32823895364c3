#include <nlohmann/json.hpp>

#include "holdfast_version.h"
#include "reports/plan_report.h"
#include "reports/tables_json.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
namespace mp = models::planning;

/// Every purchase of the recommended design: the lines of a year add up to its capital but
/// migration. None where no design is recommended.
Json bill_json(const mp::PlanResults& results) {
  Json bill = Json::array();
  if (!results.search.winner) return bill;
  for (std::size_t i = 0; i < results.cash.years.size(); ++i) {
    for (std::size_t k = 0; k < mp::bill_items; ++k) {
      const mp::BillLine& line = results.cash.years[i].bill[k];
      if (!(line.count > 0)) continue;
      bill.push_back({{"year", results.plan.first_year + static_cast<int>(i)},
                      {"item", results.bill_names[k]},
                      {"count", line.count},
                      {"price", line.price},
                      {"total", line.total()},
                      {"currency", results.plan.prices.currency}});
    }
  }
  return bill;
}

}  // namespace

std::string plan_json(const models::planning::PlanResults& results) {
  Json json{{"schema", "holdfast/plan/1"},
            {"version", holdfast::version},
            {"commit", holdfast::commit},
            {"command", "plan"},
            {"seed", results.seed},
            {"plan", {{"name", results.plan.name}, {"sha256", results.plan.sha256}}},
            {"interrupted", results.interrupted},
            {"candidates", results.search.screened},
            {"simulated", results.search.confirmed.size()},
            {"found", results.search.winner.has_value()},
            {"decided", results.search.winner_decided},
            {"verdict", plan_verdict(results).en},
            {"recommended", results.search.winner ? Json(results.shown_name) : Json(nullptr)},
            {"design", results.shown_name}};
  json["bill_of_materials"] = bill_json(results);
  json["tables"] = Json::parse(tables_json(plan_tables(results)));
  json["not_modelled"] = results.not_modelled;
  json["again"] = plan_command(results);
  json["timing"] = {{"wall_s", results.wall_s}, {"screening_s", results.search.screening_seconds}};
  return json.dump(2) + "\n";
}

}  // namespace reports
