#include "reports/chart_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/html_page.h"
#include "reports/words/display_width.h"

namespace reports {
namespace {

constexpr double width = 760;
constexpr double height = 300;
constexpr double left = 80;
constexpr double right = 20;
constexpr double top = 44;
constexpr double bottom = 34;

constexpr std::array<std::string_view, 4> shades{"#222", "#777", "#aaa", "#ddd"};
constexpr std::array<std::string_view, 4> dashes{"", "8 4", "2 3", "10 3 2 3"};

/// "1.2M", "350k": an axis has no room for more.
std::string short_number(double value) {
  const double size = std::abs(value);
  if (size >= 1e9) return fmt::format("{:.3g}G", value / 1e9);
  if (size >= 1e6) return fmt::format("{:.3g}M", value / 1e6);
  if (size >= 1e4) return fmt::format("{:.3g}k", value / 1e3);
  return fmt::format("{:.4g}", value);
}

/// A round step that cuts the range into four to ten.
double step_of(double range) {
  const double rough = std::max(range, 1e-9) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power) return factor * power;
  }
  return 10 * power;
}

struct Scale {
  double low{};
  double high{1};
  double from{};
  double to{};
  double operator()(double value) const {
    return from + (value - low) / (high - low) * (to - from);
  }
};

Scale scale_of(double low, double high, double from, double to) {
  if (!(high > low)) high = low + 1;
  const double step = step_of(high - low);
  return {std::floor(low / step) * step, std::ceil(high / step) * step, from, to};
}

std::string text_at(double x, double y, std::string_view anchor, const std::string& text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>", x, y, anchor,
                     html_escape(text));
}

std::string line_at(double x1, double y1, double x2, double y2, std::string_view stroke) {
  return fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>", x1, y1, x2,
      y2, stroke);
}

std::string open(const std::string& title, double tall) {
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
             "height=\"{1}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\" "
             "fill=\"#111\"><title>{2}</title>",
             width, tall, html_escape(title)) +
         fmt::format("<text x=\"4\" y=\"16\" font-weight=\"bold\">{}</text>", html_escape(title));
}

std::string y_axis(const Scale& y) {
  std::string svg;
  const double step = step_of(y.high - y.low);
  for (double value = y.low; value <= y.high + step / 2; value += step) {
    svg += line_at(left, y(value), width - right, y(value), "#ddd");
    svg += text_at(left - 6, y(value) + 4, "end", short_number(value));
  }
  return svg;
}

std::string legend(const std::vector<ChartSeries>& series, bool bars) {
  std::string svg;
  double x = left;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const std::size_t look = i % shades.size();
    svg += bars ? fmt::format(
                      "<rect x=\"{}\" y=\"24\" width=\"14\" height=\"10\" fill=\"{}\" "
                      "stroke=\"#222\"/>",
                      x, shades[look])
                : fmt::format(
                      "<line x1=\"{}\" y1=\"29\" x2=\"{}\" y2=\"29\" stroke=\"#111\" "
                      "stroke-width=\"2\" stroke-dasharray=\"{}\"/>",
                      x, x + 26, dashes[look]);
    svg += text_at(x + 30, 33, "start", series[i].name);
    x += 46 + 7.0 * static_cast<double>(display_width(series[i].name));
  }
  return svg;
}

std::string x_labels(const std::vector<std::string>& labels, const Scale& x) {
  std::string svg;
  const std::size_t every = labels.size() > 16 ? 2 : 1;
  for (std::size_t i = 0; i < labels.size(); i += every) {
    svg += text_at(x(static_cast<double>(i)), height - bottom + 18, "middle", labels[i]);
  }
  return svg;
}

}  // namespace

std::string line_chart(const std::string& title, const std::vector<std::string>& labels,
                       const std::vector<ChartSeries>& series) {
  double most = 0;
  for (const auto& one : series) {
    for (const double value : one.values) most = std::max(most, value);
  }
  const Scale y = scale_of(0, most, height - bottom, top);
  const auto count = static_cast<double>(labels.size());
  const Scale x{-0.5, count - 0.5, left, width - right};
  std::string svg = open(title, height) + y_axis(y) + legend(series, false) + x_labels(labels, x);
  for (std::size_t s = 0; s < series.size(); ++s) {
    std::string points;
    for (std::size_t i = 0; i < series[s].values.size(); ++i) {
      points += fmt::format("{:.1f},{:.1f} ", x(static_cast<double>(i)), y(series[s].values[i]));
    }
    svg += fmt::format(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#111\" stroke-width=\"2\" "
        "stroke-dasharray=\"{}\"/>",
        points, dashes[s % dashes.size()]);
  }
  return svg + "</svg>";
}

std::string bar_chart(const std::string& title, const std::vector<std::string>& labels,
                      const std::vector<ChartSeries>& series) {
  double most = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    double sum = 0;
    for (const auto& one : series) sum += one.values[i];
    most = std::max(most, sum);
  }
  const Scale y = scale_of(0, most, height - bottom, top);
  const auto count = static_cast<double>(labels.size());
  const Scale x{-0.5, count - 0.5, left, width - right};
  const double wide = 0.7 * (x(1) - x(0));
  std::string svg = open(title, height) + y_axis(y) + legend(series, true) + x_labels(labels, x);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    double below = 0;
    for (std::size_t s = 0; s < series.size(); ++s) {
      const double value = series[s].values[i];
      svg += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" "
          "stroke=\"#222\" stroke-width=\"0.5\"/>",
          x(static_cast<double>(i)) - wide / 2, y(below + value), wide, y(below) - y(below + value),
          shades[s % shades.size()]);
      below += value;
    }
  }
  return svg + "</svg>";
}

