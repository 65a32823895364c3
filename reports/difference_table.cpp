#include "reports/difference_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/metrics.h"
#include "reports/words/display_width.h"
#include "reports/words/number_text.h"

namespace reports {
namespace {

using models::fleet::Difference;
using models::fleet::Results;

constexpr std::size_t name_width = 20;

/// Two digits of a large number, with its zeros.
std::string rough(double value) {
  const double scale = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return grouped(static_cast<std::uint64_t>(std::llround(std::round(value / scale) * scale)));
}

/// As many decimals as tell the ends of the interval apart: 0.9985 and 1.0012.
std::string plain(double value, double width) {
  const double finest = std::max(width / 10, value / 1000);
  const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(finest))), 0, 5);
  return fmt::format("{:.{}f}", value, decimals);
}

/// "0.960x [0.951, 0.970]", and a "~" where the interval holds 1.
std::string measured_text(const Difference& difference) {
  const double log = *difference.log10_ratio;
  const sim::Interval& ends = difference.ci95;
  const std::string mark = ends.contains(0) ? " ~" : "";
  // From a factor of 100,000 on the zeros of three numbers no longer fit.
  constexpr double long_from = 5;
  if (std::max(std::abs(ends.low), std::abs(ends.high)) >= long_from && std::isfinite(ends.low) &&
      std::isfinite(ends.high)) {
    return fmt::format("10^{:.2f} [10^{:.2f}, 10^{:.2f}]{}", log, ends.low, ends.high, mark);
  }
  if (std::abs(log) >= 3 || !std::isfinite(ends.low) || !std::isfinite(ends.high) ||
      ends.high - ends.low > 3) {
    return fmt::format("{} [{}, {}]{}", factor_text(log), factor_text(ends.low),
                       factor_text(ends.high), mark);
  }
  const double low = std::pow(10.0, ends.low);
  const double high = std::pow(10.0, ends.high);
  const double width = high - low;
  return fmt::format("{}x [{}, {}]{}", plain(std::pow(10.0, log), width), plain(low, width),
                     plain(high, width), mark);
}

std::string cell_text(const Difference& difference) {
  if (!difference.log10_ratio) return "not known";
  if (difference.method == sim::Method::analytic) {
    return factor_text(*difference.log10_ratio) + " textbook";
  }
  return measured_text(difference);
}

template <class Key>
std::vector<std::string> distinct(const std::vector<Difference>& all, const Key& key) {
  std::vector<std::string> keys;
  for (const Difference& difference : all) {
    if (std::ranges::find(keys, key(difference)) == keys.end()) keys.push_back(key(difference));
  }
  return keys;
}

std::string title_of(const std::string& metric) {
  const models::scenario::MetricInfo* info = models::scenario::find_metric(metric);
  return info != nullptr ? std::string{info->title} : metric;
}

/// All differences of one first strategy.
void against(Page& page, const std::string& first, const std::vector<Difference>& all) {
  const auto metrics = distinct(all, [](const Difference& d) { return d.metric; });
  const auto others = distinct(all, [](const Difference& d) { return d.b; });
  const std::size_t width = (page.width() - name_width) / metrics.size() - 1;
  const auto row = [&](const std::string& name, Tone tone, const auto& text) {
    std::vector<Page::Cell> cells{{.text = name, .width = name_width, .tone = tone}};
    for (const std::string& metric : metrics) {
      cells.push_back({.text = text(metric), .width = width, .tone = Tone::plain});
    }
    page.row(cells);
  };
  page.paragraph(first + ", as a multiple of", Tone::strong);
  row("", Tone::plain, title_of);
  for (const std::string& other : others) {
    const bool fits = display_width(other) <= name_width - 2;
    if (!fits) page.item("  ", other);
    row(fits ? "  " + other : "", Tone::plain, [&](const std::string& metric) -> std::string {
      const auto found = std::ranges::find_if(
          all, [&](const Difference& d) { return d.b == other && d.metric == metric; });
      return found == all.end() ? "-" : cell_text(*found);
    });
  }
}

void legend(Page& page, const Results& results) {
  const auto any = [&](const auto& is) { return std::ranges::any_of(results.differences, is); };
  if (any([](const Difference& d) {
        return d.log10_ratio && d.method != sim::Method::analytic && d.ci95.contains(0);
      })) {
    page.item("~         ", "the interval holds 1: no difference is shown", Tone::faint,
              Tone::faint);
  }
  if (any([](const Difference& d) { return d.log10_ratio && d.method == sim::Method::analytic; })) {
    page.item("textbook  ", "by the chains, without an interval: too few events were simulated",
              Tone::faint, Tone::faint);
  }
  if (any([](const Difference& d) { return !d.log10_ratio; })) {
    page.item("not known ", "nothing was seen on one side", Tone::faint, Tone::faint);
  }
}

}  // namespace

std::string factor_text(double log10_ratio) {
  if (std::isinf(log10_ratio)) return log10_ratio < 0 ? "0x" : "unlimited";
  const double size = std::abs(log10_ratio);
  if (size >= 7) return fmt::format("10^{:.1f}x", log10_ratio);
  if (log10_ratio >= 3) return rough(std::pow(10.0, log10_ratio)) + "x";
  if (log10_ratio <= -3) return "1/" + rough(std::pow(10.0, -log10_ratio));
  return value_text(std::pow(10.0, log10_ratio), Form::number) + "x";
}

void difference_table(Page& page, const Results& results) {
  if (results.differences.empty()) return;
  page.heading("Differences, on the same failures (95 % interval)");
  const auto& all = results.differences;
  for (const std::string& first : distinct(all, [](const Difference& d) { return d.a; })) {
    std::vector<Difference> of_first;
    std::ranges::copy_if(all, std::back_inserter(of_first),
                         [&](const Difference& d) { return d.a == first; });
    against(page, first, of_first);
  }
  legend(page, results);
}

}  // namespace reports
