#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/chart_svg.h"
#include "reports/chinese.h"
#include "reports/html_page.h"
#include "reports/provenance.h"
#include "reports/verify_text.h"

namespace reports {
namespace {

using models::verify::Outcome;
using models::verify::Verdict;

constexpr std::array verdicts{Verdict::reproduced, Verdict::not_reproduced, Verdict::supported,
                              Verdict::refuted, Verdict::undecided};

std::string family_of(const Outcome& outcome) {
  return std::string(models::verify::family_of(outcome.id));
}

ReportCell figure_cell(const std::optional<double>& value, int digits) {
  if (!value) return word_cell("-");
  const std::string text = fmt::format("{:.{}g}", *value, digits);
  return {{text, text}, value};
}

ReportCell interval_cell(const Outcome& outcome) {
  if (!outcome.ours) return word_cell("-");
  const sim::Estimate& ours = *outcome.ours;
  if (ours.value && ours.ci95.low == ours.ci95.high) return {{"exact", "精确"}};
  return word_cell(
      fmt::format("[{:.4g}, {:.4g}]{}", ours.ci95.low, ours.ci95.high, ours.converged ? "" : " ?"));
}

ReportCell published_cell(const Outcome& outcome) {
  if (outcome.published_text.empty()) return figure_cell(outcome.published, 6);
  return {{outcome.published_text, outcome.published_text}, outcome.published};
}

ReportCell method_cell(const Outcome& outcome) {
  return outcome.ours ? word_cell(sim::to_string(outcome.ours->method)) : word_cell("-");
}

ReportTable cases_table(const std::vector<const Outcome*>& outcomes, const std::string& family) {
  ReportTable table{"cases-" + family,
                    {family, family},
                    {{"case", {"case", "案例"}},
                     {"what", {"figure", "数值"}},
                     {"published", {"published", "已发表"}},
                     {"ours", {"ours", "本程序"}},
                     {"interval", {"95 % interval", "95% 区间"}},
                     {"verdict", {"verdict", "判定"}},
                     {"method", {"by", "方法"}},
                     {"why", {"how, or why not", "依据"}},
                     {"source", {"source", "来源"}}},
                    {},
                    {}};
  for (const Outcome* one : outcomes) {
    const std::string unit = one->unit.empty() ? "" : " (" + one->unit + ")";
    table.rows.push_back({word_cell(one->id), word_cell(one->title + unit), published_cell(*one),
                          figure_cell(one->ours ? one->ours->value : std::nullopt, 6),
                          interval_cell(*one), word_cell(models::verify::to_string(one->verdict)),
                          method_cell(*one), word_cell(one->why), word_cell(one->source)});
  }
  return table;
}

std::string word_of(const std::optional<models::fleet::Verdict>& verdict, bool changes) {
  if (!changes) return "=";
  return verdict ? models::fleet::to_string(*verdict) : "-";
}

ReportTable assumptions_table(const Verification& verification) {
  ReportTable table{"assumptions",
                    {"Claims, and what they take for granted", "各项声明及其隐含假设"},
                    {{"claim", {"claim", "声明"}}, {"now", {"as it stands", "现状"}}},
                    {},
                    {"=: the scenario is like that already; -: not modelled, or not judged.",
                     "=：场景已如此；-：未建模或未判定。"}};
  for (const auto& one : models::verify::all_assumptions()) {
    table.columns.push_back({std::string(one.id), in_both(std::string(one.words))});
  }
  for (const auto& claim : verification.claims) {
    std::vector<ReportCell> row{word_cell(claim.id), word_cell(word_of(claim.as_it_stands, true))};
    for (const auto& cell : claim.under)
      row.push_back(word_cell(word_of(cell.verdict, cell.changes)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Cases of one family together, in the order in which families first appear.
std::vector<std::pair<std::string, std::vector<const Outcome*>>> by_family(
    const std::vector<Outcome>& cases) {
  std::vector<std::pair<std::string, std::vector<const Outcome*>>> families;
  for (const Outcome& one : cases) {
    const std::string family = family_of(one);
    auto found = std::ranges::find(families, family,
                                   &std::pair<std::string, std::vector<const Outcome*>>::first);
    if (found == families.end()) found = families.insert(found, {family, {}});
    found->second.push_back(&one);
  }
  return families;
}

std::string verdict_chart(const Verification& verification, Language language) {
  std::vector<std::string> names;
  std::vector<ChartSeries> series;
  for (const Verdict verdict : verdicts) {
    series.push_back({in_both(models::verify::to_string(verdict)).in(language), {}});
  }
  for (const auto& [family, outcomes] : by_family(verification.cases)) {
    names.push_back(family);
    for (std::size_t v = 0; v < verdicts.size(); ++v) {
      const auto is = [&](const Outcome* one) { return one->verdict == verdicts[v]; };
      series[v].values.push_back(static_cast<double>(std::ranges::count_if(outcomes, is)));
    }
  }
  std::erase_if(series, [](const ChartSeries& one) {
    return std::ranges::all_of(one.values, [](double value) { return value == 0; });
  });
  const Words title{"Cases by family and verdict", "各类案例的判定数"};
  return names.empty() ? "" : row_chart(title.in(language), names, series);
}

Words counted(const Verification& verification) {
  Words text;
  for (const Verdict verdict : verdicts) {
    const auto number = std::ranges::count(verification.cases, verdict, &Outcome::verdict);
    if (number == 0) continue;
    const Words name = in_both(models::verify::to_string(verdict));
    text.en += fmt::format("{}{} {}", text.en.empty() ? "" : ", ", number, name.en);
    text.zh +=
        fmt::format("{}{} {} 项", text.zh.empty() ? "" : "，", name.in(Language::chinese), number);
  }
  return text;
}

}  // namespace

std::string verify_html(const Verification& verification, const Provenance& provenance,
                        Language opens_in) {
  HtmlPage page({"Holdfast: published figures, computed again", "Holdfast：已发表数值的复算"});
  page.paragraph(
      {"Question: do published figures and claims come out again from their own "
       "parameters?",
       "问题：已发表的数值与声明能否由其自身参数复现？"});
  page.paragraph(counted(verification), "verdict");
  page.paragraph(
      {"Reproduced: within one unit of the last digit that the source prints, or the interval it "
       "gives; for a simulated figure, its 95 % interval meets it. Exact figures carry no "
       "interval.",
       "“已复现”：与来源所印末位相差不超过一个单位，或落在其区间内；仿真数值以 95% 区间判定。"},
      "note");
  page.figure({verdict_chart(verification, Language::english),
               verdict_chart(verification, Language::chinese)});
  page.heading({"Cases", "案例"});
  for (const auto& [family, outcomes] : by_family(verification.cases)) {
    page.table(cases_table(outcomes, family));
  }
  if (!verification.claims.empty()) page.table(assumptions_table(verification));
  page.heading({"Not modelled", "未建模"});
  page.paragraph(
      {"Cases whose verdict is undecided and that have no figure of ours need a model "
       "that is not built; their row says which.",
       "判定为“未定”且无本程序数值的案例需要尚未建立的模型，见各行说明。"});
  place(page, provenance);
  return std::move(page).take(opens_in);
}

}  // namespace reports
