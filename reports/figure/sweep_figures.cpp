#include "reports/figure/sweep_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/scenario/metrics.h"
#include "reports/words/display_width.h"
#include "reports/words/metric_form.h"
#include "reports/words/number_text.h"

namespace reports::figure {
namespace {

using models::fleet::Metric;
using models::fleet::StrategyResult;
using models::sweep::Point;
using models::sweep::Result;

constexpr std::size_t most_name = 26;

std::string title_of(std::string_view metric) {
  const auto* info = models::scenario::find_metric(metric);
  return info == nullptr ? std::string{metric} : std::string{info->title};
}

std::string unit_of(std::string_view metric) {
  const auto* info = models::scenario::find_metric(metric);
  return info == nullptr ? std::string{} : std::string{info->unit};
}

Axis::Scale scale_of(std::string_view metric) {
  const Form form = form_of(metric);
  const bool logarithmic =
      form == Form::probability || form == Form::year_share || form == Form::bytes;
  return logarithmic ? Axis::Scale::logarithmic : Axis::Scale::linear;
}

const Metric* metric_at(const Point& point, std::size_t strategy, std::string_view metric) {
  return strategy < point.strategies.size() ? point.strategies[strategy].find(metric) : nullptr;
}

std::optional<double> finite_value(const Metric* metric) {
  if (metric == nullptr || !metric->estimate.value) return std::nullopt;
  const double value = *metric->estimate.value;
  return std::isfinite(value) ? std::optional{value} : std::nullopt;
}

/// The end of a JSON pointer that tells inputs apart.
std::string short_name(const std::string& path) {
  const std::size_t last = path.find_last_of("/.");
  if (last == std::string::npos || last == 0) return path;
  const std::size_t before = path.find_last_of("/.", last - 1);
  return before == std::string::npos ? path : path.substr(before + 1);
}

void curve(Canvas& canvas, const Axis& up, const Result& result, std::size_t strategy,
           std::string_view metric, const std::vector<double>& places) {
  const Ink ink = series_ink(strategy);
  std::pair<double, double> before{};
  bool joined = false;
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const Metric* found = metric_at(result.points[i], strategy, metric);
    const auto value = finite_value(found);
    if (!value) {
      joined = false;
      continue;
    }
    const double y = up.at(*value);
    const auto& interval = found->estimate.ci95;
    canvas.line(places[i], up.at(interval.low), places[i], up.at(interval.high), ink);
    if (joined) canvas.line(before.first, before.second, places[i], y, ink);
    canvas.symbol(places[i], y, series_symbol(strategy), ink, !found->estimate.converged, 4);
    before = {places[i], y};
    joined = true;
  }
}

}  // namespace

Drawing sweep_curves(const Result& result, std::string_view metric, Size size) {
  constexpr double left = 86;
  Canvas out = make_canvas(title_of(metric), size, left);
  std::vector<double> values;
  for (const Point& point : result.points) {
    for (std::size_t s = 0; s < point.strategies.size(); ++s) {
      const Metric* found = metric_at(point, s, metric);
      if (const auto value = finite_value(found)) {
        values.push_back(*value);
        values.push_back(found->estimate.ci95.low);
        values.push_back(found->estimate.ci95.high);
      }
    }
  }
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.empty()) {
    out.only("no value of this metric is known");
    return std::move(out.figure);
  }
  const Axis up{scale_of(metric), values, out.bottom, out.top};
  left_axis(out, up, unit_of(metric));
  const auto& axis = result.axes.front();
  const double step = (out.right - out.left - 40) /
                      static_cast<double>(std::max<std::size_t>(1, axis.values.size() - 1));
  std::vector<double> places;
  double free_from = 0;
  for (std::size_t i = 0; i < axis.values.size(); ++i) {
    places.push_back(out.left + 20 + step * static_cast<double>(i));
    const double half = static_cast<double>(display_width(axis.values[i])) * char_width / 2;
    if (places[i] - half < free_from) continue;
    out.label(places[i], out.bottom + 16, axis.values[i], Ink::faint, Anchor::middle);
    free_from = places[i] + half + char_width;
  }
  out.label((out.left + out.right) / 2, out.bottom + 34, axis.path, Ink::faint, Anchor::middle);
  std::vector<std::pair<std::string, std::size_t>> entries;
  const std::size_t strategies =
      result.points.empty() ? 0 : result.points.front().strategies.size();
  for (std::size_t s = 0; s < strategies; ++s) {
    curve(out, up, result, s, metric, places);
    entries.emplace_back(cut(result.points.front().strategies[s].name, most_name), s);
  }
  legend(out, entries, Sample::symbols);
  return std::move(out.figure);
}

