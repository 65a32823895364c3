#include "reports/plan_figures.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/chart_svg.h"
#include "reports/chinese.h"
#include "reports/plan_cells.h"

namespace reports {
namespace {

namespace mp = models::planning;
using Results = mp::PlanResults;

std::vector<std::string> years_of(const Results& r) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < r.sizes.size(); ++i) labels.push_back(year_cell(r, i).text.en);
  return labels;
}

std::string capacity_chart(const Results& r, Language language) {
  const auto name = [language](Words words) { return words.in(language); };
  std::vector<ChartSeries> series{{name({"logical", "逻辑"}), {}},
                                  {name({"with redundancy", "含冗余"}), {}},
                                  {name({"raw", "裸容量"}), {}},
                                  {name({"cloud", "云端"}), {}}};
  for (std::size_t i = 0; i < r.sizes.size(); ++i) {
    series[0].values.push_back(r.demand[i].stored() / models::terabyte);
    series[1].values.push_back(r.sizes[i].redundant_tb);
    series[2].values.push_back(r.sizes[i].raw_tb);
    series[3].values.push_back(r.sizes[i].cloud_tb);
  }
  return line_chart(name({"Capacity, TB", "容量（TB）"}), years_of(r), series);
}

std::string waterfall_figure(const Results& r, Language language) {
  const auto name = [language](Words words) { return words.in(language); };
  const Waterfall w = waterfall_of(r, r.sizes.size() - 1);
  if (!(w.raw > 0)) return {};
  const std::string year = years_of(r).back();
  return waterfall_chart(
      name({"From raw to effective in " + year + ", TB", year + " 年从裸容量到有效容量（TB）"}),
      {{name({"raw", "裸容量"}), w.raw, true},
       {name({"kept free", "预留空闲"}), -w.kept_free, false},
       {name({"head room", "余量"}), -w.head_room, false},
       {name({"redundancy", "冗余"}), -w.redundancy, false},
       {name({"usable", "可用"}), w.usable, true},
       {name({"lossless", "无损压缩"}), w.reduced, false},
       {name({"effective", "有效"}), w.effective(), true}});
}

std::string front_chart(const Results& r, Language language) {
  const auto name = [language](Words words) { return words.in(language); };
  std::vector<ChartPoint> points;
  const auto add = [&](const mp::Candidate& one, const std::string& english, bool marked) {
    if (!std::isfinite(one.judged.nines)) return;
    points.push_back({one.screened.net_present, one.judged.nines,
                      fmt::format("{}: {:.2f} / {:.1f} h",
                                  design_words(r.plan, one.design, english).in(language),
                                  one.judged.nines, one.judged.rebuild_hours),
                      marked});
  };
  for (std::size_t i = 0; i < r.search.front.size(); ++i) {
    add(r.search.front[i], r.front_names[i], false);
  }
  if (r.search.winner) add(*r.search.winner, r.shown_name, true);
  const std::string& currency = r.plan.prices.currency;
  return point_chart(name({"Front: cost against nines; the recommended design is filled",
                           "前沿：费用与“几个9”；实心为推荐方案"}),
                     name({"net present value, " + currency, "净现值（" + currency + "）"}),
                     name({"nines", "几个9"}), points);
}

std::string tornado_chart(const Results& r, Language language) {
  const auto name = [language](Words words) { return words.in(language); };
  std::vector<ChartSpan> spans;
  constexpr std::size_t most = 12;
  for (std::size_t i = 0; i < std::min(most, r.tornado.size()); ++i) {
    spans.push_back({input_words(r.plan, r.tornado[i].input).in(language), r.tornado[i].cost_low,
                     r.tornado[i].cost_high});
  }
  if (spans.empty()) return {};
  return span_chart(name({"Cost with one input at its low (dark) and high (light) end",
                          "单项输入取低（深）与高（浅）时的费用"}),
                    r.cash.net_present, spans);
}

std::string causes_chart(const Results& r, Language language) {
  if (!r.shown || !r.shown->confirmed || r.shown->confirmed->loss_by_cause.empty()) return {};
  std::vector<std::string> names;
  ChartSeries shares{"", {}};
  for (const auto& [cause, share] : r.shown->confirmed->loss_by_cause) {
    names.push_back(in_both(cause).in(language));
    shares.values.push_back(share * 100);
  }
  return row_chart(Words{"What ends data, %", "丢失原因（%）"}.in(language), names, {shares});
}

}  // namespace

Waterfall waterfall_of(const Results& results, std::size_t year) {
  const mp::YearSize& size = results.sizes[year];
  const mp::YearDemand& demand = results.demand[year];
  const bool cold_outside = results.shown && results.shown->design.cold.kind == mp::ColdKind::cloud;
  Waterfall w;
  if (!(size.disks > 0) || !results.shown) return w;
  const auto disk = results.plan.catalogue.disks[results.shown->design.disk];
  w.raw = size.disks * (disk.capacity / models::terabyte);
  w.kept_free = w.raw * (1 - results.plan.catalogue.usable_fill);
  w.head_room = w.raw - w.kept_free - size.redundant_tb;
  w.redundancy = size.redundant_tb - size.logical_tb;
  w.usable = size.logical_tb;
  const double effective =
      (demand.hot_effective + (cold_outside ? models::Bytes{} : demand.cold_effective)) /
      models::terabyte;
  w.reduced = effective - w.usable;
  return w;
}

std::string payments_figure(const Results& r, Language language) {
  if (r.cash.years.empty()) return {};
  const auto name = [language](Words words) { return words.in(language); };
  std::vector<ChartSeries> series{{name({"capital", "资本性支出"}), {}},
                                  {name({"running", "运行支出"}), {}}};
  for (const auto& cash : r.cash.years) {
    series[0].values.push_back(cash.capital());
    series[1].values.push_back(cash.running());
  }
  const std::string& currency = r.plan.prices.currency;
  return bar_chart(name({"Payments, " + currency, "支出（" + currency + "）"}), years_of(r),
                   series);
}

std::vector<std::string> plan_figures(const Results& results, Language language) {
  std::vector<std::string> figures;
  if (!results.sizes.empty()) {
    figures = {capacity_chart(results, language), waterfall_figure(results, language)};
  }
  figures.push_back(front_chart(results, language));
  figures.push_back(tornado_chart(results, language));
  figures.push_back(causes_chart(results, language));
  std::erase(figures, std::string());
  return figures;
}

}  // namespace reports
