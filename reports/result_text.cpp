#include "reports/result_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "reports/difference_table.h"
#include "reports/doubt_table.h"
#include "reports/figure_table.h"
#include "reports/footnotes.h"
#include "reports/page.h"
#include "reports/words/display_width.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::fleet::Metric;
using models::fleet::Results;
using models::fleet::StrategyResult;
using models::fleet::Verdict;

constexpr std::array<FigureColumn, 3> safety_columns{
    {{"durability_nines", "Nines of objects", "kept for a year", Form::nines},
     {"annual_loss_probability", "Any loss of data", "chance in a year", Form::probability},
     {"data_unavailability", "Data out of reach", "time in a year", Form::year_share}}};
constexpr std::array<FigureColumn, 6> cost_columns{
    {{"rebuild_hours_per_tb.p50", "Rebuild", "p50 h", Form::hours},
     {"rebuild_hours_per_tb.p99", "Rebuild", "p99 h", Form::hours},
     {"rebuild_hours_per_tb.arithmetic", "Rebuild", "calc. h", Form::hours},
     {"repair_bytes_per_day.total", "Repair", "/day", Form::bytes},
     {"capacity_overhead", "Raw per", "usable", Form::factor},
     {"cost_per_usable_tb_year", "Cost/TB", "yr", Form::money}}};

std::string what_was_run(const Results& results) {
  const std::uint64_t missions = results.end_replicate - results.first_replicate;
  const std::string length = fmt::format("{} year{}", exact_text(results.mission_years),
                                         results.mission_years == 1 ? "" : "s");
  if (missions == 0 && results.interrupted) return "No mission of " + length + " was over.";
  if (missions == 0) {
    return "Textbook figures for " + length + " alone: nothing was simulated.";
  }
  return fmt::format("{} mission{} of {}; the failures are the same for every strategy.",
                     grouped(missions), missions == 1 ? "" : "s", length);
}

void header(Page& page, const Results& results) {
  page.paragraph(results.scenario, Tone::strong);
  page.paragraph(what_was_run(results), Tone::faint);
  if (results.interrupted) {
    page.paragraph("INTERRUPTED: this is what is known so far.", Tone::bad);
  }
  if (!results.precision_reached) {
    page.paragraph("The precision asked for was not reached.", Tone::doubtful);
  }
}

/// "rebuilds: 30,717 to 30,740" for what figures count other than missions.
std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts_within_missions(
    const Results& results) {
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts;
  for (const StrategyResult& strategy : results.strategies) {
    for (const Metric& metric : strategy.metrics) {
      const sim::Estimate& estimate = metric.estimate;
      if (estimate.replicates == 0 || estimate.counted == sim::Estimate{}.counted) continue;
      auto [place, added] =
          counts.try_emplace(estimate.counted, estimate.replicates, estimate.replicates);
      place->second.first = std::min(place->second.first, estimate.replicates);
      place->second.second = std::max(place->second.second, estimate.replicates);
    }
  }
  return counts;
}

template <class Is>
bool any_figure(const Results& results, const Is& is) {
  return std::ranges::any_of(results.strategies, [&](const StrategyResult& strategy) {
    return std::ranges::any_of(strategy.metrics,
                               [&](const Metric& metric) { return is(metric.estimate); });
  });
}

void how_made(Page& page, const Results& results, const Footnotes& footnotes) {
  page.heading("How each figure was made");
  for (const Footnotes::Note& note : footnotes.notes()) page.item(note.mark + " ", note.text);
  page.item("Nines: ", "at n nines, one of 10^n objects is lost in a year.");
  page.item("Rebuild: ", "hours per TB lost, from detection to full redundancy.");
  if (any_figure(results, [](const sim::Estimate& e) { return !e.value; })) {
    page.item(">= <=  ", "a bound: no mission saw the event; more missions sharpen it");
  }
  if (any_figure(results, [](const sim::Estimate& e) { return e.value && !e.converged; })) {
    page.item("?      ", "not converged: too few missions count towards it; an order of magnitude",
              Tone::doubtful);
  }
  for (const auto& [what, range] : counts_within_missions(results)) {
    const auto [least, most] = range;
    page.paragraph(
        fmt::format("Figures of {0} are of {1} {0} in these missions.", what,
                    least == most ? grouped(least) : grouped(least) + " to " + grouped(most)),
        Tone::faint);
  }
  const bool doubt_below = !results.uncertain.inputs.empty();
  page.paragraph(doubt_below ? "Intervals are 95 % and cover sampling error alone; doubt about the "
                               "inputs has a section of its own."
                             : "Intervals are 95 % and cover sampling error alone, not doubt about "
                               "the inputs.",
                 Tone::faint);
}

