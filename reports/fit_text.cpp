#include "reports/fit_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "reports/page.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::records::Analysis;
using models::records::Clustering;
using models::records::date_text;
using models::records::day_of;
using models::records::FittedLaw;
using models::records::FittedRisk;
using models::records::HazardPart;
using models::records::OneRate;
using models::records::RateRow;

std::string digits(double value) { return value_text(value, Form::number); }

std::string pair_of(const sim::Interval& interval, double factor = 1) {
  const auto end = [&](double value) {
    return std::isfinite(value) ? digits(value * factor) : std::string{"open"};
  };
  return fmt::format("[{}, {}]", end(interval.low), end(interval.high));
}

std::string p_text(double p) { return p < 1e-4 ? "< 0.0001" : fmt::format("{:.2g}", p); }

void header(Page& page, const Analysis& analysis) {
  page.paragraph(fmt::format("{}: {}", analysis.file, to_string(analysis.layout)), Tone::strong);
  std::string text =
      fmt::format("{} failures in {} unit-years", grouped(analysis.rate.replicates),
                  grouped(static_cast<std::uint64_t>(std::llround(analysis.all.unit_years))));
  if (analysis.from && analysis.until) {
    text += fmt::format(", {} to {}", date_text(day_of(*analysis.from)),
                        date_text(day_of(*analysis.until) - 1));
  }
  page.paragraph(text + ".");
}

void rate_row(Page& page, const RateRow& row) {
  page.row({{.text = row.name, .width = 30},
            {.text = digits(row.count.failures), .width = 10},
            {.text = digits(row.count.unit_years), .width = 11},
            {.text = fmt::format("{} %", digits(100 * *row.rate.value)),
             .width = 9,
             .tone = Tone::strong},
            {.text = pair_of(row.rate.ci95, 100), .width = 16, .tone = Tone::faint}});
}

void one_rate(Page& page, const std::optional<OneRate>& test, std::string_view what) {
  if (!test) return;
  page.paragraph(fmt::format("One rate for all {}: chi-squared {} with {} degrees of freedom, "
                             "p {}{}.",
                             what, digits(test->statistic), test->freedom, p_text(test->p),
                             test->p < 0.05 ? ": they differ" : ""),
                 test->p < 0.05 ? Tone::doubtful : Tone::plain);
}

void rates(Page& page, const Analysis& analysis) {
  constexpr std::size_t most_models = 30;
  page.heading("How often they fail");
  page.row({{.text = "", .width = 30},
            {.text = "failures", .width = 10, .tone = Tone::faint},
            {.text = "unit-years", .width = 11, .tone = Tone::faint},
            {.text = "a year", .width = 9, .tone = Tone::faint},
            {.text = "95 %", .width = 16, .tone = Tone::faint}});
  rate_row(page, {"all", analysis.all, analysis.rate});
  for (const RateRow& row : analysis.by_year) rate_row(page, row);
  one_rate(page, analysis.one_rate_of_years, "years");
  if (analysis.by_model.size() < 2) return;
  page.blank();
  auto models = analysis.by_model;
  std::ranges::stable_sort(models, std::ranges::greater{},
                           [](const RateRow& row) { return row.count.unit_years; });
  const std::size_t shown = std::min(models.size(), most_models);
  for (std::size_t i = 0; i < shown; ++i) rate_row(page, models[i]);
  if (shown < models.size()) {
    page.paragraph(fmt::format("{} more models: --csv - lists them.", models.size() - shown),
                   Tone::faint);
  }
  one_rate(page, analysis.one_rate_of_models, "models");
}

std::string risk_text(const FittedRisk& risk) {
  std::string text = risk.name.empty() ? "" : risk.name + ": ";
  if (risk.shape) {
    text +=
        fmt::format("shape {} {}, scale ", digits(*risk.shape->value), pair_of(risk.shape->ci95));
  } else {
    text += "mean ";
  }
  return text + fmt::format("{} {} years", digits(*risk.scale.value), pair_of(risk.scale.ci95));
}

