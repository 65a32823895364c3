#pragma once

#include <string>
#include <vector>

/// A figure as shapes at their places: made once, painted by anyone. No painter decides where a
/// thing stands, so a report and a screen show the same figure.
namespace reports::figure {

/// What a shape is for; the painter knows the colour. Series are told apart by shape as well: see
/// Symbol.
enum class Ink { paper, text, faint, grid, first, second, third, fourth, fifth, sixth };

/// Ink of the n-th series, by turns.
Ink series_ink(std::size_t number);

enum class Symbol { circle, square, triangle, diamond, cross, star };
Symbol series_symbol(std::size_t number);

enum class Anchor { left, middle, right };

struct Shape {
  enum class Kind { line, box, label, symbol } kind{};
  double x{};   ///< pixels, from the left; of a label its anchor
  double y{};   ///< from the top; of a label its baseline
  double x2{};  ///< end of a line, right edge of a box; of a symbol its radius
  double y2{};
  Ink ink{Ink::text};
  std::string text{};  ///< of a label, UTF-8
  Anchor anchor{Anchor::left};
  Symbol symbol{};
  double shade{1};     ///< of a box: 0 is paper, 1 all ink
  bool hollow{false};  ///< a symbol: a figure that is not published
};

struct Drawing {
  std::string title;  ///< also what a screen reader is told
  double width{};
  double height{};
  std::vector<Shape> shapes;
};

/// Size of the labels, in pixels.
inline constexpr double label_size = 12;

/// A colour of sRGB.
struct Colour {
  int red{}, green{}, blue{};
};
enum class Theme { light, dark };
/// Okabe and Ito (2008), "Color Universal Design": told apart by the colour-blind; the first is
/// lightened on dark paper.
Colour colour_of(Ink ink, Theme theme);

/// The figure as an SVG document, with its title as `<title>`.
std::string svg_text(const Drawing& figure, Theme theme = Theme::light);

}  // namespace reports::figure
