#include "reports/figure/plan_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace reports::figure {
namespace {

using models::planning::Candidate;
using models::planning::PlanResults;

/// The years below the data. @return the middle of each
std::vector<double> year_marks(Canvas& canvas, const PlanResults& results) {
  const std::size_t years = results.sizes.size();
  const double step = (canvas.right - canvas.left) / static_cast<double>(years);
  std::vector<double> places;
  constexpr double wide = 44;
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(wide / step)));
  for (std::size_t i = 0; i < years; ++i) {
    places.push_back(canvas.left + step * (static_cast<double>(i) + 0.5));
    if (i % every != 0) continue;
    canvas.label(places[i], canvas.bottom + 18,
                 std::to_string(results.plan.first_year + static_cast<int>(i)), Ink::faint,
                 Anchor::middle);
  }
  return places;
}

Canvas empty(std::string title, Size size) {
  Canvas out = make_canvas(std::move(title), size, 0);
  out.only("Plan it to see this");
  return out;
}

constexpr double left = 84;

}  // namespace

Drawing capacity_figure(const PlanResults& results, Size size) {
  const std::string title = "Capacity by year";
  if (results.sizes.empty()) return empty(title, size).figure;
  constexpr std::array names{"stored", "with redundancy", "raw", "cloud"};
  std::array<std::vector<double>, names.size()> series;
  std::vector<double> all{0};
  for (std::size_t i = 0; i < results.sizes.size(); ++i) {
    const auto& year = results.sizes[i];
    const std::array values{results.demand[i].stored() / models::terabyte, year.redundant_tb,
                            year.raw_tb, year.cloud_tb};
    for (std::size_t s = 0; s < names.size(); ++s) series[s].push_back(values[s]);
    all.insert(all.end(), values.begin(), values.end());
  }
  Canvas out = make_canvas(title, size, left);
  const Axis up{Axis::Scale::linear, all, out.bottom, out.top};
  left_axis(out, up, "TB");
  const auto places = year_marks(out, results);
  std::vector<std::pair<std::string, std::size_t>> entries;
  for (std::size_t s = 0; s < names.size(); ++s) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double y = up.at(series[s][i]);
      if (i > 0) out.line(places[i - 1], up.at(series[s][i - 1]), places[i], y, series_ink(s));
      out.symbol(places[i], y, series_symbol(s), series_ink(s), false, 3.5);
    }
    entries.emplace_back(names[s], s);
  }
  legend(out, entries, Sample::symbols);
  return std::move(out.figure);
}

Drawing cash_figure(const PlanResults& results, Size size) {
  const std::string title = "Payments by year, " + results.plan.prices.currency;
  if (results.cash.years.empty()) return empty("Payments by year", size).figure;
  std::vector<double> totals{0};
  for (const auto& year : results.cash.years) totals.push_back(year.total());
  Canvas out = make_canvas(title, size, left);
  const Axis up{Axis::Scale::linear, totals, out.bottom, out.top};
  left_axis(out, up, results.plan.prices.currency);
  const auto places = year_marks(out, results);
  const double half = (out.right - out.left) / static_cast<double>(places.size()) * 0.32;
  for (std::size_t i = 0; i < std::min(places.size(), results.cash.years.size()); ++i) {
    const auto& year = results.cash.years[i];
    const double capital = up.at(year.capital());
    out.box(places[i] - half, capital, places[i] + half, up.at(0), series_ink(0));
    out.box(places[i] - half, up.at(year.total()), places[i] + half, capital, series_ink(4));
  }
  legend(out, {{"capital", 0}, {"running", 4}}, Sample::boxes);
  return std::move(out.figure);
}

Drawing front_figure(const PlanResults& results, Size size) {
  const std::string title = "Cost against nines: star: the design shown";
  if (results.search.front.empty()) return empty("Cost against nines", size).figure;
  std::vector<double> costs;
  std::vector<double> nines;
  const auto take = [&](const Candidate& one) {
    if (!std::isfinite(one.judged.nines)) return;
    costs.push_back(one.screened.net_present);
    nines.push_back(one.judged.nines);
  };
  for (const Candidate& one : results.search.front) take(one);
  if (results.shown) take(*results.shown);
  Canvas out = make_canvas(title, size, 60);
  if (costs.empty()) {
    out.only("durability of these designs is the vendor's claim alone");
    return std::move(out.figure);
  }
  const Axis across{Axis::Scale::linear, costs, out.left, out.right};
  const Axis up{Axis::Scale::linear, nines, out.bottom, out.top};
  left_axis(out, up, "nines");
  bottom_axis(out, across, "net present value, " + results.plan.prices.currency);
  const auto mark = [&](const Candidate& one, Symbol symbol, Ink ink, double radius) {
    if (!std::isfinite(one.judged.nines)) return;
    out.symbol(across.at(one.screened.net_present), up.at(one.judged.nines), symbol, ink,
               !one.meets_all(), radius);
  };
  for (const Candidate& one : results.search.front) mark(one, Symbol::circle, series_ink(0), 5);
  if (results.shown) mark(*results.shown, Symbol::star, series_ink(1), 9);
  return std::move(out.figure);
}

}  // namespace reports::figure
