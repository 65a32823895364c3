#include "reports/verify_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/csv_field.h"
#include "reports/page.h"

namespace reports {
namespace {

using models::verify::Outcome;
using models::verify::Verdict;

// With the spaces between them they add up to 80.
constexpr std::size_t id_width = 31;
constexpr std::size_t figure_width = 16;
constexpr std::size_t verdict_width = 14;

Tone tone_of(Verdict verdict) {
  if (verdict == Verdict::undecided) return Tone::doubtful;
  const bool good = verdict == Verdict::reproduced || verdict == Verdict::supported;
  return good ? Tone::good : Tone::bad;
}

std::string row_name(const Outcome& outcome) {
  const std::size_t slash = outcome.id.find('/');
  return slash == std::string::npos ? outcome.id : outcome.id.substr(slash + 1);
}

std::string published_of(const Outcome& outcome) {
  if (!outcome.published_text.empty()) return outcome.published_text;
  return outcome.published ? fmt::format("{:.6g}", *outcome.published) : "-";
}

/// Exact figures with six digits, simulated ones with three and their interval.
std::string ours_of(const Outcome& outcome) {
  if (!outcome.ours) return "-";
  const sim::Estimate& ours = *outcome.ours;
  if (!ours.value) return fmt::format("[{:.3g}, {:.3g}]", ours.ci95.low, ours.ci95.high);
  if (ours.ci95.low == ours.ci95.high) return fmt::format("{:.6g}", *ours.value);
  const double half_width = (ours.ci95.high - ours.ci95.low) / 2;
  return fmt::format("{:.4g} ±{:.2g} %{}", *ours.value, 100 * half_width / *ours.value,
                     ours.converged ? "" : " ?");
}

std::string missions_of(const Outcome& outcome) {
  if (!outcome.ours || outcome.ours->replicates == 0) return {};
  return fmt::format("; {}, {} missions", sim::to_string(outcome.ours->method),
                     outcome.ours->replicates);
}

void tell(Page& page, const Outcome& outcome) {
  page.row({{.text = row_name(outcome), .width = id_width, .tone = Tone::strong},
            {.text = published_of(outcome), .width = figure_width},
            {.text = ours_of(outcome), .width = figure_width},
            {.text = models::verify::to_string(outcome.verdict),
             .width = verdict_width,
             .tone = tone_of(outcome.verdict)}});
  std::string what = outcome.title;
  if (!outcome.unit.empty()) what += " (" + outcome.unit + ")";
  page.item("  ", what);
  page.item("    ", outcome.why + missions_of(outcome), Tone::faint, Tone::faint);
}

std::string_view family_of(const Outcome& outcome) { return models::verify::family_of(outcome.id); }

void head(Page& page, const Outcome& outcome) {
  page.heading(family_of(outcome));
  page.row({{.text = "case", .width = id_width, .tone = Tone::faint},
            {.text = "published", .width = figure_width, .tone = Tone::faint},
            {.text = "ours", .width = figure_width, .tone = Tone::faint}});
}

/// "yes", "no", "open"; "-" where there is no model of it, "=" where the scenario is like that.
Page::Cell word_of(const std::optional<models::fleet::Verdict>& verdict, bool changes,
                   std::size_t width) {
  using models::fleet::Verdict;
  if (!changes) return {"=", width, Tone::faint};
  if (!verdict) return {"-", width, Tone::faint};
  if (*verdict == Verdict::supported) return {"yes", width, Tone::good};
  if (*verdict == Verdict::refuted) return {"no", width, Tone::bad};
  return {"open", width, Tone::doubtful};
}

/// Claims in rows, assumptions in columns.
void assumptions(Page& page, const std::vector<models::verify::ClaimUnder>& claims) {
  if (claims.empty()) return;
  constexpr std::size_t name_width = 26;
  constexpr std::size_t width = 8;
  page.blank();
  page.heading("Claims, and what they take for granted");
  std::vector<Page::Cell> head{{"claim", name_width, Tone::faint}, {"now", width, Tone::faint}};
  for (const auto& assumption : models::verify::all_assumptions()) {
    head.push_back({std::string(assumption.id), width, Tone::faint});
  }
  page.row(head);
  for (const auto& claim : claims) {
    std::vector<Page::Cell> row{{claim.id, name_width, Tone::strong},
                                word_of(claim.as_it_stands, true, width)};
    for (const auto& cell : claim.under) row.push_back(word_of(cell.verdict, cell.changes, width));
    page.row(row);
    if (!claim.strategy.empty()) page.item("  ", claim.strategy, Tone::faint, Tone::faint);
  }
  page.blank();
  page.item("now       ", "as the scenario stands", Tone::faint, Tone::faint);
  for (const auto& assumption : models::verify::all_assumptions()) {
    page.item(fmt::format("{:<10}", assumption.id),
              fmt::format("{}{}", assumption.words,
                          assumption.apply == nullptr ? " (not modelled yet)" : ""),
              Tone::faint, Tone::faint);
  }
  page.paragraph(
      "yes: supported, no: refuted, open: undecided, =: the scenario is like that already",
      Tone::faint);
}

void count(Page& page, const Verification& verification) {
  std::string text;
  for (const Verdict verdict : {Verdict::reproduced, Verdict::not_reproduced, Verdict::supported,
                                Verdict::refuted, Verdict::undecided}) {
    const auto number = std::ranges::count(verification.cases, verdict, &Outcome::verdict);
    if (number == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number,
                        models::verify::to_string(verdict));
  }
  page.blank();
  page.rule();
  page.paragraph(text + ".", Tone::strong);
  page.paragraph(
      "Reproduced: within one unit of the last digit that the source prints, or the interval it "
      "gives; for a simulated figure, its 95 % interval meets it. Exact figures carry no interval.",
      Tone::faint);
}

}  // namespace

std::string verify_text(const Verification& verification, const TextOptions& options) {
  Page page{options};
  const Outcome* before = nullptr;
  for (const Outcome& outcome : verification.cases) {
    const bool new_family = before == nullptr || family_of(*before) != family_of(outcome);
    if (new_family) head(page, outcome);
    if (new_family || before->source != outcome.source) {
      page.paragraph(outcome.source, Tone::faint);
    }
    tell(page, outcome);
    before = &outcome;
  }
  assumptions(page, verification.claims);
  count(page, verification);
  return page.take();
}

std::string verify_csv(const Verification& verification) {
  std::string csv =
      "id,title,source,unit,published,ours,low95,high95,verdict,why,method,model,replicates\n";
  for (const Outcome& one : verification.cases) {
    const auto& ours = one.ours;
    csv += csv_line({csv_field(one.id), csv_field(one.title), csv_field(one.source),
                     csv_field(one.unit), csv_number(one.published),
                     ours ? csv_number(ours->value) : "", ours ? csv_number(ours->ci95.low) : "",
                     ours ? csv_number(ours->ci95.high) : "",
                     models::verify::to_string(one.verdict), csv_field(one.why),
                     ours ? sim::to_string(ours->method) : "", ours ? csv_field(ours->model) : "",
                     ours ? std::to_string(ours->replicates) : ""});
  }
  return csv;
}

}  // namespace reports
