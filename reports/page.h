#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/result_text.h"

namespace reports {

/// How a piece of text stands out; nothing is said by colour alone.
enum class Tone { plain, strong, faint, good, bad, doubtful };

/// Text of fixed width that grows line by line: headings, aligned cells, wrapped paragraphs.
class Page {
 public:
  explicit Page(const TextOptions& options) : options_(options) {}

  struct Cell {
    std::string text;
    std::size_t width{};
    Tone tone{Tone::plain};
  };

  /// Left-aligned cells, one space apart; each is cut to its width.
  void row(const std::vector<Cell>& cells);
  /// A title with a rule below.
  void heading(std::string_view title);
  void rule();
  std::size_t width() const { return options_.width; }
  void blank() { text_ += '\n'; }
  /// `mark` once, then the text wrapped beside it.
  void item(std::string_view mark, std::string_view text, Tone tone = Tone::plain,
            Tone text_tone = Tone::plain);
  void paragraph(std::string_view text, Tone tone = Tone::plain) { item("", text, tone, tone); }

  std::string take() { return std::move(text_); }

 private:
  std::string paint(std::string_view text, Tone tone) const;
  void line(std::string text);

  TextOptions options_;
  std::string text_;
};

}  // namespace reports
