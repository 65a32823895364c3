#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "reports/chart_svg.h"
#include "reports/chinese.h"
#include "reports/html_page.h"
#include "reports/provenance.h"
#include "reports/replay_text.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::replay::Figure;
using models::replay::Replay;
using models::replay::StrategyReplay;

Form form_of_unit(std::string_view unit) {
  if (unit == "share") return Form::share;
  if (unit == "bytes" || unit == "bytes/day") return Form::bytes;
  return unit == "h/TB" ? Form::hours : Form::number;
}

std::string least(const StrategyReplay& strategy) {
  return strategy.least_redundancy < 0
             ? "lost"
             : fmt::format("{} / {}", strategy.least_redundancy, strategy.tolerance);
}

ReportTable figures_table(const Replay& replay) {
  ReportTable table{"figures",
                    {"What the recorded failures did to each strategy", "记录的故障对各方案的影响"},
                    {{"figure", {"figure", "指标"}}},
                    {},
                    {"95 % intervals over placements: the failures are the same in all of them.",
                     "95% 区间针对布局抽样：各布局遭遇的故障相同。"}};
  for (const auto& one : replay.strategies) table.columns.push_back({one.name, {one.name, ""}});
  if (replay.strategies.empty()) return table;
  for (const auto& figure : replay.strategies.front().figures) {
    std::vector<ReportCell> row{word_cell(fmt::format("{} ({})", figure.title, figure.unit))};
    for (const auto& one : replay.strategies) {
      const auto* found = one.find(figure.id);
      const EstimateText text = estimate_text(found->estimate, form_of_unit(figure.unit));
      row.push_back(word_cell(on_one_line(text)));
    }
    table.rows.push_back(std::move(row));
  }
  std::vector<ReportCell> row{{{"least redundancy left, shards", "最低剩余冗余（分片）"}}};
  for (const auto& one : replay.strategies) row.push_back(word_cell(least(one)));
  table.rows.insert(table.rows.begin(), std::move(row));
  return table;
}