void laws(Page& page, const Analysis& analysis) {
  page.heading("Laws of life, by maximum likelihood");
  for (const FittedLaw& law : analysis.laws) {
    const bool best = law.kind == analysis.best;
    page.paragraph(fmt::format("{}{}: log-likelihood {:.2f}, AIC {:.2f}", to_string(law.kind),
                               best ? " (least AIC)" : "", law.log_likelihood, law.aic()),
                   Tone::strong);
    for (const FittedRisk& risk : law.risks) page.item("  - ", risk_text(risk));
    if (!law.test) continue;
    page.item("  - ",
              fmt::format("goodness of fit: chi-squared {} with {} degrees of freedom, p {}{}",
                          digits(law.test->statistic), law.test->freedom, p_text(law.test->p),
                          law.test->p < 0.05 ? ": the record does not follow this law" : ""),
              Tone::plain, law.test->p < 0.05 ? Tone::doubtful : Tone::plain);
  }
  if (!analysis.why_no_law.empty()) page.paragraph(analysis.why_no_law + ".", Tone::faint);
}

void survival(Page& page, const Analysis& analysis) {
  if (analysis.curve.empty()) return;
  page.heading("Survival by age: Kaplan-Meier, Nelson-Aalen, law of least AIC");
  page.row({{.text = "years", .width = 6, .tone = Tone::faint},
            {.text = "at risk", .width = 9, .tone = Tone::faint},
            {.text = "survive", .width = 28, .tone = Tone::faint},
            {.text = "hazard", .width = 26, .tone = Tone::faint},
            {.text = "law", .width = 8, .tone = Tone::faint}});
  const auto law = std::ranges::find_if(
      analysis.laws, [&](const FittedLaw& known) { return known.kind == analysis.best; });
  const double last = analysis.curve.back().age;
  for (double age = 0.25; age < last + 0.5; age += age < 1 ? 0.25 : 0.5) {
    const double at = std::min(age, last);
    const auto* point = point_at(analysis.curve, at);
    if (point == nullptr) continue;
    page.row(
        {{.text = fmt::format("{:.2f}", at), .width = 6},
         {.text = grouped(static_cast<std::uint64_t>(std::llround(point->at_risk))), .width = 9},
         {.text = fmt::format("{:.3f} % [{:.3f}, {:.3f}]", 100 * point->survival,
                              100 * point->survival_ci95.low, 100 * point->survival_ci95.high),
          .width = 28},
         {.text = fmt::format("{:.4f} [{:.4f}, {:.4f}]", point->hazard, point->hazard_ci95.low,
                              point->hazard_ci95.high),
          .width = 26},
         {.text = law == analysis.laws.end()
                      ? ""
                      : fmt::format("{:.4f}", law->law.cumulative_hazard(sim::years(at))),
          .width = 8}});
    if (at == last) break;
  }
}

void cluster_row(Page& page, const Clustering& measure) {
  page.item("", measure.name, measure.p < 0.05 ? Tone::doubtful : Tone::plain);
  page.row({{.text = "  " + measure.unit, .width = 20, .tone = Tone::faint},
            {.text = fmt::format("{} {}", digits(*measure.seen.value), pair_of(measure.seen.ci95)),
             .width = 25,
             .tone = Tone::strong},
            {.text = fmt::format("{} {}", digits(measure.expected), pair_of(measure.null95)),
             .width = 26},
            {.text = p_text(measure.p), .width = 8}});
}

void clusters(Page& page, const Analysis& analysis) {
  if (analysis.in_time.empty()) return;
  page.heading("Do failures come together?");
  page.row({{.text = "", .width = 20},
            {.text = "seen", .width = 25, .tone = Tone::faint},
            {.text = "if independent", .width = 26, .tone = Tone::faint},
            {.text = "p", .width = 8, .tone = Tone::faint}});
  for (const Clustering& measure : analysis.in_time) cluster_row(page, measure);
  for (const Clustering& measure : analysis.in_place) cluster_row(page, measure);
  const auto& silence = analysis.silence;
  if (silence) {
    page.paragraph(fmt::format("Longest time without a failure: {:.3g} days from {}; p {}{}.",
                               sim::in_days(silence->until - silence->from),
                               models::records::time_text(silence->from), p_text(silence->p),
                               silence->p < 0.01 ? ". The record may have a gap there" : ""),
                   silence->p < 0.01 ? Tone::doubtful : Tone::plain);
  }
  page.paragraph(
      "In time: against failures at random times of each 30 days. In place: against the same "
      "failures with their places dealt out anew. 999 draws.",
      Tone::faint);
}

