#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "holdfast_version.h"
#include "reports/fit_text.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using models::records::Analysis;
using models::records::Clustering;
using models::records::FittedLaw;

Json finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json pair_of(const sim::Interval& interval) {
  return Json::array({finite(interval.low), finite(interval.high)});
}

Json estimate_json(const sim::Estimate& estimate, std::string_view unit) {
  return {{"value", finite(estimate.value)},
          {"ci95", pair_of(estimate.ci95)},
          {"unit", unit},
          {"method", sim::to_string(estimate.method)},
          {"model", estimate.model},
          {"failures", estimate.replicates}};
}

Json rows_json(const std::vector<models::records::RateRow>& rows) {
  Json json = Json::array();
  for (const auto& row : rows) {
    json.push_back({{"name", row.name},
                    {"failures", row.count.failures},
                    {"unit_years", row.count.unit_years},
                    {"rate", estimate_json(row.rate, "failures/unit-year")}});
  }
  return json;
}

Json test_json(const std::optional<models::records::OneRate>& test) {
  if (!test) return nullptr;
  return {{"chi_squared", test->statistic}, {"freedom", test->freedom}, {"p", test->p}};
}

Json law_json(const FittedLaw& law) {
  Json json{{"kind", to_string(law.kind)},
            {"log_likelihood", law.log_likelihood},
            {"parameters", law.parameters},
            {"aic", law.aic()},
            {"risks", Json::array()}};
  for (const auto& risk : law.risks) {
    Json one;
    if (!risk.name.empty()) one["name"] = risk.name;
    one["shape"] = risk.shape ? estimate_json(*risk.shape, "") : Json(1);
    one["scale"] = estimate_json(risk.scale, "years");
    one["expected_failures"] = risk.expected;
    json["risks"].push_back(std::move(one));
  }
  json["goodness_of_fit"] = law.test ? Json{{"test", "Hjort 1990, chi-squared of ages"},
                                            {"chi_squared", law.test->statistic},
                                            {"freedom", law.test->freedom},
                                            {"bins", law.test->bins},
                                            {"p", law.test->p}}
                                     : Json(nullptr);
  json["rate_in_year_of_age"] = Json::array();
  for (const auto& rate : law.rate_in_year) {
    json["rate_in_year_of_age"].push_back(estimate_json(rate, "failures/unit-year"));
  }
  return json;
}

Json curve_json(const Analysis& analysis) {
  Json json = Json::array();
  for (const auto& point : analysis.curve) {
    json.push_back({{"age_years", point.age},
                    {"failed", point.failed},
                    {"at_risk", point.at_risk},
                    {"survival", point.survival},
                    {"survival_ci95", pair_of(point.survival_ci95)},
                    {"hazard", point.hazard},
                    {"hazard_ci95", pair_of(point.hazard_ci95)}});
  }
  return json;
}

Json clusters_json(const std::vector<Clustering>& measures) {
  Json json = Json::array();
  for (const Clustering& measure : measures) {
    json.push_back({{"name", measure.name},
                    {"seen", estimate_json(measure.seen, measure.unit)},
                    {"if_independent", measure.expected},
                    {"if_independent95", pair_of(measure.null95)},
                    {"p", measure.p}});
  }
  return json;
}

}  // namespace

std::string fit_json(const Analysis& analysis) {
  Json json;
  json["schema"] = "holdfast/fit/1";
  json["version"] = holdfast::version;
  json["commit"] = holdfast::commit;
  json["command"] = "fit";
  json["seed"] = analysis.seed;
  json["record"] = {{"file", analysis.file},
                    {"layout", to_string(analysis.layout)},
                    {"lines", analysis.lines},
                    {"failures", analysis.all.failures},
                    {"unit_years", analysis.all.unit_years},
                    {"unit_years_of_unknown_age", analysis.without_age.unit_years}};
  const auto date = [](const std::optional<sim::Seconds>& at) {
    return at ? Json(models::records::date_text(models::records::day_of(*at))) : Json(nullptr);
  };
  json["record"]["from"] = date(analysis.from);
  json["record"]["until"] = date(analysis.until);
  json["assumptions"] = analysis.assumptions;
  json["rate"] = estimate_json(analysis.rate, "failures/unit-year");
  json["by_year"] = rows_json(analysis.by_year);
  json["one_rate_of_years"] = test_json(analysis.one_rate_of_years);
  json["by_model"] = rows_json(analysis.by_model);
  json["one_rate_of_models"] = test_json(analysis.one_rate_of_models);
  json["laws"] = Json::array();
  for (const FittedLaw& law : analysis.laws) json["laws"].push_back(law_json(law));
  json["chosen_law"] = analysis.chosen ? Json(to_string(*analysis.chosen)) : Json(nullptr);
  json["curve"] = curve_json(analysis);
  json["clustering_in_time"] = clusters_json(analysis.in_time);
  json["clustering_in_place"] = clusters_json(analysis.in_place);
  if (analysis.silence) {
    json["longest_silence"] = {{"from", models::records::time_text(analysis.silence->from)},
                               {"until", models::records::time_text(analysis.silence->until)},
                               {"p", analysis.silence->p}};
  }
  json["fragment"] = analysis.fragment.empty() ? Json(nullptr) : Json::parse(analysis.fragment);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
