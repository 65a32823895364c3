#include <string>
#include <string_view>

#include "reports/csv_field.h"
#include "reports/fit_text.h"

namespace reports {
namespace {

using models::records::Analysis;

struct Row {
  std::string_view part;
  std::string name;
  std::string_view parameter;
  std::optional<double> value;
  std::optional<sim::Interval> ci95;
  std::string_view unit;
  std::optional<double> p;
  std::string note;
};

std::string line_of(const Row& row) {
  return csv_line({csv_field(row.part), csv_field(row.name), csv_field(row.parameter),
                   csv_number(row.value), row.ci95 ? csv_number(row.ci95->low) : std::string{},
                   row.ci95 ? csv_number(row.ci95->high) : std::string{}, csv_field(row.unit),
                   csv_number(row.p), csv_field(row.note)});
}

std::string rate_line(std::string_view part, const models::records::RateRow& row) {
  return line_of({part,
                  row.name,
                  "rate",
                  row.rate.value,
                  row.rate.ci95,
                  "failures/unit-year",
                  {},
                  csv_number(row.count.failures) + " failures in " +
                      csv_number(row.count.unit_years) + " unit-years"});
}

std::string law_lines(const models::records::FittedLaw& law) {
  const std::string name{to_string(law.kind)};
  std::string csv = line_of({"law", name, "aic", law.aic(), {}, "", {}, ""});
  csv += line_of({"law", name, "log_likelihood", law.log_likelihood, {}, "", {}, ""});
  if (law.test) {
    csv += line_of({"law",
                    name,
                    "goodness of fit",
                    law.test->statistic,
                    {},
                    "chi-squared",
                    law.test->p,
                    std::to_string(law.test->freedom) + " degrees of freedom"});
  }
  for (const auto& risk : law.risks) {
    if (risk.shape) {
      csv +=
          line_of({"law", name, "shape", risk.shape->value, risk.shape->ci95, "", {}, risk.name});
    }
    csv +=
        line_of({"law", name, "scale", risk.scale.value, risk.scale.ci95, "years", {}, risk.name});
  }
  for (std::size_t year = 0; year < law.rate_in_year.size(); ++year) {
    const sim::Estimate& rate = law.rate_in_year[year];
    csv += line_of({"law",
                    name,
                    "rate in a year of age",
                    rate.value,
                    rate.ci95,
                    "failures/unit-year",
                    {},
                    "year " + std::to_string(year + 1)});
  }
  return csv;
}

std::string hazard_lines(const models::records::HazardModel& model) {
  std::string csv;
  const auto add = [&](const models::records::HazardPart& part, std::string_view parameter) {
    if (!part.size.value) return;
    csv += line_of({"hazard_model", part.name, parameter, part.size.value, part.size.ci95, "",
                    part.identified ? std::optional{part.p} : std::nullopt,
                    part.found() ? "found" : "not found"});
  };
  add(model.age, "shape");
  add(model.calendar, "spread");
  for (const auto& place : model.places) add(place, "spread");
  for (const auto& level : model.levels) {
    if (!level.factor.value) continue;
    csv += line_of({"hazard_model",
                    models::records::date_text(models::records::day_of(level.from)),
                    "factor of four weeks",
                    level.factor.value,
                    level.factor.ci95,
                    "",
                    {},
                    ""});
  }
  return csv;
}

}  // namespace

std::string fit_csv(const Analysis& analysis) {
  std::string csv =
      csv_line({"part", "name", "parameter", "value", "low95", "high95", "unit", "p", "note"});
  csv += rate_line("rate", {"all", analysis.all, analysis.rate});
  for (const auto& row : analysis.by_year) csv += rate_line("year", row);
  for (const auto& row : analysis.by_model) csv += rate_line("model", row);
  for (const auto& law : analysis.laws) csv += law_lines(law);
  for (const auto& point : analysis.curve) {
    const std::string age = csv_number(point.age);
    csv += line_of({"survival",
                    age,
                    "kaplan-meier",
                    point.survival,
                    point.survival_ci95,
                    "age in years",
                    {},
                    ""});
    csv += line_of(
        {"hazard", age, "nelson-aalen", point.hazard, point.hazard_ci95, "age in years", {}, ""});
  }
  for (const auto* part : {&analysis.in_time, &analysis.in_place}) {
    for (const auto& measure : *part) {
      csv +=
          line_of({"clustering", measure.name, measure.unit, measure.seen.value, measure.seen.ci95,
                   "", measure.p, "if independent " + csv_number(measure.expected)});
    }
  }
  if (analysis.scenario.hazard) csv += hazard_lines(*analysis.scenario.hazard);
  if (analysis.bursts) {
    csv += line_of({"bursts", "rate", "per year", analysis.bursts->per_year.value,
                    analysis.bursts->per_year.ci95, "bursts/year", analysis.bursts->p,
                    analysis.bursts->found() ? "found" : "not found"});
    for (const auto& size : analysis.bursts->law.sizes) {
      csv += line_of({"bursts",
                      "size " + std::to_string(size.failures),
                      "share",
                      size.share,
                      {},
                      "share of bursts",
                      {},
                      ""});
    }
  }
  for (const auto& check : analysis.posterior_check) {
    csv += line_of({"posterior_check", check.feature, "seen", check.seen, check.range95, check.unit,
                    check.p_value, "simulated mean " + csv_number(check.mean)});
  }
  return csv;
}

}  // namespace reports