std::string percent_of(const sim::Estimate& share) {
  return fmt::format("{} % {}", digits(100 * *share.value), pair_of(share.ci95, 100));
}

void bursts(Page& page, const Analysis& analysis) {
  if (!analysis.bursts) return;
  const models::records::BurstFit& fit = *analysis.bursts;
  page.heading("Bursts, told apart from single failures by likelihood");
  if (analysis.step.value >= 60 && analysis.step < sim::day) {
    page.paragraph(fmt::format("Times stand on a grid of {:g} minutes: somebody looked for "
                               "failures so often.",
                               analysis.step.value / 60),
                   Tone::faint);
  }
  page.paragraph(
      fmt::format("Gain of the log-likelihood {}, p {}{}.", digits(fit.gain), p_text(fit.p),
                  fit.found() ? "" : ": no burst is found; failures are single"),
      fit.found() ? Tone::doubtful : Tone::plain);
  if (!fit.found()) return;
  page.item("  - ", fmt::format("bursts a year {} {}, spread over {} h on average",
                                digits(*fit.per_year.value), pair_of(fit.per_year.ci95),
                                digits(24 * fit.law.spread_days)));
  page.item("  - ", "share of all failures " + percent_of(fit.share));
  std::string sizes;
  for (const auto& size : fit.law.sizes) {
    if (size.share < 5e-4) continue;
    sizes +=
        fmt::format("{}{}: {:.1f} %", sizes.empty() ? "" : ", ", size.failures, 100 * size.share);
  }
  page.item("  - ", "failures of a burst: " + sizes);
  if (analysis.machines > 1) {
    page.item("  - ", "each stands in the machine at the heart " + percent_of(fit.same_machine));
  }
  if (analysis.racks > 1) {
    page.item("  - ", "or in its rack " + percent_of(fit.same_rack) + ", else anywhere");
  }
}

void hazard_row(Page& page, const HazardPart& part, std::string_view name, std::string_view unit) {
  const Tone tone = part.found() ? Tone::doubtful : Tone::plain;
  const bool known = part.size.value.has_value();
  page.row({{.text = std::string{name}, .width = 24, .tone = tone},
            {.text = known ? fmt::format("{} {}", digits(*part.size.value), pair_of(part.size.ci95))
                           : "not known",
             .width = 24,
             .tone = Tone::strong},
            {.text = std::string{unit}, .width = 12, .tone = Tone::faint},
            {.text = part.identified ? p_text(part.p) : "", .width = 8, .tone = tone},
            {.text = part.found() ? "found" : "", .width = 6, .tone = tone}});
  if (!part.why.empty()) page.item("    ", part.why, Tone::faint);
}

/// Age, calendar and place, one likelihood for all of them.
void hazard(Page& page, const Analysis& analysis) {
  const auto& model = analysis.scenario.hazard;
  if (!model) return;
  page.heading("Single failures: age law x calendar x frailty of places");
  page.row({{.text = "", .width = 24},
            {.text = "size", .width = 24, .tone = Tone::faint},
            {.text = "", .width = 12},
            {.text = "p", .width = 8, .tone = Tone::faint}});
  hazard_row(page, model->age, "age", "shape");
  hazard_row(page, model->calendar, "calendar, 4 weeks", "spread");
  for (const HazardPart& place : model->places) {
    hazard_row(page, place, "frailty of " + place.name + "s", "spread");
  }
  page.paragraph(
      "One likelihood: each line with the others as they are. Shape 1: no ageing. Spread: standard "
      "deviation of factors whose mean is 1; 0: none." +
          (model->frailty ? " Age and calendar allow for the frailty of " +
                                model->places[*model->frailty].name + "s."
                          : std::string{}),
      Tone::faint);
}

