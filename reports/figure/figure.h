#pragma once

#include <functional>
#include <string>
#include <vector>

namespace reports {

/// A value with its spread.
struct FigurePoint {
  double x{};
  double y{};
  double low{};   ///< <= y
  double high{};  ///< >= y
};

struct FigureSeries {
  std::string name;
  std::vector<FigurePoint> points;  ///< by rising x
};

/// One axis: what it shows, on which scale, and how its numbers are written.
struct FigureAxis {
  std::string label;
  double log_base{0};  ///< 0: linear; 2 or 10: logarithmic, with ticks at powers of it
  std::function<std::string(double)> text;
};

/// Lines over one x and one y axis: what is shown, not how it is drawn.
struct Figure {
  std::string title;
  FigureAxis x;
  FigureAxis y;
  std::vector<FigureSeries> series;
};

struct FigureTick {
  double value{};
  double at{};  ///< 0 at the low end of the axis, 1 at the high end
};

/// Where an axis begins and ends so that all values lie on it, and its ticks: round numbers
/// (1, 2, 5 times a power of ten), or powers of the base, at most `most` of them. @pre low <= high;
/// on a logarithmic axis 0 < low
struct FigureScale {
  double low{};
  double high{};
  double log_base{};
  std::vector<FigureTick> ticks;
  /// Position of a value on the axis, 0 to 1.
  double at(double value) const;
};
FigureScale make_scale(double low, double high, double log_base, int most);

/// The figure as an SVG document of `width` x `height` pixels.
/// @pre there is a point; on logarithmic axes all values are > 0
std::string figure_svg(const Figure& figure, int width = 760, int height = 440);

}  // namespace reports