Drawing sweep_heat_map(const Result& result, std::string_view metric, std::size_t strategy,
                       Size size) {
  const auto& rows = result.axes[0].values;
  const auto& columns = result.axes[1].values;
  std::size_t widest = 0;
  for (const std::string& value : rows) widest = std::max(widest, display_width(value));
  const std::string name = result.points.empty() || strategy >= result.points[0].strategies.size()
                               ? ""
                               : ": " + result.points[0].strategies[strategy].name;
  Canvas out = make_canvas(title_of(metric) + cut(name, 2 * most_name), size,
                           2 * margin + static_cast<double>(widest) * char_width);
  double low = INFINITY;
  double high = -INFINITY;
  const bool logarithmic = scale_of(metric) == Axis::Scale::logarithmic;
  const auto graded = [logarithmic](double value) {
    return logarithmic ? std::log10(std::max(value, 1e-300)) : value;
  };
  for (const Point& point : result.points) {
    if (const auto value = finite_value(metric_at(point, strategy, metric))) {
      low = std::min(low, graded(*value));
      high = std::max(high, graded(*value));
    }
  }
  const double width = (out.right - out.left) / static_cast<double>(columns.size());
  const double height = (out.bottom - out.top) / static_cast<double>(rows.size());
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    const double x = out.left + width * static_cast<double>(i % columns.size());
    const double y = out.bottom - height * static_cast<double>(i / columns.size() + 1);
    const auto value = finite_value(metric_at(result.points[i], strategy, metric));
    if (value) {
      // Light enough for dark text on it everywhere.
      constexpr double darkest = 0.55;
      const double share = high > low ? (graded(*value) - low) / (high - low) : 0.5;
      out.box(x + 1, y + 1, x + width - 1, y + height - 1, Ink::first, darkest * share);
    }
    out.label(x + width / 2, y + height / 2 + 4, value ? value_text(*value, form_of(metric)) : "-",
              Ink::text, Anchor::middle);
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    out.label(out.left + width * (static_cast<double>(c) + 0.5), out.bottom + 16, columns[c],
              Ink::faint, Anchor::middle);
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    out.label(out.left - margin, out.bottom - height * (static_cast<double>(r) + 0.5) + 4, rows[r],
              Ink::faint, Anchor::right);
  }
  out.label((out.left + out.right) / 2, out.bottom + 34, result.axes[1].path, Ink::faint,
            Anchor::middle);
  out.label(margin, out.top - 6, result.axes[0].path, Ink::faint);
  return std::move(out.figure);
}

Drawing tornado_figure(std::string title, double stated, std::vector<TornadoBar> bars,
                       std::string_view metric, Size size) {
  std::ranges::stable_sort(bars, std::greater<>{}, [](const TornadoBar& bar) {
    return std::abs(bar.at_high - bar.at_low);
  });
  std::size_t widest = 0;
  for (TornadoBar& bar : bars) {
    bar.input = cut(short_name(bar.input), most_name);
    widest = std::max(widest, display_width(bar.input));
  }
  Canvas out =
      make_canvas(std::move(title), size, 2 * margin + static_cast<double>(widest) * char_width);
  if (bars.empty()) {
    out.only("no input moves this figure");
    return std::move(out.figure);
  }
  std::vector<double> values{stated};
  for (const TornadoBar& bar : bars) {
    values.push_back(bar.at_low);
    values.push_back(bar.at_high);
  }
  constexpr double room = 90;  // for the values of the inputs at the ends of the bars
  const Axis axis{scale_of(metric), values, out.left + room, out.right - room};
  bottom_axis(out, axis, title_of(metric) + ", " + unit_of(metric));
  const double height = (out.bottom - out.top) / static_cast<double>(bars.size());
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const TornadoBar& bar = bars[i];
    const double y = out.top + height * (static_cast<double>(i) + 0.5);
    const double half = std::min(11.0, height * 0.35);
    const double low = axis.at(bar.at_low);
    const double high = axis.at(bar.at_high);
    const double middle = axis.at(stated);
    out.box(std::min(low, middle), y - half, std::max(low, middle), y + half, Ink::first, 0.85);
    out.box(std::min(high, middle), y - half, std::max(high, middle), y + half, Ink::fifth, 0.85);
    out.label(out.left - margin, y + 4, bar.input, Ink::text, Anchor::right);
    const bool rises = high >= low;
    out.label(low + (rises ? -6 : 6), y + 4, bar.low, Ink::faint,
              rises ? Anchor::right : Anchor::left);
    out.label(high + (rises ? 6 : -6), y + 4, bar.high, Ink::faint,
              rises ? Anchor::left : Anchor::right);
  }
  out.line(axis.at(stated), out.top - 4, axis.at(stated), out.bottom, Ink::text);
  out.label(axis.at(stated), out.top - 8, value_text(stated, form_of(metric)), Ink::text,
            Anchor::middle);
  return std::move(out.figure);
}

}  // namespace reports::figure
