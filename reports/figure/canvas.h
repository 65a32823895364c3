#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/figure/axis.h"
#include "reports/figure/drawing.h"

namespace reports::figure {

struct Size {
  double width{720};
  double height{360};
};

inline constexpr double margin = 14;
inline constexpr double char_width = label_size * 0.6;

/// Shapes in the making, and where the data go.
struct Canvas {
  Drawing figure;
  double left{}, right{}, top{}, bottom{};

  void line(double x, double y, double x2, double y2, Ink ink);
  void box(double x, double y, double x2, double y2, Ink ink, double shade = 1);
  void label(double x, double y, std::string text, Ink ink = Ink::text,
             Anchor anchor = Anchor::left);
  void symbol(double x, double y, Symbol symbol, Ink ink, bool hollow = false, double r = 5);
  /// What stands where there is nothing to show.
  void only(std::string text);
};

/// A figure with its title, and room for axes around the data. @param left  where the data begin
Canvas make_canvas(std::string title, Size size, double left);

/// Marks and the name of the axis below the data.
void bottom_axis(Canvas& canvas, const Axis& axis, std::string title);
void left_axis(Canvas& canvas, const Axis& axis, std::string title);

enum class Sample { symbols, boxes };
/// Symbols with their meaning, from the right of the title's line: name and number of the series.
void legend(Canvas& canvas, const std::vector<std::pair<std::string, std::size_t>>& entries,
            Sample sample);

}  // namespace reports::figure
