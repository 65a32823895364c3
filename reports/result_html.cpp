#include "reports/result_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/input/draw_inputs.h"
#include "models/scenario/metrics.h"
#include "reports/chart_svg.h"
#include "reports/chinese.h"
#include "reports/claim_words.h"
#include "reports/html_page.h"
#include "reports/provenance.h"
#include "reports/words/metric_form.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

namespace mf = models::fleet;

ReportTable claims_table(const mf::Results& results, const models::scenario::Scenario& scenario) {
  ReportTable table{"claims",
                    {"Verdict per claim", "各项声明的判定"},
                    {{"claim", {"claim", "声明"}},
                     {"strategy", {"strategy", "方案"}},
                     {"verdict", {"verdict", "判定"}},
                     {"why", {"why", "理由"}},
                     {"flips", {"flips when", "翻转条件"}}},
                    {},
                    {}};
  for (const mf::ClaimResult& claim : results.claims) {
    std::string flips;
    for (const std::string& one : claim.flips_when) flips += (flips.empty() ? "" : "; ") + one;
    table.rows.push_back({{claim_words(scenario.claims, claim.id, claim.text)},
                          word_cell(claim.strategy),
                          word_cell(to_string(claim.verdict)),
                          word_cell(claim.why),
                          word_cell(flips.empty() ? "-" : flips)});
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
  for (const models::scenario::MetricInfo& info : models::scenario::all_metrics()) {
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
      const Words method = in_both(sim::to_string(metric->estimate.method));
      const std::string figure = on_one_line(text) + ", ";
      row.push_back({{figure + method.en, figure + method.in(Language::chinese)}});
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

std::string nines_chart(const mf::Results& results, Language language) {
  std::vector<std::string> names;
  ChartSeries nines{"", {}};
  for (const auto& strategy : results.strategies) {
    const mf::Metric* metric = strategy.find("durability_nines");
    if (metric == nullptr) continue;
    const double value = metric->estimate.value.value_or(metric->estimate.ci95.low);
    if (!std::isfinite(value)) continue;
    names.push_back(metric->estimate.value ? strategy.name : strategy.name + " (>=)");
    nines.values.push_back(std::max(0.0, value));
  }
  const Words title{"Durability, nines of an object and year", "数据持久性（每对象每年，几个9）"};
  return names.empty() ? "" : row_chart(title.in(language), names, {nines});
}

// Shares of what ended data, strategies one below the other.
std::string cause_chart(const mf::Results& results, Language language) {
  std::vector<std::string> names;
  std::vector<std::string> causes;
  for (const auto& strategy : results.strategies) {
    if (!strategy.loss_by_cause.empty()) names.push_back(strategy.name);
    for (const auto& [cause, share] : strategy.loss_by_cause) {
      if (std::ranges::find(causes, cause) == causes.end()) causes.push_back(cause);
    }
  }
  std::vector<ChartSeries> series;
  for (const std::string& cause : causes) {
    series.push_back({in_both(cause).in(language), {}});
    for (const auto& strategy : results.strategies) {
      if (strategy.loss_by_cause.empty()) continue;
      const auto found = strategy.loss_by_cause.find(cause);
      const bool any = found != strategy.loss_by_cause.end();
      series.back().values.push_back(any ? 100 * found->second : 0);
    }
  }
  const Words title{"What ended data, %", "丢失原因（%）"};
  return names.empty() ? "" : row_chart(title.in(language), names, series);
}

// What is paid over the horizon, by kind.
std::string cost_chart(const mf::Results& results, Language language) {
  std::vector<std::string> names;
  std::vector<ChartSeries> series{{Words{"capital", "资本性支出"}.in(language), {}},
                                  {Words{"running", "运行支出"}.in(language), {}}};
  for (const auto& strategy : results.strategies) {
    const mf::Metric* capital = strategy.find("cost.capital");
    const mf::Metric* total = strategy.find("cost.total");
    if (capital == nullptr || total == nullptr) continue;
    const double bought = capital->estimate.value.value_or(0);
    names.push_back(strategy.name);
    series[0].values.push_back(bought);
    series[1].values.push_back(std::max(0.0, total->estimate.value.value_or(0) - bought));
  }
  const Words title{"Cost over the horizon of the price book", "价格表期限内的费用"};
  return names.empty() ? "" : row_chart(title.in(language), names, series);
}

ReportTable cost_table(const mf::Results& results) {
  ReportTable table{"costs",
                    {"Lines of the bill, over the horizon", "期限内各项费用"},
                    {{"strategy", {"strategy", "方案"}},
                     {"item", {"item", "项目"}},
                     {"count", {"count", "数量"}},
                     {"price", {"price", "单价"}},
                     {"unit", {"unit", "单位"}},
                     {"total", {"total", "合计"}},
                     {"source", {"source", "来源"}}},
                    {},
                    {}};
  const auto number = [](double value) {
    const std::string text = value_text(value, Form::number);
    return ReportCell{{text, text}, value};
  };
  for (const auto& strategy : results.strategies) {
    for (const auto& line : strategy.cost_lines) {
      const std::string total = value_text(line.total.value, Form::money);
      table.rows.push_back({word_cell(strategy.name),
                            word_cell(line.item),
                            number(line.count),
                            number(line.price),
                            word_cell(line.unit),
                            {{total, total}, line.total.value},
                            word_cell(line.source)});
    }
  }
  return table;
}

// Inputs that move the durability of each strategy, strongest first.
ReportTable swings_table(const mf::Results& results) {
  ReportTable table{"sensitivity",
                    {"Sensitivity of the nines: one input at a time", "“几个9”的敏感性：逐项变动"},
                    {{"strategy", {"strategy", "方案"}},
                     {"input", {"input", "输入"}},
                     {"low", {"low", "低"}},
                     {"high", {"high", "高"}},
                     {"at_low", {"nines at low", "低值时"}},
                     {"at_high", {"nines at high", "高值时"}}},
                    {},
                    {}};
  const auto number = [](double value) {
    const std::string text = value_text(value, Form::nines);
    return ReportCell{{text, text}, value};
  };
  for (const auto& strategy : results.strategies) {
    const mf::Metric* nines = strategy.find("durability_nines");
    if (nines == nullptr) continue;
    for (const auto& swing : nines->swings) {
      table.rows.push_back({word_cell(strategy.name), word_cell(swing.input), word_cell(swing.low),
                            word_cell(swing.high), number(swing.at_low), number(swing.at_high)});
    }
  }
  return table;
}

Words verdict_of(const mf::Results& results) {
  if (results.claims.empty()) return {};
  const auto count = [&](mf::Verdict verdict) {
    return std::ranges::count(results.claims, verdict, &mf::ClaimResult::verdict);
  };
  return {
      fmt::format("Claims: {} supported, {} refuted, {} undecided.", count(mf::Verdict::supported),
                  count(mf::Verdict::refuted), count(mf::Verdict::undecided)),
      fmt::format("声明：成立 {}，不成立 {}，未定 {}。", count(mf::Verdict::supported),
                  count(mf::Verdict::refuted), count(mf::Verdict::undecided))};
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

std::string result_html(const mf::Results& results, const models::scenario::Scenario& scenario,
                        const Provenance& provenance, Language opens_in) {
  HtmlPage page({"Holdfast: " + results.scenario, "Holdfast：" + results.scenario});
  page.paragraph({scenario.description, ""});
  page.paragraph({fmt::format("Question: which of {} strategies keeps the data, how fast does it "
                              "heal, what does it cost, over {:g} year(s)?",
                              results.strategies.size(), results.mission_years),
                  fmt::format("问题：{} 种方案在 {:g} 年内能否保住数据、多快恢复、费用多少？",
                              results.strategies.size(), results.mission_years)});
  page.paragraph(verdict_of(results), "verdict");
  const auto both = [&](auto draw) {
    page.figure({draw(results, Language::english), draw(results, Language::chinese)});
  };
  both(nines_chart);
  place(page, figures_table(results));
  page.new_sheet();
  place(page, claims_table(results, scenario));
  page.heading({"What ended data, and what it costs", "丢失原因与费用"});
  both(cause_chart);
  place(page, cause_table(results));
  both(cost_chart);
  place(page, cost_table(results));
  page.heading({"The strategies, and what limits them", "方案与其瓶颈"});
  for (const auto& strategy : results.strategies) {
    page.paragraph({strategy.name + ": " + strategy.fleet, ""});
    page.list(strategy.limits);
    page.list(strategy.warnings);
  }
  page.heading({"Assumptions and sensitivity", "假设与敏感性"});
  place(page, doubt_table(results));
  place(page, swings_table(results));
  if (scenario.origin != nullptr) place_sources(page, scenario.origin->text);
  left_out(page, results);
  place(page, provenance);
  return std::move(page).take(opens_in);
}

std::string result_html(const mf::Results& results, const models::scenario::Scenario& scenario,
                        Language opens_in) {
  const bool read = scenario.origin != nullptr;
  const Provenance provenance{
      .command = fmt::format("holdfast compare {}{} --seed {}{}", shell_word(results.scenario_file),
                             read ? set_options(scenario.origin->overrides) : "", results.seed,
                             results.again),
      .sha256 = results.scenario_sha256,
      .seed = results.seed,
      .text = read ? scenario.origin->text : ""};
  return result_html(results, scenario, provenance, opens_in);
}

}  // namespace reports
