#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/chart_svg.h"
#include "reports/chinese.h"
#include "reports/claim_words.h"
#include "reports/html_page.h"
#include "reports/paths_text.h"
#include "reports/provenance.h"

namespace reports {
namespace {

using models::paths::PathResults;
using models::paths::ServiceResult;
using models::paths::StrategyPaths;

constexpr double minutes_a_year = 365.25 * 24 * 60;

ReportCell number(double value) {
  if (std::isinf(value)) return {{"no end", "无法恢复"}, value};
  const std::string text = fmt::format("{:.3g}", value);
  return {{text, text}, value};
}

std::string joined(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > most) text += fmt::format(" + {}", names.size() - most);
  return text.empty() ? "none" : text;
}

ReportTable claims_table(const PathResults& results, const models::scenario::Scenario& scenario) {
  ReportTable table{"claims",
                    {"Verdict per claim", "各项声明的判定"},
                    {{"claim", {"claim", "声明"}},
                     {"strategy", {"strategy", "方案"}},
                     {"verdict", {"verdict", "判定"}},
                     {"why", {"why", "理由"}},
                     {"flips", {"flips when", "翻转条件"}}},
                    {},
                    {}};
  for (const auto& claim : results.claims) {
    table.rows.push_back({{claim_words(scenario.claims, claim.id, claim.text)},
                          word_cell(claim.strategy),
                          word_cell(to_string(claim.verdict)),
                          word_cell(claim.why),
                          word_cell(claim.flips_when.empty() ? "-" : joined(claim.flips_when))});
  }
  return table;
}

ReportTable points_table(const PathResults& results) {
  ReportTable table{
      "points",
      {"Single points of failure, and fatal pairs", "单点故障与致命组合"},
      {{"strategy", {"strategy", "方案"}},
       {"service", {"service", "服务"}},
       {"single", {"any one that takes it away", "单独即可中断的部件"}},
       {"pairs", {"pairs besides", "另有组合"}},
       {"tried", {"pairs tried", "已试组合"}},
       {"cut", {"fewest parts that part it from its data", "与数据断开所需的最少部件"}}},
      {},
      {}};
  for (const StrategyPaths& strategy : results.strategies) {
    for (const ServiceResult& service : strategy.services) {
      table.rows.push_back({word_cell(strategy.name), word_cell(service.name),
                            word_cell(joined(service.single_points)),
                            word_cell(joined(service.pairs)), number(service.sets_of_two),
                            word_cell(joined(service.smallest_cut))});
    }
  }
  return table;
}

ReportTable service_table(const PathResults& results) {
  ReportTable table{"service",
                    {"Time not served, minutes a year", "中断时间（分钟/年）"},
                    {{"strategy", {"strategy", "方案"}},
                     {"service", {"service", "服务"}},
                     {"minutes", {"in all", "总计"}, "min/year"},
                     {"interval", {"95 % interval", "95% 区间"}},
                     {"no_path", {"no path at all", "完全无路径"}, "min/year"},
                     {"exact", {"exact", "精确"}, "min/year"}},
                    {},
                    {"In all: switching, resynchronising and restarts included. Exact: no path, by "
                     "the sum over all states.",
                     "总计含切换、重新同步与重启。精确：按全部状态求和的无路径时间。"}};
  for (const StrategyPaths& strategy : results.strategies) {
    for (const ServiceResult& service : strategy.services) {
      const auto& all = service.unavailability;
      const auto minutes = [](const std::optional<double>& share) {
        return share ? number(*share * minutes_a_year) : word_cell("-");
      };
      table.rows.push_back({word_cell(strategy.name), word_cell(service.name), minutes(all.value),
                            word_cell(fmt::format("[{:.3g}, {:.3g}]", all.ci95.low * minutes_a_year,
                                                  all.ci95.high * minutes_a_year)),
                            minutes(service.no_path.value), minutes(service.exact_no_path)});
    }
  }
  return table;
}

ReportTable causes_table(const PathResults& results) {
  ReportTable table{"causes",
                    {"What began it", "中断起因"},
                    {{"strategy", {"strategy", "方案"}},
                     {"service", {"service", "服务"}},
                     {"part", {"part", "部件"}},
                     {"minutes", {"minutes a year", "分钟/年"}, "min/year"},
                     {"times", {"times a year", "次/年"}, "1/year"}},
                    {},
                    {}};
  for (const StrategyPaths& strategy : results.strategies) {
    for (const ServiceResult& service : strategy.services) {
      for (const auto& cause : service.causes) {
        table.rows.push_back({word_cell(strategy.name), word_cell(service.name),
                              word_cell(std::string(models::paths::to_string(cause.kind))),
                              number(cause.minutes_per_year), number(cause.per_year)});
      }
    }
  }
  return table;
}

ReportTable incidents_table(const PathResults& results) {
  ReportTable table{"incidents",
                    {"Incidents out of a whole system, seconds", "从完好状态发生的事故（秒）"},
                    {{"strategy", {"strategy", "方案"}},
                     {"incident", {"incident", "事故"}},
                     {"per_year", {"a year", "每年"}, "1/year"},
                     {"rto_p50", {"RTO, half", "RTO 中位"}, "s"},
                     {"rto_p95", {"95 %", "95%"}, "s"},
                     {"rto_most", {"most", "最大"}, "s"},
                     {"rpo_p50", {"RPO, half", "RPO 中位"}, "s"},
                     {"rpo_p95", {"95 %", "95%"}, "s"},
                     {"rpo_most", {"most", "最大"}, "s"}},
                    {},
                    {}};
  for (const StrategyPaths& strategy : results.strategies) {
    for (const auto& one : strategy.incidents) {
      const std::string note = one.note.empty() ? "" : "; " + one.note;
      table.rows.push_back({word_cell(strategy.name), word_cell(one.kind + note),
                            one.has_rate ? number(one.per_year) : word_cell("-"),
                            number(one.rto.p50), number(one.rto.p95), number(one.rto.most),
                            number(one.rpo.p50), number(one.rpo.p95), number(one.rpo.most)});
    }
  }
  return table;
}

ReportTable bandwidth_table(const PathResults& results) {
  ReportTable table{"bandwidth",
                    {"Bandwidth left, GB/s", "剩余带宽（GB/s）"},
                    {{"strategy", {"strategy", "方案"}},
                     {"lost", {"without", "失去"}},
                     {"read", {"reads", "读"}, "GB/s"},
                     {"write", {"writes", "写"}, "GB/s"}},
                    {},
                    {}};
  for (const StrategyPaths& strategy : results.strategies) {
    for (const auto& row : strategy.bandwidth) {
      table.rows.push_back({word_cell(strategy.name), word_cell(row.lost),
                            number(row.left.read / 1e9), number(row.left.write / 1e9)});
    }
  }
  return table;
}

std::string minutes_chart(const PathResults& results, Language language) {
  std::vector<std::string> names;
  ChartSeries minutes{"", {}};
  for (const StrategyPaths& strategy : results.strategies) {
    for (const ServiceResult& service : strategy.services) {
      names.push_back(strategy.name + ": " + service.name);
      minutes.values.push_back(
          service.unavailability.value.value_or(service.unavailability.ci95.high) * minutes_a_year);
    }
  }
  const Words title{"Time not served, minutes a year", "中断时间（分钟/年）"};
  return row_chart(title.in(language), names, {minutes});
}

Words drill_words(const PathResults& results) {
  const auto& one = results.drill;
  return {
      fmt::format("The failover over real bytes: {} faults, {} of {} writes acknowledged, {} "
                  "takeovers, {} legs brought back: {}.",
                  one.faults(), one.acknowledged, one.writes, one.takeovers, one.resyncs,
                  one.passed() ? "passed" : "VIOLATIONS"),
      fmt::format("真实字节上的切换演练：{} 次故障，{}/{} 次写入已确认，{} 次接管，{} 次恢复：{}。",
                  one.faults(), one.acknowledged, one.writes, one.takeovers, one.resyncs,
                  one.passed() ? "通过" : "有违反")};
}

Words verdict_of(const PathResults& results) {
  const auto count = [&](models::fleet::Verdict verdict) {
    return std::ranges::count(results.claims, verdict, &models::fleet::ClaimResult::verdict);
  };
  using models::fleet::Verdict;
  return {fmt::format("{} claims supported, {} refuted, {} undecided.", count(Verdict::supported),
                      count(Verdict::refuted), count(Verdict::undecided)),
          fmt::format("声明：成立 {}，不成立 {}，未定 {}。", count(Verdict::supported),
                      count(Verdict::refuted), count(Verdict::undecided))};
}

}  // namespace

