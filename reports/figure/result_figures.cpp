#include "reports/figure/result_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "models/scenario/metrics.h"
#include "reports/figure/axis.h"
#include "reports/figure/canvas.h"
#include "reports/words/display_width.h"
#include "reports/words/metric_form.h"
#include "reports/words/number_text.h"

namespace reports::figure {
namespace {

using models::fleet::Metric;
using models::fleet::Results;
using models::fleet::StrategyResult;

constexpr std::size_t most_label = 34;  // characters of a strategy's name

double names_width(const Results& results) {
  std::size_t widest = 0;
  for (const StrategyResult& strategy : results.strategies) {
    widest = std::max(widest, std::min(most_label, display_width(strategy.name)));
  }
  return margin * 2 + static_cast<double>(widest) * char_width;
}

double row_of(const Canvas& canvas, std::size_t row, std::size_t rows) {
  return canvas.top + (canvas.bottom - canvas.top) * (static_cast<double>(row) + 0.5) /
                          static_cast<double>(std::max<std::size_t>(rows, 1));
}

void names(Canvas& canvas, const Results& results) {
  for (std::size_t i = 0; i < results.strategies.size(); ++i) {
    canvas.label(canvas.left - margin, row_of(canvas, i, results.strategies.size()) + 4,
                 cut(results.strategies[i].name, most_label), Ink::text, Anchor::right);
  }
}

std::optional<double> value_of(const StrategyResult& strategy, std::string_view id) {
  const Metric* metric = strategy.find(id);
  if (metric == nullptr || !metric->estimate.value) return std::nullopt;
  return std::isfinite(*metric->estimate.value) ? metric->estimate.value : std::nullopt;
}

bool logarithmic(std::string_view metric) {
  const Form form = form_of(metric);
  return form == Form::probability || form == Form::year_share || form == Form::bytes ||
         form == Form::hours;
}

void add_values(const Metric& metric, std::vector<double>& values) {
  const sim::Estimate& estimate = metric.estimate;
  if (estimate.value) values.push_back(*estimate.value);
  values.push_back(estimate.ci95.low);
  values.push_back(estimate.ci95.high);
  if (metric.analytic && metric.analytic->value) values.push_back(*metric.analytic->value);
}

void interval(Canvas& canvas, const Axis& axis, const Metric& metric, double y, std::size_t row) {
  const Ink ink = series_ink(row);
  const sim::Estimate& estimate = metric.estimate;
  canvas.line(axis.at(estimate.ci95.low), y, axis.at(estimate.ci95.high), y, ink);
  for (const double end : {estimate.ci95.low, estimate.ci95.high}) {
    canvas.line(axis.at(end), y - 5, axis.at(end), y + 5, ink);
  }
  if (estimate.value) {
    canvas.symbol(axis.at(*estimate.value), y, Symbol::circle, ink, !estimate.converged);
  }
  if (metric.analytic && metric.analytic->value) {
    canvas.symbol(axis.at(*metric.analytic->value), y, Symbol::diamond, Ink::faint, true);
  }
  canvas.label(canvas.right, y - 8, estimate_text(estimate, form_of(metric.id)).figure, Ink::faint,
               Anchor::right);
}

}  // namespace

Drawing interval_figure(const Results& results, std::string_view metric, Size size) {
  const models::scenario::MetricInfo* info = models::scenario::find_metric(metric);
  const std::string title = info == nullptr ? std::string{metric} : std::string{info->title};
  Canvas out =
      make_canvas(title + ": 95 % intervals; hollow diamond: textbook", size, names_width(results));
  std::vector<double> values;
  for (const StrategyResult& strategy : results.strategies) {
    if (const Metric* found = strategy.find(metric)) add_values(*found, values);
  }
  const Axis axis{logarithmic(metric) ? Axis::Scale::logarithmic : Axis::Scale::linear, values,
                  out.left, out.right};
  bottom_axis(out, axis, info == nullptr ? "" : std::string{info->unit});
  names(out, results);
  for (std::size_t i = 0; i < results.strategies.size(); ++i) {
    const double y = row_of(out, i, results.strategies.size());
    if (const Metric* found = results.strategies[i].find(metric)) {
      interval(out, axis, *found, y, i);
    } else {
      out.label(out.left, y + 4, "not known", Ink::faint);
    }
  }
  return std::move(out.figure);
}

Drawing cause_figure(const Results& results, Size size) {
  Canvas out = make_canvas("What ended data", size, names_width(results));
  std::map<std::string, std::size_t> series;
  for (const StrategyResult& strategy : results.strategies) {
    for (const auto& [cause, share] : strategy.loss_by_cause) series.try_emplace(cause, 0);
  }
  std::vector<std::pair<std::string, std::size_t>> entries;
  for (auto& [cause, number] : series) {
    number = entries.size();
    entries.emplace_back(cause, number);
  }
  legend(out, entries, Sample::boxes);
  const Axis axis{Axis::Scale::linear, {0, 100}, out.left, out.right};
  bottom_axis(out, axis, "share of losses, %");
  names(out, results);
  for (std::size_t i = 0; i < results.strategies.size(); ++i) {
    const double y = row_of(out, i, results.strategies.size());
    const auto& shares = results.strategies[i].loss_by_cause;
    if (shares.empty()) out.label(axis.at(0) + 6, y + 4, "no loss seen or played", Ink::faint);
    double from = 0;
    for (const auto& [cause, share] : shares) {
      const double to = from + share * 100;
      out.box(axis.at(from), y - 9, axis.at(to), y + 9, series_ink(series[cause]));
      from = to;
    }
  }
  return std::move(out.figure);
}

Drawing rebuild_figure(const Results& results, Size size) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> points{
      {{"rebuild_hours_per_tb.p50", "median"},
       {"rebuild_hours_per_tb.p95", "95 %"},
       {"rebuild_hours_per_tb.p99", "99 %"},
       {"rebuild_hours_per_tb.arithmetic", "arithmetic"}}};
  Canvas out = make_canvas("Time to rebuild one TB", size, names_width(results));
  std::vector<std::pair<std::string, std::size_t>> entries;
  std::vector<double> values;
  for (std::size_t p = 0; p < points.size(); ++p) {
    entries.emplace_back(points[p].second, p);
    for (const StrategyResult& strategy : results.strategies) {
      if (const auto value = value_of(strategy, points[p].first)) values.push_back(*value);
    }
  }
  legend(out, entries, Sample::symbols);
  const Axis axis{Axis::Scale::logarithmic, values, out.left, out.right};
  bottom_axis(out, axis, "hours per TB");
  names(out, results);
  for (std::size_t i = 0; i < results.strategies.size(); ++i) {
    const double y = row_of(out, i, results.strategies.size());
    const auto low = value_of(results.strategies[i], points[0].first);
    const auto high = value_of(results.strategies[i], points[2].first);
    if (low && high) out.line(axis.at(*low), y, axis.at(*high), y, Ink::grid);
    for (std::size_t p = 0; p < points.size(); ++p) {
      if (const auto value = value_of(results.strategies[i], points[p].first)) {
        out.symbol(axis.at(*value), y, series_symbol(p), series_ink(p));
      }
    }
  }
  return std::move(out.figure);
}