/// Over records drawn from the blocks of this one; empty where none was drawn.
std::optional<ReportTable> resampled_table(const Replay& replay) {
  const auto any = std::ranges::find_if(
      replay.strategies, [](const StrategyReplay& one) { return one.resampled.has_value(); });
  if (any == replay.strategies.end()) return std::nullopt;
  const bool weeks = any->resampled->blocks == models::replay::Blocks::weeks;
  const std::string records = grouped(any->resampled->records);
  ReportTable table{
      "resampled",
      {"Over other records of this kind", "同类其他记录"},
      {{"figure", {"figure", "指标"}}},
      {},
      {fmt::format("{} records, each of {} of this one, drawn with replacement; means, and the "
                   "middle 95 % of the records.",
                   records, weeks ? "blocks of four weeks" : "the machines"),
       fmt::format("{} 份记录，均由本记录的{}有放回抽取而成；列出均值及中间 95% 的范围。", records,
                   weeks ? "四周时段" : "机器")}};
  for (const auto& one : replay.strategies) {
    if (one.resampled) table.columns.push_back({one.name, {one.name, ""}});
  }
  for (const auto& figure : any->resampled->figures) {
    std::vector<ReportCell> row{word_cell(fmt::format("{} ({})", figure.title, figure.unit))};
    for (const auto& one : replay.strategies) {
      if (!one.resampled) continue;
      const auto found = std::ranges::find(one.resampled->figures, figure.id, &Figure::id);
      row.push_back(
          word_cell(on_one_line(estimate_text(found->estimate, form_of_unit(figure.unit)))));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Strategies that have one placement have no interval, and a reader must know why.
std::string with_one_placement(const Replay& replay) {
  std::string names;
  for (const auto& one : replay.strategies) {
    if (one.one_placement) names += (names.empty() ? "" : ", ") + one.name;
  }
  return names;
}

ReportTable reached_table(const Replay& replay) {
  ReportTable table{"reached",
                    {"Least redundancy reached, by placements", "各布局达到的最低冗余"},
                    {{"strategy", {"strategy", "方案"}},
                     {"left", {"shards that could still be lost", "仍可丢失的分片数"}},
                     {"placements", {"placements", "布局数"}}},
                    {},
                    {}};
  for (const auto& one : replay.strategies) {
    for (std::size_t i = 0; i < one.placements_with.size(); ++i) {
      const auto count = static_cast<double>(one.placements_with[i]);
      if (count == 0) continue;
      const std::string text = fmt::format("{}", one.placements_with[i]);
      table.rows.push_back(
          {word_cell(one.name),
           i == 0 ? ReportCell{{"data lost", "数据丢失"}} : word_cell(fmt::format("{}", i - 1)),
           {{text, text}, count}});
    }
  }
  return table;
}

ReportTable years_table(const Replay& replay) {
  ReportTable table{"years",
                    {"Exposed groups by year, in group-hours; mean over placements",
                     "逐年暴露的组（组·小时，布局平均）"},
                    {{"strategy", {"strategy", "方案"}},
                     {"year", {"year", "年"}},
                     {"failures", {"failures", "故障"}},
                     {"degraded", {"1 or more gone", "缺 1 个及以上"}},
                     {"twice", {"2 or more gone", "缺 2 个及以上"}},
                     {"bare", {"no redundancy", "无冗余"}},
                     {"at_once", {"at once", "同时"}},
                     {"lost", {"lost", "丢失"}}},
                    {},
                    {}};
  const auto number = [](double value) {
    const std::string text = value_text(value, Form::number);
    return ReportCell{{text, text}, value};
  };
  for (const auto& one : replay.strategies) {
    for (const auto& year : one.years) {
      if (year.failures == 0 && year.degraded_group_hours == 0) continue;
      table.rows.push_back(
          {word_cell(one.name), number(year.year), number(static_cast<double>(year.failures)),
           number(year.degraded_group_hours), number(year.twice_group_hours),
           number(year.bare_group_hours), number(year.peak), number(year.groups_lost)});
      const std::string text = std::to_string(year.year);
      table.rows.back()[1].text = {text, text};
    }
  }
  return table;
}

// By how much of the time redundancy was gone, whole strategies side by side.
std::string exposure_chart(const Replay& replay, Language language) {
  std::vector<std::string> names;
  ChartSeries hours{"", {}};
  for (const auto& one : replay.strategies) {
    double sum = 0;
    for (const auto& year : one.years) sum += year.bare_group_hours;
    names.push_back(one.name);
    hours.values.push_back(sum);
  }
  const Words title{"Group-hours without any redundancy left, over the whole record",
                    "整个记录期内无剩余冗余的组·小时"};
  return names.empty() ? "" : row_chart(title.in(language), names, {hours});
}

Words verdict_of(const Replay& replay) {
  Words text;
  for (const auto& one : replay.strategies) {
    const bool lost = one.least_redundancy < 0;
    const auto placements = lost ? one.placements_with.front() : 0;
    text.en += fmt::format(
        "{}{}: {}", text.en.empty() ? "" : "; ", one.name,
        lost ? fmt::format("loses data in {} of {} placements", placements, one.placements)
             : fmt::format("keeps all data, at worst {} shard(s) to spare", one.least_redundancy));
    text.zh += fmt::format(
        "{}{}：{}", text.zh.empty() ? "" : "；", one.name,
        lost ? fmt::format("{} 个布局中有 {} 个丢失数据", one.placements, placements)
             : fmt::format("未丢失数据，最差时仍可再丢 {} 个分片", one.least_redundancy));
  }
  return text;
}

}  // namespace

std::string replay_html(const Replay& replay, const Provenance& provenance, Language opens_in) {
  HtmlPage page({"Holdfast replay: " + replay.scenario, "Holdfast 回放：" + replay.scenario});
  page.paragraph(
      {fmt::format("Question: what would {} recorded failures, {} to {}, have done to each "
                   "strategy? {} placements of each were played.",
                   grouped(replay.failures), models::records::date_text(replay.first_day),
                   models::records::date_text(replay.last_day), replay.placements),
       fmt::format(
           "问题：{} 次有记录的故障（{} 至 {}）会对各方案造成什么影响？每种方案 {} 个布局。",
           grouped(replay.failures), models::records::date_text(replay.first_day),
           models::records::date_text(replay.last_day), replay.placements)});
  page.paragraph(verdict_of(replay), "verdict");
  if (replay.interrupted) {
    page.paragraph(
        {"INTERRUPTED: these are the placements played so far.", "已中断：仅含已回放的布局。"});
  }
  page.table(figures_table(replay));
  const std::string single = with_one_placement(replay);
  if (!single.empty()) {
    page.paragraph({"One placement, so played once, without an interval: " + single,
                    "仅有一种布局，故只回放一次，无区间：" + single});
  }
  if (const auto again = resampled_table(replay)) page.table(*again);
  page.figure(
      {exposure_chart(replay, Language::english), exposure_chart(replay, Language::chinese)});
  page.new_sheet();
  page.table(reached_table(replay));
  page.table(years_table(replay));
  page.heading({"How it was played", "回放方式"});
  std::vector<std::string> rules{"record: " + replay.record};
  rules.insert(rules.end(), replay.rules.begin(), replay.rules.end());
  page.list(rules);
  page.heading({"Not modelled", "未建模"});
  page.paragraph({"Failures that the scenario has and the record does not are not played:",
                  "场景中有而记录中没有的故障未回放："});
  page.list(replay.left_out);
  place_sources(page, provenance.text);
  place(page, provenance);
  return std::move(page).take(opens_in);
}

}  // namespace reports
