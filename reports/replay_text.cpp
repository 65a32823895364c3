#include "reports/replay_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "reports/page.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::replay::Replay;
using models::replay::StrategyReplay;
using models::replay::YearRow;

constexpr std::size_t name_width = 24;

struct Column {
  std::string_view figure;
  std::string_view title;
  std::string_view subtitle;
  Form form;
  std::size_t width;
};
constexpr std::array danger{
    Column{"degraded", "A shard missing", "of group-time", Form::share, 15},
    Column{"bare", "No redundancy", "of group-time", Form::share, 15},
    Column{"loss_probability", "Loses data", "of placements", Form::share, 13},
};
constexpr std::array again{
    Column{"degraded", "A shard missing", "of group-time", Form::share, 15},
    Column{"bare", "No redundancy", "of group-time", Form::share, 15},
    Column{"loss_probability", "Loses data", "of records", Form::share, 13},
    Column{"groups_lost", "Groups lost", "in shares", Form::number, 15},
};
constexpr std::array work{
    Column{"rebuild_hours_per_tb.p50", "Rebuild", "p50 h/TB", Form::hours, 9},
    Column{"rebuild_hours_per_tb.p99", "Rebuild", "p99 h/TB", Form::hours, 9},
    Column{"repair_bytes_per_day.total", "Read", "a day", Form::bytes, 9},
    Column{"repair_bytes_per_day.cross_rack", "Of it across", "racks a day", Form::bytes, 12},
    Column{"bytes_lost", "Lost", "of users", Form::bytes, 9},
};

/// "lost", or shards that every group could still miss.
std::string redundancy_text(const StrategyReplay& strategy) {
  if (strategy.least_redundancy < 0) return "lost";
  return fmt::format("{} of {}", strategy.least_redundancy, strategy.tolerance);
}

template <std::size_t N>
void head(Page& page, const std::array<Column, N>& columns, bool with_redundancy) {
  for (const bool subtitle : {false, true}) {
    std::vector<Page::Cell> cells{{.text = "", .width = name_width}};
    for (const Column& column : columns) {
      cells.push_back({.text = std::string(subtitle ? column.subtitle : column.title),
                       .width = column.width,
                       .tone = Tone::faint});
    }
    if (with_redundancy) {
      cells.push_back({.text = subtitle ? "left" : "Least", .width = 8, .tone = Tone::faint});
    }
    page.row(cells);
  }
}

template <class Figures, std::size_t N>
void rows(Page& page, const StrategyReplay& strategy, const Figures& of,
          const std::array<Column, N>& columns, bool with_redundancy) {
  const bool long_name = strategy.name.size() > name_width;
  if (long_name) page.paragraph(strategy.name);
  std::vector<Page::Cell> figures{{.text = long_name ? "" : strategy.name, .width = name_width}};
  std::vector<Page::Cell> certainty{{.text = "", .width = name_width}};
  for (const Column& column : columns) {
    const auto figure = std::ranges::find(of, column.figure, &models::replay::Figure::id);
    const EstimateText text = estimate_text(figure->estimate, column.form);
    figures.push_back({.text = text.figure, .width = column.width, .tone = Tone::strong});
    certainty.push_back({.text = text.certainty, .width = column.width, .tone = Tone::faint});
  }
  if (with_redundancy) figures.push_back({.text = redundancy_text(strategy), .width = 8});
  page.row(figures);
  page.row(certainty);
}

std::string hours_text(double hours) { return value_text(hours, Form::number); }

void years(Page& page, const StrategyReplay& strategy) {
  page.paragraph(fmt::format("{} ({}, {} groups)", strategy.name, strategy.code,
                             grouped(static_cast<std::uint64_t>(strategy.groups))),
                 Tone::strong);
  for (const YearRow& year : strategy.years) {
    if (year.failures == 0 && year.degraded_group_hours == 0) continue;
    page.row({{.text = fmt::format("  {}", year.year), .width = 8},
              {.text = grouped(year.failures), .width = 9},
              {.text = hours_text(year.degraded_group_hours), .width = 14},
              {.text = hours_text(year.twice_group_hours), .width = 14},
              {.text = hours_text(year.bare_group_hours), .width = 14},
              {.text = hours_text(year.peak), .width = 9},
              {.text = hours_text(year.groups_lost), .width = 6}});
  }
}

