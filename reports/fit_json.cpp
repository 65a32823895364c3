#include <array>
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

std::string_view verdict_word(models::records::ScenarioLaw::Verdict verdict) {
  constexpr std::array<std::string_view, 4> words{"law", "rate only", "no law", "no failure"};
  return words[static_cast<std::size_t>(verdict)];
}

Json scenario_law_json(const models::records::ScenarioLaw& scenario) {
  Json json{{"verdict", verdict_word(scenario.verdict)},
            {"law", scenario.law ? Json(to_string(scenario.law->kind)) : Json(nullptr)},
            {"words", scenario.words},
            {"single_failures", scenario.failures},
            {"rate", estimate_json(scenario.rate, "failures/unit-year")},
            {"range", pair_of(scenario.range)},
            {"valid_years", scenario.ages ? pair_of(*scenario.ages) : Json(nullptr)},
            {"one_age", scenario.one_age}};
  json["shape_with_free_months"] =
      scenario.shape ? Json{{"value", scenario.shape->shape},
                            {"ci95", pair_of(scenario.shape->ci95)},
                            {"identified", scenario.shape->identified && !scenario.one_age}}
                     : Json(nullptr);
  json["candidates"] = Json::array();
  for (const auto& candidate : scenario.candidates) {
    json["candidates"].push_back(
        {{"kind", to_string(candidate.law.kind)},
         {"aic", candidate.law.aic()},
         {"held_out_log_likelihood", finite(candidate.held_out)},
         {"fit_p", candidate.law.test ? Json(candidate.law.test->p) : Json(nullptr)},
         {"calendar_p", finite(candidate.calendar_p)},
         {"rejected", candidate.rejected.empty() ? Json(nullptr) : Json(candidate.rejected)}});
  }
  return json;
}

Json part_json(const models::records::HazardPart& part, std::string_view unit) {
  return {{"name", part.name},
          {"identified", part.identified},
          {"found", part.found()},
          {"size", part.size.value ? estimate_json(part.size, unit) : Json(nullptr)},
          {"log_likelihood_gain", part.identified ? Json(part.gain) : Json(nullptr)},
          {"p", part.identified ? Json(part.p) : Json(nullptr)},
          {"note", part.why.empty() ? Json(nullptr) : Json(part.why)}};
}

Json hazard_json(const std::optional<models::records::HazardModel>& model) {
  if (!model) return nullptr;
  constexpr std::string_view spread = "standard deviation of factors of mean 1";
  Json json{{"age", part_json(model->age, "shape of a Weibull law")},
            {"calendar", part_json(model->calendar, spread)},
            {"places", Json::array()},
            {"allows_for_frailty_of",
             model->frailty ? Json(model->places[*model->frailty].name) : Json(nullptr)},
            {"calendar_levels", Json::array()}};
  for (const auto& place : model->places) json["places"].push_back(part_json(place, spread));
  for (const auto& level : model->levels) {
    json["calendar_levels"].push_back(
        {{"from", models::records::date_text(models::records::day_of(level.from))},
         {"single_failures", level.failures},
         {"expected", level.expected},
         {"factor", level.factor.value ? estimate_json(level.factor, "") : Json(nullptr)}});
  }
  return json;
}

Json bursts_json(const Analysis& analysis) {
  if (!analysis.bursts) return nullptr;
  const models::records::BurstFit& fit = *analysis.bursts;
  Json json{{"found", fit.found()},
            {"p", fit.p},
            {"log_likelihood_gain", fit.gain},
            {"count", fit.law.count},
            {"failures_in_bursts", fit.law.in_bursts},
            {"per_year", estimate_json(fit.per_year, "bursts/year")},
            {"share", estimate_json(fit.share, "share of failures")},
            {"same_machine", estimate_json(fit.same_machine, "share")},
            {"same_rack", estimate_json(fit.same_rack, "share")},
            {"spread_hours", 24 * fit.law.spread_days},
            {"polling_seconds", analysis.step.value},
            {"units", analysis.units},
            {"machines", analysis.machines},
            {"racks", analysis.racks},
            {"sizes", Json::array()}};
  for (const auto& size : fit.law.sizes) {
    json["sizes"].push_back({{"failures", size.failures}, {"share", size.share}});
  }
  return json;
}

Json checks_json(const Analysis& analysis) {
  Json json = Json::array();
  for (const auto& check : analysis.posterior_check) {
    json.push_back({{"feature", check.feature},
                    {"unit", check.unit},
                    {"seen", check.seen},
                    {"simulated_mean", check.mean},
                    {"simulated95", pair_of(check.range95)},
                    {"p_value", check.p_value},
                    {"reproduced", check.reproduced()}});
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
  json["record"]["rows"] = analysis.rows;
  json["record"]["rows_left_out_by_where"] = analysis.rows_left_out;
  json["record"]["rows_with_faults"] = analysis.rows_faulty;
  json["record"]["faults"] = Json::array();
  for (const auto& fault : analysis.faults) {
    json["record"]["faults"].push_back(
        {{"file", fault.file}, {"line", fault.line}, {"fault", fault.message}});
  }
  json["notes"] = analysis.warnings;
  json["assumptions"] = analysis.assumptions;
  json["rate"] = estimate_json(analysis.rate, "failures/unit-year");
  json["by_year"] = rows_json(analysis.by_year);
  json["one_rate_of_years"] = test_json(analysis.one_rate_of_years);
  json["by_model"] = rows_json(analysis.by_model);
  json["one_rate_of_models"] = test_json(analysis.one_rate_of_models);
  json["laws"] = Json::array();
  for (const FittedLaw& law : analysis.laws) json["laws"].push_back(law_json(law));
  json["least_aic_law"] = analysis.best ? Json(to_string(*analysis.best)) : Json(nullptr);
  json["chosen_law"] = analysis.chosen() ? Json(to_string(*analysis.chosen())) : Json(nullptr);
  json["curve"] = curve_json(analysis);
  json["clustering_in_time"] = clusters_json(analysis.in_time);
  json["clustering_in_place"] = clusters_json(analysis.in_place);
  if (analysis.silence) {
    json["longest_silence"] = {{"from", models::records::time_text(analysis.silence->from)},
                               {"until", models::records::time_text(analysis.silence->until)},
                               {"p", analysis.silence->p}};
  }
  json["scenario_law"] = scenario_law_json(analysis.scenario);
  json["hazard_model"] = hazard_json(analysis.scenario.hazard);
  json["bursts"] = bursts_json(analysis);
  json["posterior_check"] = checks_json(analysis);
  json["fragment"] = analysis.fragment.empty() ? Json(nullptr) : Json::parse(analysis.fragment);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