std::string point_chart(const std::string& title, const std::string& x_name,
                        const std::string& y_name, const std::vector<ChartPoint>& points) {
  if (points.empty()) return {};
  const auto [min_x, max_x] = std::ranges::minmax(points, {}, &ChartPoint::x);
  const auto [min_y, max_y] = std::ranges::minmax(points, {}, &ChartPoint::y);
  const Scale x = scale_of(min_x.x, max_x.x, left, width - right - 20);
  const Scale y = scale_of(min_y.y, max_y.y, height - bottom - 12, top);
  std::string svg = open(title, height) + y_axis(y);
  const double step = step_of(x.high - x.low);
  for (double value = x.low; value <= x.high + step / 2; value += step) {
    svg += text_at(x(value), height - bottom + 6, "middle", short_number(value));
  }
  svg += text_at(width - right, height - 6, "end", x_name) + text_at(left, 36, "start", y_name);
  for (const ChartPoint& point : points) {
    svg += fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\" stroke=\"#111\">"
        "<title>{}</title></circle>",
        x(point.x), y(point.y), point.marked ? 8 : 5, point.marked ? "#111" : "#fff",
        html_escape(point.hint));
  }
  return svg + "</svg>";
}

std::string span_chart(const std::string& title, double middle,
                       const std::vector<ChartSpan>& spans) {
  constexpr double row = 24;
  constexpr double names = 290;
  const double tall = top + row * static_cast<double>(spans.size()) + bottom;
  double low = middle;
  double high = middle;
  for (const ChartSpan& span : spans) {
    low = std::min({low, span.low, span.high});
    high = std::max({high, span.low, span.high});
  }
  const Scale x = scale_of(low, high, names, width - right - 20);
  std::string svg = open(title, tall);
  const double step = step_of(x.high - x.low);
  for (double value = x.low; value <= x.high + step / 2; value += step) {
    svg += line_at(x(value), top, x(value), tall - bottom, "#ddd");
    svg += text_at(x(value), tall - bottom + 16, "middle", short_number(value));
  }
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const double y = top + row * static_cast<double>(i);
    // The low end of the input is dark, the high end light.
    const auto bar = [&](double value, std::string_view fill) {
      const double from = std::min(x(value), x(middle));
      return fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"16\" fill=\"{}\" "
          "stroke=\"#222\"/>",
          from, y + 2, std::abs(x(value) - x(middle)), fill);
    };
    svg += bar(spans[i].low, "#777") + bar(spans[i].high, "#ddd");
    svg += text_at(names - 6, y + 14, "end", spans[i].name);
  }
  svg += line_at(x(middle), top - 4, x(middle), tall - bottom, "#111");
  return svg + "</svg>";
}

std::string row_chart(const std::string& title, const std::vector<std::string>& names,
                      const std::vector<ChartSeries>& series) {
  constexpr double row = 22;
  constexpr double for_names = 290;
  constexpr std::size_t widest_name = 44;
  const double tall = top + row * static_cast<double>(names.size()) + bottom;
  double most = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    double sum = 0;
    for (const auto& one : series) sum += one.values[i];
    most = std::max(most, sum);
  }
  const Scale x = scale_of(0, most, for_names, width - right - 20);
  std::string svg = open(title, tall);
  if (series.size() > 1) svg += legend(series, true);
  const double step = step_of(x.high - x.low);
  for (double value = x.low; value <= x.high + step / 2; value += step) {
    svg += line_at(x(value), top, x(value), tall - bottom, "#ddd");
    svg += text_at(x(value), tall - bottom + 16, "middle", short_number(value));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double y = top + row * static_cast<double>(i);
    double before = 0;
    for (std::size_t s = 0; s < series.size(); ++s) {
      const double value = series[s].values[i];
      svg += fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"14\" fill=\"{}\" "
          "stroke=\"#222\" stroke-width=\"0.5\"/>",
          x(before), y + 3, x(before + value) - x(before),
          series.size() == 1 ? shades[1] : shades[s % shades.size()]);
      before += value;
    }
    svg += text_at(for_names - 6, y + 14, "end", cut(names[i], widest_name));
  }
  return svg + "</svg>";
}

std::string waterfall_chart(const std::string& title, const std::vector<ChartStep>& steps) {
  double most = 0;
  double level = 0;
  for (const ChartStep& step : steps) {
    level = step.total ? step.value : level + step.value;
    most = std::max(most, level);
  }
  const Scale y = scale_of(0, most, height - bottom, top);
  const Scale x{-0.5, static_cast<double>(steps.size()) - 0.5, left, width - right};
  const double wide = 0.7 * (x(1) - x(0));
  std::string svg = open(title, height) + y_axis(y);
  level = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const ChartStep& step = steps[i];
    const double from = step.total ? 0 : level;
    level = step.total ? step.value : level + step.value;
    const double upper = y(std::max(from, level));
    const double middle = x(static_cast<double>(i));
    svg += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" "
        "stroke=\"#222\"/>",
        middle - wide / 2, upper, wide, std::max(0.5, y(std::min(from, level)) - upper),
        step.total ? shades[1] : shades[3]);
    svg += text_at(middle, upper - 4, "middle", short_number(step.value));
    svg += text_at(middle, height - bottom + 18, "middle", step.name);
  }
  return svg + "</svg>";
}

}  // namespace reports
