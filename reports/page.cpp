#include "reports/page.h"

#include <algorithm>

#include "reports/words/display_width.h"

namespace reports {
namespace {

std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::strong:
      return "\033[1m";
    case Tone::faint:
      return "\033[2m";
    case Tone::good:
      return "\033[32m";
    case Tone::bad:
      return "\033[1;31m";
    case Tone::doubtful:
      return "\033[33m";
    case Tone::plain:
      break;
  }
  return {};
}

}  // namespace

std::string Page::paint(std::string_view text, Tone tone) const {
  if (options_.colour == Colour::never || tone == Tone::plain || text.empty()) {
    return std::string{text};
  }
  return std::string{escape_of(tone)} + std::string{text} + "\033[0m";
}

void Page::line(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  text_ += text + "\n";
}

void Page::row(const std::vector<Cell>& cells) {
  std::string result;
  for (const Cell& cell : cells) {
    const std::string text = cut(cell.text, cell.width);
    if (!result.empty()) result += ' ';
    result += paint(text, cell.tone) + std::string(cell.width - display_width(text), ' ');
  }
  line(result);
}

void Page::rule() {
  std::string text;
  for (std::size_t i = 0; i < options_.width; ++i) text += "─";
  line(paint(text, Tone::faint));
}

void Page::heading(std::string_view title) {
  blank();
  line(paint(cut(title, options_.width), Tone::strong));
  rule();
}

void Page::item(std::string_view mark, std::string_view text, Tone tone, Tone text_tone) {
  const std::string start = cut(mark, options_.width / 2);
  const std::size_t indent = display_width(start);
  bool first = true;
  for (const std::string& piece : wrap(text, options_.width - indent)) {
    line((first ? paint(start, tone) : std::string(indent, ' ')) + paint(piece, text_tone));
    first = false;
  }
  if (first) line(paint(start, tone));
}

}  // namespace reports