std::vector<std::size_t> pareto_front(const Results& results) {
  struct Point {
    std::size_t place;
    double nines, cost;
  };
  std::vector<Point> points;
  for (std::size_t i = 0; i < results.strategies.size(); ++i) {
    const auto nines = value_of(results.strategies[i], "durability_nines");
    const auto cost = value_of(results.strategies[i], "cost_per_usable_tb_year");
    if (nines && cost) points.push_back({i, *nines, *cost});
  }
  std::vector<std::size_t> front;
  for (const Point& point : points) {
    const bool beaten = std::ranges::any_of(points, [&point](const Point& other) {
      return other.nines >= point.nines && other.cost <= point.cost &&
             (other.nines > point.nines || other.cost < point.cost);
    });
    if (!beaten) front.push_back(point.place);
  }
  return front;
}

namespace {

/// The line nearest to y that no name close to x stands on.
double free_line(double x, double y, std::vector<std::pair<double, double>>& taken) {
  constexpr double near = 160;
  constexpr double line = label_size + 2;
  for (int tries = 0; tries < 8; ++tries) {
    const double at = y + (tries % 2 == 0 ? -1 : 1) * ((tries + 1) / 2) * line;
    const bool free = std::ranges::none_of(taken, [&](const auto& other) {
      return std::abs(other.first - x) < near && std::abs(other.second - at) < line - 1;
    });
    if (!free) continue;
    taken.emplace_back(x, at);
    return at;
  }
  return y;
}

}  // namespace

