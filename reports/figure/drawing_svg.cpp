#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

#include "reports/figure/drawing.h"
#include "reports/words/display_width.h"

namespace reports::figure {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string hex(Ink ink, Theme theme) {
  const Colour colour = colour_of(ink, theme);
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

std::string_view anchor_word(Anchor anchor) {
  constexpr std::array<std::string_view, 3> words{"start", "middle", "end"};
  return words[static_cast<std::size_t>(anchor)];
}

/// The path of a symbol of radius r around the origin.
std::string path_of(Symbol symbol, double r) {
  const double h = r * 0.9;
  switch (symbol) {
    case Symbol::circle:
      return fmt::format(
          "M{0:.2f} 0A{1:.2f} {1:.2f} 0 1 1 {1:.2f} 0A{1:.2f} {1:.2f} 0 1 1 {0:.2f} 0Z", -r, r);
    case Symbol::square:
      return fmt::format("M{0:.2f} {0:.2f}H{1:.2f}V{1:.2f}H{0:.2f}Z", -h, h);
    case Symbol::triangle:
      return fmt::format("M0 {:.2f}L{:.2f} {:.2f}H{:.2f}Z", -r, r, h, -r);
    case Symbol::diamond:
      return fmt::format("M0 {0:.2f}L{1:.2f} 0L0 {1:.2f}L{0:.2f} 0Z", -r * 1.2, r * 1.2);
    case Symbol::cross:
      return fmt::format("M{0:.2f} {0:.2f}L{1:.2f} {1:.2f}M{0:.2f} {1:.2f}L{1:.2f} {0:.2f}", -h, h);
    case Symbol::star:
      return fmt::format(
          "M{0:.2f} 0H{1:.2f}M0 {0:.2f}V{1:.2f}M{2:.2f} {2:.2f}L{3:.2f} {3:.2f}M{2:.2f} "
          "{3:.2f}L{3:.2f} {2:.2f}",
          -r, r, -r * 0.7, r * 0.7);
  }
  return {};
}

std::string symbol_of(const Shape& shape, const std::string& ink, const std::string& paper) {
  const bool filled =
      !shape.hollow && shape.symbol != Symbol::cross && shape.symbol != Symbol::star;
  return fmt::format(
      "<path transform=\"translate({:.1f} {:.1f})\" d=\"{}\" fill=\"{}\" stroke=\"{}\" "
      "stroke-width=\"1.6\"/>\n",
      shape.x, shape.y, path_of(shape.symbol, shape.x2), filled ? ink : paper, ink);
}

std::string element(const Shape& shape, Theme theme) {
  const std::string ink = hex(shape.ink, theme);
  switch (shape.kind) {
    case Shape::Kind::line:
      return fmt::format(
          "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
          "stroke-width=\"{}\"/>\n",
          shape.x, shape.y, shape.x2, shape.y2, ink, shape.ink == Ink::grid ? 1 : 2);
    case Shape::Kind::box:
      return fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"{}/>\n",
          shape.x, shape.y, shape.x2 - shape.x, shape.y2 - shape.y, ink,
          shape.shade < 1 ? fmt::format(" fill-opacity=\"{:.3f}\"", shape.shade) : "");
    case Shape::Kind::label:
      return fmt::format(
          "<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\" text-anchor=\"{}\">{}</text>\n", shape.x,
          shape.y, ink, anchor_word(shape.anchor), escaped(shape.text));
    case Shape::Kind::symbol:
      return symbol_of(shape, ink, hex(Ink::paper, theme));
  }
  return {};
}

}  // namespace

std::string svg_text(const Drawing& figure, Theme theme) {
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" font-family=\"sans-serif\" "
      "font-size=\"{2:.0f}\">\n<title>{3}</title>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"{4}\"/>\n",
      figure.width, figure.height, label_size, escaped(figure.title), hex(Ink::paper, theme));
  for (const Shape& shape : figure.shapes) out += element(shape, theme);
  return out + "</svg>\n";
}

}  // namespace reports::figure