std::string paths_html(const PathResults& results, const models::scenario::Scenario& scenario,
                       const Provenance& provenance, Language opens_in) {
  HtmlPage page({"Holdfast paths: " + results.scenario, "Holdfast 路径：" + results.scenario});
  page.paragraph(
      {fmt::format("Question: which single part takes a service away, how long does switching "
                   "take, and how many minutes a year are lost? {} missions of {:.3g} years.",
                   results.missions, results.mission_years),
       fmt::format("问题：哪个单一部件会使服务中断、切换多久、每年损失多少分钟？{} 次仿真，每次 "
                   "{:.3g} 年。",
                   results.missions, results.mission_years)});
  page.paragraph(verdict_of(results), "verdict");
  const auto place_table = [&page](const ReportTable& table) {
    if (!table.rows.empty()) page.table(table);
  };
  place_table(claims_table(results, scenario));
  place_table(service_table(results));
  page.figure(
      {minutes_chart(results, Language::english), minutes_chart(results, Language::chinese)});
  page.new_sheet();
  place_table(points_table(results));
  for (const StrategyPaths& strategy : results.strategies) {
    page.paragraph({strategy.name + ": " + strategy.system, ""});
    page.figure({paths_svg(strategy), ""});
  }
  place_table(causes_table(results));
  place_table(incidents_table(results));
  place_table(bandwidth_table(results));
  page.paragraph(drill_words(results));
  page.list(results.drill.violations);
  place_sources(page, provenance.text);
  place(page, provenance);
  return std::move(page).take(opens_in);
}

}  // namespace reports