Drawing cost_figure(const Results& results, Size size) {
  Canvas out = make_canvas("Durability against cost; star: none is both safer and cheaper", size,
                           4 * margin);
  std::vector<double> costs;
  std::vector<double> nines;
  for (const StrategyResult& strategy : results.strategies) {
    const auto cost = value_of(strategy, "cost_per_usable_tb_year");
    const auto safe = value_of(strategy, "durability_nines");
    if (!cost || !safe) continue;
    costs.push_back(*cost);
    nines.push_back(*safe);
  }
  if (costs.empty()) {
    out.label(out.figure.width / 2, out.figure.height / 2,
              "no strategy has both a cost and a figure of durability", Ink::faint, Anchor::middle);
    return std::move(out.figure);
  }
  const Axis across{Axis::Scale::linear, costs, out.left, out.right};
  const Axis up{Axis::Scale::linear, nines, out.bottom, out.top};
  left_axis(out, up, "nines");
  bottom_axis(out, across, "cost per usable TB and year");
  const std::vector<std::size_t> front = pareto_front(results);
  std::vector<std::pair<double, double>> taken;  // where names stand
  for (std::size_t i = 0; i < results.strategies.size(); ++i) {
    const auto cost = value_of(results.strategies[i], "cost_per_usable_tb_year");
    const auto safe = value_of(results.strategies[i], "durability_nines");
    if (!cost || !safe) continue;
    const bool best = std::ranges::find(front, i) != front.end();
    const double x = across.at(*cost);
    const double y = up.at(*safe);
    out.symbol(x, y, best ? Symbol::star : Symbol::circle, series_ink(i), !best, best ? 8 : 5);
    const bool to_the_left = x > (out.left + out.right) / 2;
    const double beside = x + (to_the_left ? -12 : 12);
    out.label(beside, free_line(beside, y + 4, taken), cut(results.strategies[i].name, most_label),
              Ink::text, to_the_left ? Anchor::right : Anchor::left);
  }
  return std::move(out.figure);
}

Drawing course_figure(std::string title, std::string x_title, std::string y_title,
                      const std::vector<std::pair<double, double>>& points, Size size) {
  Canvas out = make_canvas(std::move(title), size, 5 * margin);
  if (points.empty()) {
    out.label(size.width / 2, size.height / 2, "nothing yet", Ink::faint, Anchor::middle);
    return std::move(out.figure);
  }
  std::vector<double> xs;
  std::vector<double> ys;
  for (const auto& [x, y] : points) {
    xs.push_back(x);
    ys.push_back(y);
  }
  const Axis across{Axis::Scale::linear, xs, out.left, out.right};
  const Axis up{Axis::Scale::logarithmic, ys, out.bottom, out.top};
  left_axis(out, up, std::move(y_title));
  bottom_axis(out, across, std::move(x_title));
  for (std::size_t i = 1; i < points.size(); ++i) {
    out.line(across.at(xs[i - 1]), up.at(ys[i - 1]), across.at(xs[i]), up.at(ys[i]), Ink::first);
  }
  out.symbol(across.at(xs.back()), up.at(ys.back()), Symbol::circle, Ink::first);
  return std::move(out.figure);
}

}  // namespace reports::figure
