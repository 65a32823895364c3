#include "reports/figure/canvas.h"

#include "reports/words/display_width.h"

namespace reports::figure {
namespace {

using Kind = Shape::Kind;

constexpr double head = 44;  // title, and room below it
constexpr double foot = 46;  // marks and the name of the axis

double width_of(const std::string& text) {
  return static_cast<double>(display_width(text)) * char_width;
}

}  // namespace

void Canvas::line(double x, double y, double x2, double y2, Ink ink) {
  figure.shapes.push_back({.kind = Kind::line, .x = x, .y = y, .x2 = x2, .y2 = y2, .ink = ink});
}

void Canvas::box(double x, double y, double x2, double y2, Ink ink, double shade) {
  figure.shapes.push_back(
      {.kind = Kind::box, .x = x, .y = y, .x2 = x2, .y2 = y2, .ink = ink, .shade = shade});
}

void Canvas::label(double x, double y, std::string text, Ink ink, Anchor anchor) {
  figure.shapes.push_back(
      {.kind = Kind::label, .x = x, .y = y, .ink = ink, .text = std::move(text), .anchor = anchor});
}

void Canvas::symbol(double x, double y, Symbol symbol, Ink ink, bool hollow, double r) {
  figure.shapes.push_back({.kind = Kind::symbol,
                           .x = x,
                           .y = y,
                           .x2 = r,
                           .ink = ink,
                           .symbol = symbol,
                           .hollow = hollow});
}

void Canvas::only(std::string text) {
  label(figure.width / 2, figure.height / 2, std::move(text), Ink::faint, Anchor::middle);
}

Canvas make_canvas(std::string title, Size size, double left) {
  Canvas canvas{.figure = {.title = std::move(title),
                           .width = size.width,
                           .height = size.height,
                           .shapes = {}},
                .left = left,
                .right = size.width - 2 * margin,
                .top = head,
                .bottom = size.height - foot};
  canvas.label(margin, 22, canvas.figure.title);
  return canvas;
}

void bottom_axis(Canvas& canvas, const Axis& axis, std::string title) {
  double free_from = 0;
  for (const auto& [x, text] : axis.marks()) {
    canvas.line(x, canvas.top, x, canvas.bottom, Ink::grid);
    const double half = width_of(text) / 2;
    if (x - half < free_from) continue;
    canvas.label(x, canvas.bottom + 16, text, Ink::faint, Anchor::middle);
    free_from = x + half + char_width;
  }
  canvas.label((canvas.left + canvas.right) / 2, canvas.bottom + 34, std::move(title), Ink::faint,
               Anchor::middle);
}

void left_axis(Canvas& canvas, const Axis& axis, std::string title) {
  for (const auto& [y, text] : axis.marks()) {
    canvas.line(canvas.left, y, canvas.right, y, Ink::grid);
    canvas.label(canvas.left - 6, y + 4, text, Ink::faint, Anchor::right);
  }
  canvas.label(margin, canvas.top - 6, std::move(title), Ink::faint);
}

void legend(Canvas& canvas, const std::vector<std::pair<std::string, std::size_t>>& entries,
            Sample sample) {
  double x = canvas.figure.width - margin;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const auto& [text, series] = *entry;
    x -= width_of(text);
    canvas.label(x, 22, text, Ink::faint);
    x -= 10;
    if (sample == Sample::boxes) {
      canvas.box(x - 5, 12, x + 5, 22, series_ink(series));
    } else {
      canvas.symbol(x, 18, series_symbol(series), series_ink(series));
    }
    x -= 18;
  }
}

}  // namespace reports::figure
