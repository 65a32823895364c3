#include "reports/result_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include "reports/display_width.h"
#include "reports/footnotes.h"
#include "reports/number_text.h"
#include "reports/page.h"

namespace reports {
namespace {

using models::fleet::Metric;
using models::fleet::Results;
using models::fleet::StrategyResult;
using models::fleet::Verdict;

constexpr std::size_t name_width = 17;

struct Column {
  std::string_view metric;
  std::string_view title;
  std::string_view subtitle;
  Form form;
  std::size_t width;
};

// Widths with name_width and the spaces between add up to 80.
constexpr std::array<Column, 3> safety_columns{
    {{"durability_nines", "Nines of objects", "kept for a year", Form::nines, 20},
     {"annual_loss_probability", "Any loss of data", "chance in a year", Form::probability, 20},
     {"data_unavailability", "Data out of reach", "time in a year", Form::year_share, 20}}};
constexpr std::array<Column, 6> cost_columns{
    {{"rebuild_hours_per_tb.p50", "Rebuild", "h/TB p50", Form::hours, 9},
     {"rebuild_hours_per_tb.p99", "", "h/TB p99", Form::hours, 9},
     {"rebuild_hours_per_tb.arithmetic", "by arith-", "metic", Form::hours, 9},
     {"repair_bytes_per_day.total", "Repair", "traffic/day", Form::bytes, 12},
     {"capacity_overhead", "Raw per", "usable", Form::factor, 7},
     {"cost_per_usable_tb_year", "Cost per TB", "and year", Form::money, 11}}};

template <std::size_t N>
void titles(Page& page, const std::array<Column, N>& columns) {
  std::vector<Page::Cell> first{{.text = "", .width = name_width}};
  std::vector<Page::Cell> second = first;
  for (const Column& column : columns) {
    first.push_back({.text = std::string{column.title}, .width = column.width});
    second.push_back(
        {.text = std::string{column.subtitle}, .width = column.width, .tone = Tone::faint});
  }
  page.row(first);
  page.row(second);
  page.rule();
}

std::string beside(const std::string& text, const std::string& mark) {
  return text.empty() ? mark : text + " " + mark;
}

/// Three lines: the figure, how certain it is, and the textbook's figure where there is one.
template <std::size_t N>
void strategy_rows(Page& page, const StrategyResult& strategy, const std::array<Column, N>& columns,
                   Footnotes& footnotes) {
  std::vector<Page::Cell> figures{
      {.text = strategy.name, .width = name_width, .tone = Tone::strong}};
  std::vector<Page::Cell> certainty{{.text = "  " + strategy.code, .width = name_width}};
  std::vector<Page::Cell> textbook{
      {.text = "  textbook", .width = name_width, .tone = Tone::faint}};
  bool has_textbook = false;
  for (const Column& column : columns) {
    const Metric* metric = strategy.find(column.metric);
    if (metric == nullptr) {
      for (auto* row : {&figures, &certainty, &textbook}) {
        row->push_back({.text = row == &figures ? "-" : "", .width = column.width});
      }
      continue;
    }
    const EstimateText text = estimate_text(metric->estimate, column.form);
    figures.push_back({.text = text.figure, .width = column.width, .tone = Tone::strong});
    const std::string mark = footnotes.mark(metric->estimate);
    const bool doubtful = !metric->estimate.converged && metric->estimate.value;
    certainty.push_back({.text = beside(text.certainty, mark),
                         .width = column.width,
                         .tone = doubtful ? Tone::doubtful : Tone::plain});
    std::string beside_it;
    if (metric->analytic) {
      has_textbook = true;
      beside_it = beside(estimate_text(*metric->analytic, column.form).figure,
                         footnotes.mark(*metric->analytic));
    }
    textbook.push_back({.text = beside_it, .width = column.width, .tone = Tone::faint});
  }
  page.row(figures);
  page.row(certainty);
  if (has_textbook) page.row(textbook);
}

template <std::size_t N>
void block(Page& page, const Results& results, std::string_view title,
           const std::array<Column, N>& columns, Footnotes& footnotes) {
  page.heading(title);
  titles(page, columns);
  for (const StrategyResult& strategy : results.strategies) {
    strategy_rows(page, strategy, columns, footnotes);
  }
}

void header(Page& page, const Results& results) {
  page.paragraph(results.scenario, Tone::strong);
  const std::uint64_t missions = results.end_replicate - results.first_replicate;
  const std::string length = fmt::format("{} year{}", exact_text(results.mission_years),
                                         results.mission_years == 1 ? "" : "s");
  std::string line = "Missions of " + length;
  if (missions > 0) {
    line = fmt::format("{} mission{} of {}", grouped(missions), missions == 1 ? "" : "s", length);
  }
  line += "; the failures are the same for every strategy.";
  page.paragraph(line, Tone::faint);
  if (results.interrupted) {
    page.paragraph("INTERRUPTED: this is what is known so far.", Tone::bad);
  }
  if (!results.precision_reached) {
    page.paragraph("The precision asked for was not reached.", Tone::doubtful);
  }
}

void how_made(Page& page, const Results& results, const Footnotes& footnotes) {
  page.heading("How each figure was made");
  for (const Footnotes::Note& note : footnotes.notes()) page.item(note.mark + " ", note.text);
  const bool doubtful = std::ranges::any_of(results.strategies, [](const StrategyResult& strategy) {
    return std::ranges::any_of(strategy.metrics, [](const Metric& metric) {
      return metric.estimate.value && !metric.estimate.converged;
    });
  });
  if (doubtful) {
    page.item("?   ", "not converged: too few missions count towards it; an order of magnitude",
              Tone::doubtful);
  }
  page.paragraph("Intervals are 95 % and cover sampling error alone, not doubt about the inputs.",
                 Tone::faint);
}

std::string_view title_of(std::string_view metric) {
  const models::fleet::MetricInfo* info = models::fleet::find_metric(metric);
  return info != nullptr ? info->title : metric;
}

std::string factor_text(double log10_ratio) {
  if (std::isinf(log10_ratio)) return log10_ratio < 0 ? "0x" : "unlimited";
  if (std::abs(log10_ratio) >= 4) return fmt::format("10^{:.1f}x", log10_ratio);
  return value_text(std::pow(10.0, log10_ratio), Form::number) + "x";
}

void differences(Page& page, const Results& results) {
  if (results.differences.empty()) return;
  page.heading("Differences, on the same failures (95 % interval)");
  for (const auto& difference : results.differences) {
    std::string text{title_of(difference.metric)};
    if (difference.log10_ratio && difference.method == sim::Method::analytic) {
      text += fmt::format(": {} by the textbook chains (too few losses were simulated)",
                          factor_text(*difference.log10_ratio));
    } else if (difference.log10_ratio) {
      text += fmt::format(": {} [{}, {}]", factor_text(*difference.log10_ratio),
                          factor_text(difference.ci95.low), factor_text(difference.ci95.high));
      if (difference.ci95.contains(0)) text += ", no difference shown";
    } else {
      text += ": not known, nothing was lost on one side";
    }
    page.item("  ", cut(difference.a, 28) + " / " + cut(difference.b, 28) + ": " + text);
  }
}

void causes(Page& page, const StrategyResult& strategy) {
  if (strategy.loss_by_cause.empty()) return;
  std::string text;
  for (const auto& [cause, share] : strategy.loss_by_cause) {
    text += (text.empty() ? "" : ", ") + cause + " " + value_text(share, Form::share);
  }
  page.item("  - ", "what ended data: " + text);
}

void limits(Page& page, const Results& results) {
  page.heading("What limits each strategy");
  for (const StrategyResult& strategy : results.strategies) {
    page.item("", strategy.name, Tone::strong, Tone::strong);
    for (const std::string& sentence : strategy.limits) page.item("  - ", sentence);
    causes(page, strategy);
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
  if (results.scenario_file.empty()) return;
  std::string again =
      fmt::format("holdfast compare {} --seed {}", results.scenario_file, results.seed);
  if (results.end_replicate > results.first_replicate) {
    again += fmt::format(" --replicates {}:{}", results.first_replicate, results.end_replicate);
  }
  page.item("The same again: ", again, Tone::faint, Tone::faint);
}

}  // namespace

std::string result_text(const Results& results, const TextOptions& options) {
  Page page{options};
  Footnotes footnotes;
  header(page, results);
  block(page, results, "How safe the data are", safety_columns, footnotes);
  block(page, results, "How fast it heals, and what it costs", cost_columns, footnotes);
  how_made(page, results, footnotes);
  differences(page, results);
  limits(page, results);
  claims(page, results);
  not_modelled(page, results);
  reproduce(page, results);
  return page.take();
}

}  // namespace reports
