#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "reports/figure/figure.h"
#include "sim/contract.h"

namespace reports {
namespace {

// Okabe and Ito, Color Universal Design (2008): told apart by people who see few colours. Dashes
// tell the lines apart where there is no colour at all.
constexpr std::array<std::string_view, 7> colours{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                  "#E69F00", "#56B4E9", "#000000"};
constexpr std::array<std::string_view, 4> dashes{"none", "7,3", "2,3", "9,3,2,3"};

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string label(double x, double y, std::string_view anchor, std::string_view text,
                  std::string_view more = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y,
                     anchor, more, escaped(text));
}

std::string line(double x1, double y1, double x2, double y2, std::string_view style) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>\n", x1, y1,
                     x2, y2, style);
}

struct Range {
  double low{std::numeric_limits<double>::infinity()};
  double high{-std::numeric_limits<double>::infinity()};
  void take(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

class Drawing {
 public:
  Drawing(const Figure& figure, int width, int height)
      : figure_(figure), width_(width), height_(height) {
    Range x;
    Range y;
    for (const FigureSeries& series : figure.series) {
      for (const FigurePoint& point : series.points) {
        x.take(point.x);
        y.take(point.low);
        y.take(point.high);
      }
    }
    EXPECTS(x.low <= x.high);
    if (figure.y.log_base <= 0) y.take(0);  // lengths mean something only from 0
    x_ = make_scale(x.low, x.high, figure.x.log_base, 12);
    y_ = make_scale(y.low, y.high, figure.y.log_base, 8);
  }

  std::string svg() const {
    std::string text = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
        "{1}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{0}\" height=\"{1}\" "
        "fill=\"white\"/>\n",
        width_, height_);
    text += label(left, 20, "start", figure_.title, " font-size=\"15\"");
    text += axes();
    for (std::size_t i = 0; i < figure_.series.size(); ++i) text += series(i);
    return text + "</svg>\n";
  }

 private:
  static constexpr double left = 64;
  static constexpr double right = 190;  ///< room for the legend
  static constexpr double top = 36;
  static constexpr double bottom = 52;

  double across(double at) const { return left + at * (width_ - left - right); }
  double up(double at) const { return height_ - bottom - at * (height_ - top - bottom); }

  std::string axes() const {
    std::string text;
    for (const FigureTick& tick : y_.ticks) {
      text += line(across(0), up(tick.at), across(1), up(tick.at), "stroke=\"#ddd\"");
      text += label(left - 6, up(tick.at) + 4, "end", figure_.y.text(tick.value));
    }
    for (const FigureTick& tick : x_.ticks) {
      text += line(across(tick.at), up(0), across(tick.at), up(0) + 5, "stroke=\"#333\"");
      text += label(across(tick.at), up(0) + 19, "middle", figure_.x.text(tick.value));
    }
    text += line(across(0), up(0), across(1), up(0), "stroke=\"#333\"");
    text += line(across(0), up(0), across(0), up(1), "stroke=\"#333\"");
    text += label(across(0.5), height_ - 12, "middle", figure_.x.label);
    text += label(16, up(0.5), "middle", figure_.y.label,
                  fmt::format(" transform=\"rotate(-90 16 {:.1f})\"", up(0.5)));
    return text;
  }

  std::string series(std::size_t i) const {
    const FigureSeries& series = figure_.series[i];
    const std::string style = fmt::format("stroke=\"{}\" stroke-width=\"1.8\" fill=\"none\"",
                                          colours[i % colours.size()]);
    const std::string dashed =
        fmt::format("{} stroke-dasharray=\"{}\"", style, dashes[i % dashes.size()]);
    std::string path;
    std::string text;
    for (const FigurePoint& point : series.points) {
      const double x = across(x_.at(point.x));
      path += fmt::format("{}{:.1f},{:.1f} ", path.empty() ? "M" : "L", x, up(y_.at(point.y)));
      if (point.low < point.high) {
        text += line(x, up(y_.at(point.low)), x, up(y_.at(point.high)), style);
      }
      text += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\" fill=\"{}\"/>\n", x,
                          up(y_.at(point.y)), colours[i % colours.size()]);
    }
    text += fmt::format("<path d=\"{}\" {}/>\n", path, dashed);
    const double y = top + 10 + 18 * static_cast<double>(i);
    text += line(width_ - right + 12, y, width_ - right + 40, y, dashed);
    return text + label(width_ - right + 46, y + 4, "start", series.name);
  }

  const Figure& figure_;
  double width_;
  double height_;
  FigureScale x_;
  FigureScale y_;
};

}  // namespace

std::string figure_svg(const Figure& figure, int width, int height) {
  return Drawing(figure, width, height).svg();
}

}  // namespace reports