std::string redundancy_reached(const StrategyReplay& strategy) {
  std::string text;
  for (std::size_t i = 0; i < strategy.placements_with.size(); ++i) {
    if (strategy.placements_with[i] == 0) continue;
    text += text.empty() ? "" : ", ";
    text += fmt::format("{} in {}", i == 0 ? std::string{"data lost"} : fmt::format("{}", i - 1),
                        strategy.placements_with[i]);
  }
  return text;
}

void header(Page& page, const Replay& replay) {
  page.paragraph(replay.scenario, Tone::strong);
  page.paragraph(fmt::format(
      "{} recorded failures, {} to {}, through {} strategies; {} placements of each.",
      grouped(replay.failures), models::records::date_text(replay.first_day),
      models::records::date_text(replay.last_day), replay.strategies.size(), replay.placements));
  if (replay.interrupted) {
    page.paragraph("INTERRUPTED: these are the placements played so far.", Tone::bad);
  }
}

/// Over records drawn from the blocks of this one, where they were.
void resampled(Page& page, const Replay& replay) {
  const auto any = std::ranges::find_if(replay.strategies, [](const StrategyReplay& strategy) {
    return strategy.resampled.has_value();
  });
  if (any == replay.strategies.end()) return;
  const bool weeks = any->resampled->blocks == models::replay::Blocks::weeks;
  page.heading("Over other records of this kind");
  head(page, again, false);
  for (const StrategyReplay& strategy : replay.strategies) {
    if (strategy.resampled) rows(page, strategy, strategy.resampled->figures, again, false);
  }
  page.paragraph(
      fmt::format("{} records, each of {} of this one, drawn with replacement; means, and "
                  "the middle 95 % of the records.",
                  grouped(any->resampled->records),
                  weeks ? "blocks of four weeks" : "the machines"),
      Tone::faint);
}

/// Strategies that have one placement.
void one_placement(Page& page, const Replay& replay) {
  std::string names;
  for (const StrategyReplay& strategy : replay.strategies) {
    if (strategy.one_placement) names += (names.empty() ? "" : ", ") + strategy.name;
  }
  if (names.empty()) return;
  page.item("  - ", "one placement, so played once, without an interval: " + names);
}

void how(Page& page, const Replay& replay) {
  page.heading("How it was played");
  page.item("  - ", "record: " + replay.record);
  for (const std::string& rule : replay.rules) page.item("  - ", rule);
  one_placement(page, replay);
  page.item("  - ",
            fmt::format("{} of {} failures met a place whose last disk had not been replaced yet",
                        grouped(replay.in_empty_places), grouped(replay.played)));
  if (!replay.left_out.empty()) {
    std::string names;
    for (const std::string& name : replay.left_out) names += (names.empty() ? "" : ", ") + name;
    page.item("  - ", "not played, though the scenario has them: " + names);
  }
  page.paragraph(
      "Intervals are 95 % over placements: the failures are the same in all of them. Redundancy "
      "is the number of shards that a group can still lose for sure.",
      Tone::faint);
  page.paragraph(fmt::format("Seed {}.", replay.seed), Tone::faint);
}

}  // namespace

std::string replay_text(const Replay& replay, const TextOptions& options) {
  Page page{options};
  header(page, replay);
  page.heading("What the failures did");
  head(page, danger, true);
  for (const StrategyReplay& strategy : replay.strategies)
    rows(page, strategy, strategy.figures, danger, true);
  resampled(page, replay);
  page.heading("What repair did");
  head(page, work, false);
  for (const StrategyReplay& strategy : replay.strategies)
    rows(page, strategy, strategy.figures, work, false);
  page.heading("Least redundancy reached, by placements");
  for (const StrategyReplay& strategy : replay.strategies) {
    page.item("  - ", fmt::format("{}: {}", strategy.name, redundancy_reached(strategy)));
  }
  page.heading("Exposed groups by year, in group-hours; mean over placements");
  page.row({{.text = "", .width = 8},
            {.text = "failures", .width = 9, .tone = Tone::faint},
            {.text = "1 or more gone", .width = 14, .tone = Tone::faint},
            {.text = "2 or more gone", .width = 14, .tone = Tone::faint},
            {.text = "no redundancy", .width = 14, .tone = Tone::faint},
            {.text = "at once", .width = 9, .tone = Tone::faint},
            {.text = "lost", .width = 6, .tone = Tone::faint}});
  for (const StrategyReplay& strategy : replay.strategies) years(page, strategy);
  how(page, replay);
  return page.take();
}

}  // namespace reports
