#include "reports/figure/chain_figure.h"

#include <fmt/format.h>

#include <algorithm>

namespace reports::figure {
namespace {

using models::analytic::ChainStep;

constexpr double half_box = 17;

std::string rate(double per_year) {
  constexpr double thousand = 1e3;
  return per_year < thousand || per_year >= 1e6 ? fmt::format("{:.3g}", per_year)
                                                : fmt::format("{:.3g}k", per_year / thousand);
}

void state(Canvas& canvas, double x, double y, const std::string& text, Ink ink) {
  for (const double edge : {-half_box, half_box}) {
    canvas.line(x - half_box, y + edge, x + half_box, y + edge, ink);
    canvas.line(x + edge, y - half_box, x + edge, y + half_box, ink);
  }
  canvas.label(x, y + 4, text, Ink::text, Anchor::middle);
}

void arrow(Canvas& canvas, double from, double to, double y, Ink ink) {
  canvas.line(from, y, to, y, ink);
  const double back = to > from ? -6 : 6;
  canvas.line(to, y, to + back, y - 4, ink);
  canvas.line(to, y, to + back, y + 4, ink);
}

}  // namespace

Drawing chain_figure(const std::vector<ChainStep>& steps, Size size) {
  Canvas out = make_canvas("Shards missing of one group: the textbook's chain, rates per year",
                           size, 2 * margin);
  if (steps.empty()) {
    out.only("choose a strategy of an open scenario to see its rates");
    return std::move(out.figure);
  }
  constexpr std::size_t most_states = 6;  // what stands beside one another with its rates
  const std::size_t shown = std::min(steps.size(), most_states);
  const double step = (out.right - out.left - 2 * half_box) / static_cast<double>(shown);
  const double y = (out.top + out.bottom) / 2;
  const auto x_of = [&](std::size_t i) {
    return out.left + half_box + step * static_cast<double>(i);
  };
  for (std::size_t i = 0; i < shown; ++i) {
    const double x = x_of(i);
    state(out, x, y, std::to_string(steps[i].missing), Ink::text);
    const double from = x + half_box + 4;
    const double to = x + step - half_box - 4;
    const bool to_loss = i + 1 == steps.size();
    const double forth = to_loss ? steps[i].lost_per_year : steps[i].deeper_per_year;
    arrow(out, from, to, y - 7, Ink::second);
    out.label((from + to) / 2, y - 13, rate(forth), Ink::second, Anchor::middle);
    if (!to_loss && i + 1 < shown) {
      arrow(out, to, from, y + 7, Ink::first);
      out.label((from + to) / 2, y + 23, rate(steps[i + 1].healed_per_year), Ink::first,
                Anchor::middle);
    }
    if (!to_loss && steps[i].lost_per_year > 0) {
      out.label(x, y + half_box + 30, "lost: " + rate(steps[i].lost_per_year), Ink::second,
                Anchor::middle);
    }
  }
  const bool whole = shown == steps.size();
  state(out, x_of(shown), y, whole ? "lost" : "...", Ink::second);
  out.label(out.left, out.bottom + 16, "to the right: one more is lost", Ink::second);
  out.label(out.right, out.bottom + 16, "to the left: one is rebuilt", Ink::first, Anchor::right);
  return std::move(out.figure);
}

}  // namespace reports::figure