void causes(Page& page, const std::string& of_what, const std::map<std::string, double>& shares) {
  if (shares.empty()) return;
  std::string text;
  for (const auto& [cause, share] : shares) {
    text += (text.empty() ? "" : ", ") + cause + " " + value_text(share, Form::share);
  }
  page.item("  - ", of_what + ": " + text);
}

void strategies(Page& page, const Results& results) {
  page.heading("The strategies, and what limits them");
  for (const StrategyResult& strategy : results.strategies) {
    page.paragraph(strategy.name, Tone::strong);
    if (!strategy.fleet.empty()) page.item("  - ", strategy.code + ": " + strategy.fleet);
    for (const std::string& sentence : strategy.limits) page.item("  - ", sentence);
    causes(page, "what ended data", strategy.loss_by_cause);
    causes(page, "what put data out of reach", strategy.out_of_reach_by_cause);
    for (const std::string& warning : strategy.warnings) {
      page.item("  WARNING ", warning, Tone::bad);
    }
  }
}

Tone tone_of(Verdict verdict) {
  if (verdict == Verdict::supported) return Tone::good;
  return verdict == Verdict::refuted ? Tone::bad : Tone::doubtful;
}

void claims(Page& page, const Results& results) {
  if (results.claims.empty()) return;
  page.heading("Claims");
  for (const auto& claim : results.claims) {
    const std::string mark = pad_right(models::fleet::to_string(claim.verdict), 10) + " ";
    std::string text = claim.text.empty() ? claim.id : claim.text;
    if (!claim.strategy.empty()) text += " [" + claim.strategy + "]";
    page.item(mark, text, tone_of(claim.verdict));
    if (!claim.why.empty()) page.item(std::string(11, ' '), claim.why, Tone::plain, Tone::faint);
    for (const std::string& flip : claim.flips_when) {
      page.item(std::string(11, ' ') + "would flip: ", flip, Tone::faint, Tone::faint);
    }
  }
}

void not_modelled(Page& page, const Results& results) {
  std::vector<std::string> sections;  // in the order of first mention
  std::set<std::string> seen;
  const auto lacks = [](const StrategyResult& strategy, const std::string& section) {
    return std::ranges::find(strategy.not_modelled, section) == strategy.not_modelled.end();
  };
  for (const StrategyResult& strategy : results.strategies) {
    for (const std::string& section : strategy.not_modelled) {
      if (seen.insert(section).second) sections.push_back(section);
    }
  }
  if (sections.empty()) return;
  page.heading("In the scenario, but not modelled: no figure above knows of it");
  for (const std::string& section : sections) {
    std::string only;
    for (const StrategyResult& strategy : results.strategies) {
      if (lacks(strategy, section)) continue;
      if (!only.empty()) only += ", ";
      only += strategy.name;
    }
    const bool all = std::ranges::none_of(
        results.strategies, [&](const auto& strategy) { return lacks(strategy, section); });
    page.item("  - ", all ? section : fmt::format("{} [{}]", section, only));
  }
}

void reproduce(Page& page, const Results& results) {
  page.blank();
  page.rule();
  page.paragraph(fmt::format("Seed {}, missions {}:{}, {} of wall time, {} events.", results.seed,
                             results.first_replicate, results.end_replicate,
                             duration_text(results.timing.wall_s), grouped(results.timing.events)),
                 Tone::faint);
}

}  // namespace

std::string result_text(const Results& results, const TextOptions& options) {
  Page page{options};
  Footnotes footnotes;
  header(page, results);
  page.heading("How safe the data are");
  figure_table(page, results, safety_columns, footnotes);
  page.heading("How fast it heals, and what it costs");
  figure_table(page, results, cost_columns, footnotes);
  how_made(page, results, footnotes);
  doubt_table(page, results);
  difference_table(page, results);
  strategies(page, results);
  claims(page, results);
  not_modelled(page, results);
  reproduce(page, results);
  return page.take();
}

}  // namespace reports
