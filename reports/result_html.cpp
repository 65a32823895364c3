#include "reports/result_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "holdfast_version.h"
#include "models/scenario/draw_inputs.h"
#include "reports/chart_svg.h"
#include "reports/html_page.h"
#include "reports/metric_form.h"
#include "reports/number_text.h"

namespace reports {
namespace {

namespace mf = models::fleet;

Words verdict_words(mf::Verdict verdict) {
  switch (verdict) {
    case mf::Verdict::supported:
      return {"supported", "成立"};
    case mf::Verdict::refuted:
      return {"refuted", "不成立"};
    case mf::Verdict::undecided:
      return {"undecided", "未定"};
  }
  return {};
}

ReportTable claims_table(const mf::Results& results) {
  ReportTable table{"claims",
                    {"Verdict per claim", "各项声明的判定"},
                    {{"claim", {"claim", "声明"}},
                     {"strategy", {"strategy", "方案"}},
                     {"verdict", {"verdict", "判定"}},
                     {"why", {"why", "理由"}}},
                    {},
                    {}};
  for (const mf::ClaimResult& claim : results.claims) {
    table.rows.push_back({word_cell(claim.text),
                          word_cell(claim.strategy),
                          {verdict_words(claim.verdict)},
                          word_cell(claim.why)});
  }
  return table;
}

// A row for each metric, two columns for each strategy would be too wide: one cell holds both.
ReportTable figures_table(const mf::Results& results) {
  ReportTable table{
      "figures",
      {"Figures side by side", "指标对照"},
      {{"metric", {"figure", "指标"}}},
      {},
      {"Below each figure how certain it is; ' ?' is not converged, '>=' a bound. The "
       "interval is of sampling alone.",
       "每个数值附其不确定度；“?”表示未收敛，“>=”表示界。区间仅含抽样误差。"}};
  for (const auto& strategy : results.strategies) {
    table.columns.push_back({strategy.name, {strategy.name, strategy.name}});
  }
  for (const mf::MetricInfo& info : mf::all_metrics()) {
    std::vector<ReportCell> row{word_cell(fmt::format("{} ({})", info.title, info.unit))};
    bool any = false;
    for (const auto& strategy : results.strategies) {
      const mf::Metric* metric = strategy.find(info.id);
      if (metric == nullptr) {
        row.push_back(word_cell("-"));
        continue;
      }
      any = true;
      const EstimateText text = estimate_text(metric->estimate, form_of(info.id));
      row.push_back(word_cell(text.figure + "  " + text.certainty + "  " +
                              sim::to_string(metric->estimate.method)));
    }
    if (any) table.rows.push_back(std::move(row));
  }
  return table;
}

ReportTable cause_table(const mf::Results& results) {
  ReportTable table{"causes",
                    {"What ended data", "丢失原因"},
                    {{"strategy", {"strategy", "方案"}},
                     {"cause", {"cause", "原因"}},
                     {"share", {"share, %", "占比 %"}, "%"}},
                    {},
                    {}};
  for (const auto& strategy : results.strategies) {
    for (const auto& [cause, share] : strategy.loss_by_cause) {
      const std::string text = fmt::format("{:.3g}", share * 100);
      table.rows.push_back(
          {word_cell(strategy.name), word_cell(cause), {{text, text}, share * 100}});
    }
  }
  return table;
}

ReportTable doubt_table(const mf::Results& results) {
  ReportTable table{"uncertain",
                    {"Assumptions in doubt, with their sources", "不确定的假设及来源"},
                    {{"input", {"input", "输入"}},
                     {"low", {"2.5 %", "2.5%"}},
                     {"stated", {"stated", "采用"}},
                     {"high", {"97.5 %", "97.5%"}},
                     {"source", {"source", "来源"}}},
                    {},
                    {}};
  for (const auto& input : results.uncertain.inputs) {
    const auto at = [&input](double p) {
      return word_cell(input_text(input, models::scenario::input_quantile(input, p)));
    };
    table.rows.push_back({word_cell(input.path), at(0.025),
                          word_cell(input_text(input, input.value)), at(0.975),
                          word_cell(input.source)});
  }
  return table;
}

std::string nines_chart(const mf::Results& results) {
  std::vector<std::string> names;
  ChartSeries nines{"nines of an object and year", {}};
  for (const auto& strategy : results.strategies) {
    const mf::Metric* metric = strategy.find("durability_nines");
    if (metric == nullptr) continue;
    const double value = metric->estimate.value.value_or(metric->estimate.ci95.low);
    if (!std::isfinite(value)) continue;
    names.push_back(strategy.name);
    nines.values.push_back(value);
  }
  return names.empty() ? "" : bar_chart("Durability, nines / 数据持久性", names, {nines});
}

void place(HtmlPage& page, const ReportTable& table) {
  if (!table.rows.empty()) page.table(table);
}

void left_out(HtmlPage& page, const mf::Results& results) {
  std::vector<std::string> words;
  for (const auto& strategy : results.strategies) {
    for (const std::string& one : strategy.not_modelled) {
      if (std::ranges::find(words, one) == words.end()) words.push_back(one);
    }
  }
  page.heading({"Not modelled", "未建模"});
  page.list(words);
}

}  // namespace

std::string result_html(const mf::Results& results, const models::scenario::Scenario& scenario) {
  HtmlPage page({"Holdfast: " + results.scenario, "Holdfast：" + results.scenario});
  page.paragraph({scenario.description, scenario.description});
  page.paragraph({fmt::format("Question: which of {} strategies keeps the data, how fast does it "
                              "heal, what does it cost, over {:g} year(s)?",
                              results.strategies.size(), results.mission_years),
                  fmt::format("问题：{} 种方案在 {:g} 年内能否保住数据、多快恢复、费用多少？",
                              results.strategies.size(), results.mission_years)},
                 "verdict");
  place(page, claims_table(results));
  place(page, figures_table(results));
  if (const std::string svg = nines_chart(results); !svg.empty()) page.figure(svg);
  place(page, cause_table(results));
  page.heading({"The strategies, and what limits them", "方案与其瓶颈"});
  for (const auto& strategy : results.strategies) {
    page.paragraph({strategy.name + ": " + strategy.fleet, ""});
    page.list(strategy.limits);
    page.list(strategy.warnings);
  }
  page.heading({"Assumptions", "假设"});
  place(page, doubt_table(results));
  left_out(page, results);
  page.heading({"The same again", "复现"});
  page.code(fmt::format("holdfast compare {} --seed {}{}", results.scenario_file, results.seed,
                        results.again));
  page.paragraph({fmt::format("holdfast {} ({}), scenario sha256 {}, seed {}", holdfast::version,
                              holdfast::commit, results.scenario_sha256, results.seed),
                  ""},
                 "note");
  if (scenario.origin != nullptr) {
    page.details({"The scenario itself", "场景文件"}, scenario.origin->text);
  }
  return std::move(page).take();
}

}  // namespace reports
