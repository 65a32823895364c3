#include "reports/words/display_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace reports {
namespace {

struct Glyph {
  std::string_view bytes;
  char32_t code{};
  bool valid{true};
};

struct Range {
  char32_t first;
  char32_t last;
};

// EastAsianWidth.txt (Unicode 15), classes W and F, neighbouring blocks joined.
constexpr std::array<Range, 17> wide{{{0x1100, 0x115F},
                                      {0x231A, 0x231B},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0x33FF},
                                      {0x3400, 0x4DBF},
                                      {0x4E00, 0x9FFF},
                                      {0xA000, 0xA4CF},
                                      {0xA960, 0xA97C},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},
                                      {0xFFE0, 0xFFE6},
                                      {0x17000, 0x18AFF},
                                      {0x1F300, 0x1F64F},
                                      {0x1F900, 0x1F9FF},
                                      {0x20000, 0x3FFFD}}};

// Combining marks and zero-width characters that occur in names.
constexpr std::array<Range, 7> zero{{{0x0300, 0x036F},
                                     {0x0483, 0x0489},
                                     {0x0591, 0x05BD},
                                     {0x1AB0, 0x1AFF},
                                     {0x200B, 0x200F},
                                     {0x20D0, 0x20FF},
                                     {0xFE00, 0xFE0F}}};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t code) {
  return std::ranges::any_of(
      ranges, [code](const Range& range) { return range.first <= code && code <= range.last; });
}

// Zero-width spaces, direction marks, line separators, embeddings and isolates: what makes two
// texts that look alike differ. U+200C and U+200D join letters and emoji, and stay.
constexpr std::array<Range, 7> hidden{{{0x00AD, 0x00AD},
                                       {0x061C, 0x061C},
                                       {0x200B, 0x200B},
                                       {0x200E, 0x200F},
                                       {0x2028, 0x202E},
                                       {0x2060, 0x206F},
                                       {0xFEFF, 0xFEFF}}};

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || is_in(hidden, code);
}

std::size_t width_of(const Glyph& glyph) {
  if (!glyph.valid) return 1;
  if (is_in(zero, glyph.code)) return 0;
  return is_in(wide, glyph.code) ? 2 : 1;
}

std::size_t length_by_first_byte(unsigned char byte) {
  if (byte < 0x80) return 1;
  if (byte >= 0xC2 && byte < 0xE0) return 2;
  if (byte >= 0xE0 && byte < 0xF0) return 3;
  if (byte >= 0xF0 && byte < 0xF5) return 4;
  return 0;
}

Glyph glyph_at(std::string_view text, std::size_t at) {
  constexpr std::array<unsigned, 5> first_mask{0, 0x7F, 0x1F, 0x0F, 0x07};
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const Glyph invalid{.bytes = text.substr(at, 1), .code = U'?', .valid = false};
  const std::size_t length = length_by_first_byte(byte(0));
  if (length == 0 || at + length > text.size()) return invalid;
  char32_t code = byte(0) & first_mask.at(length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return invalid;
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < smallest.at(length) || code > 0x10FFFF || surrogate) return invalid;
  return {.bytes = text.substr(at, length), .code = code, .valid = true};
}

template <class Visit>
void for_each_glyph(std::string_view text, const Visit& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = glyph_at(text, at);
    visit(glyph);
    at += glyph.bytes.size();
  }
}

/// The next piece that must stay on one line: a run of narrow characters or one wide one, together
/// with the space before it.
struct Word {
  bool space_before{};
  std::string text;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  bool space = false;
  bool open = false;
  for_each_glyph(text, [&](const Glyph& glyph) {
    if (glyph.code == U' ' || glyph.code == U'\n' || glyph.code == U'\t') {
      space = true;
      open = false;
      return;
    }
    const bool alone = width_of(glyph) == 2;
    if (!open || alone) words.push_back({.space_before = space, .text = {}});
    words.back().text += glyph.bytes;
    space = false;
    open = !alone;
  });
  return words;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_glyph(text, [&](const Glyph& glyph) { width += width_of(glyph); });
  return width;
}

std::string printable(std::string_view text) {
  std::string result;
  for_each_glyph(text, [&](const Glyph& glyph) {
    if (glyph.valid && !is_control(glyph.code)) {
      result += glyph.bytes;
    } else {
      result += '?';
    }
  });
  return result;
}

std::string cut(std::string_view text, std::size_t width) {
  std::string clean = printable(text);
  if (display_width(clean) <= width) return clean;
  std::string result;
  std::size_t used = 0;
  bool full = false;
  for_each_glyph(clean, [&](const Glyph& glyph) {
    full = full || used + width_of(glyph) > width - 1;
    if (full) return;
    result += glyph.bytes;
    used += width_of(glyph);
  });
  return result + "…";
}

std::string pad_right(std::string_view text, std::size_t width) {
  std::string result = cut(text, width);
  return result + std::string(width - display_width(result), ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::string result = cut(text, width);
  return std::string(width - display_width(result), ' ') + result;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::size_t used = 0;
  const auto append = [&](std::string_view piece) {
    for_each_glyph(piece, [&](const Glyph& glyph) {
      if (used + width_of(glyph) > width) {
        lines.emplace_back();
        used = 0;
      }
      lines.back() += glyph.bytes;
      used += width_of(glyph);
    });
  };
  for (const Word& word : words_of(text)) {
    const std::string piece = printable(word.text);
    const std::size_t space = word.space_before && used > 0 ? 1 : 0;
    if (lines.empty() || (used > 0 && used + space + display_width(piece) > width)) {
      lines.emplace_back();
      used = 0;
    } else if (space > 0) {
      lines.back() += ' ';
      ++used;
    }
    append(piece);
  }
  return lines;
}

}  // namespace reports