void scenario_law(Page& page, const Analysis& analysis) {
  using Verdict = models::records::ScenarioLaw::Verdict;
  const models::records::ScenarioLaw& scenario = analysis.scenario;
  if (scenario.verdict == Verdict::nothing) return;
  page.heading("What a scenario may be told of single failures");
  for (const auto& candidate : scenario.candidates) {
    std::string text = std::string{to_string(candidate.law.kind)};
    if (candidate.held_out) {
      text += fmt::format(", log-likelihood of held-out weeks {:.2f}", *candidate.held_out);
    }
    const bool rejected = !candidate.rejected.empty();
    page.item("  - ", text + ": " + (rejected ? candidate.rejected : "nothing speaks against it"),
              Tone::plain, rejected ? Tone::doubtful : Tone::plain);
  }
  for (const std::string& words : scenario.words) page.paragraph(words);
  if (scenario.verdict == Verdict::no_law) {
    page.paragraph(
        fmt::format("No law fits: use the bursts below, or replay the record. The rate below is "
                    "the mean of the record's window, its range {} % a year from the slowest to "
                    "the fastest year; it foretells nothing.",
                    pair_of(scenario.range, 100)),
        Tone::doubtful);
  }
  if (scenario.ages) {
    page.paragraph(fmt::format("valid: {:.2g} to {:.2g} years, the ages that the record has seen.",
                               scenario.ages->low, scenario.ages->high));
  }
}

void posterior(Page& page, const Analysis& analysis) {
  if (analysis.posterior_check.empty()) return;
  page.heading("Does a scenario with these lines make records like this one?");
  page.row({{.text = "", .width = 41},
            {.text = "record", .width = 9, .tone = Tone::faint},
            {.text = "simulated 95 %", .width = 20, .tone = Tone::faint},
            {.text = "p", .width = 8, .tone = Tone::faint}});
  std::string not_reproduced;
  for (const auto& check : analysis.posterior_check) {
    const Tone tone = check.reproduced() ? Tone::plain : Tone::doubtful;
    page.row({{.text = check.feature, .width = 41, .tone = tone},
              {.text = digits(check.seen), .width = 9, .tone = Tone::strong},
              {.text = pair_of(check.range95), .width = 20},
              {.text = p_text(check.p_value), .width = 8, .tone = tone}});
    if (check.reproduced()) continue;
    not_reproduced += (not_reproduced.empty() ? "" : "; ") + check.feature;
  }
  page.paragraph(not_reproduced.empty() ? "All features lie inside."
                                        : "Not reproduced: " + not_reproduced + ".",
                 not_reproduced.empty() ? Tone::plain : Tone::doubtful);
}

/// Rows that do not count, and why.
void rows_left_out(Page& page, const Analysis& analysis) {
  if (analysis.rows_left_out > 0) {
    page.item("  - ", fmt::format("{} of {} rows are not those of --where",
                                  grouped(analysis.rows_left_out), grouped(analysis.rows)));
  }
  if (analysis.rows_faulty == 0) return;
  page.item("  - ",
            fmt::format("{} of {} rows have a fault and are left out (--strict stops at them):",
                        grouped(analysis.rows_faulty), grouped(analysis.rows)),
            Tone::plain, Tone::doubtful);
  for (const auto& fault : analysis.faults) {
    page.item("      ", fault.line > 0 ? fmt::format("line {}: {}", fault.line, fault.message)
                                       : fault.message);
  }
}

void granted(Page& page, const Analysis& analysis) {
  page.heading("Taken for granted");
  for (const std::string& words : analysis.assumptions) page.item("  - ", words);
  if (analysis.without_age.unit_years > 0) {
    page.item("  - ", fmt::format("units of unknown age count for rates alone: {} failures in {} "
                                  "unit-years",
                                  digits(analysis.without_age.failures),
                                  digits(analysis.without_age.unit_years)));
  }
  for (const std::string& words : analysis.warnings) page.item("  - ", words);
  rows_left_out(page, analysis);
}

}  // namespace

std::string fit_text(const Analysis& analysis, const TextOptions& options) {
  Page page{options};
  header(page, analysis);
  rates(page, analysis);
  laws(page, analysis);
  survival(page, analysis);
  clusters(page, analysis);
  bursts(page, analysis);
  hazard(page, analysis);
  scenario_law(page, analysis);
  posterior(page, analysis);
  granted(page, analysis);
  page.paragraph(fmt::format("Intervals are 95 %. Seed {}.", analysis.seed), Tone::faint);
  std::string text = page.take();
  if (analysis.fragment.empty()) return text;
  Page last{options};
  last.heading("For a scenario");
  return text + last.take() + analysis.fragment;
}

}  // namespace reports
