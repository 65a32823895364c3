#include "models/input/hidden_character.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace models::scenario {
namespace {

struct Range {
  char32_t first;
  char32_t last;
  std::string_view what;
};

constexpr std::array<Range, 14> hidden{{{0x00AD, 0x00AD, "soft hyphen"},
                                        {0x034F, 0x034F, "grapheme joiner"},
                                        {0x061C, 0x061C, "direction mark"},
                                        {0x180E, 0x180E, "vowel separator"},
                                        {0x200B, 0x200B, "zero-width space"},
                                        {0x200C, 0x200D, "zero-width joiner"},
                                        {0x200E, 0x200F, "direction mark"},
                                        {0x2028, 0x2029, "line separator"},
                                        {0x202A, 0x202D, "direction of the text"},
                                        {0x202E, 0x202E, "right-to-left override"},
                                        {0x2060, 0x2064, "zero-width operator"},
                                        {0x2066, 0x2069, "direction of the text"},
                                        {0x206A, 0x206F, "format control"},
                                        {0xFEFF, 0xFEFF, "byte-order mark"}}};

/// The character at `at` if it takes two or three bytes, as all hidden ones do; else 0.
char32_t character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t ahead) -> char32_t {
    return at + ahead < text.size() ? static_cast<unsigned char>(text[at + ahead]) : 0U;
  };
  const auto follows = [&](std::size_t ahead) { return (byte(ahead) & 0xC0U) == 0x80U; };
  if ((byte(0) & 0xE0U) == 0xC0U && follows(1)) return (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU);
  if ((byte(0) & 0xF0U) != 0xE0U || !follows(1) || !follows(2)) return 0;
  return (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
}

}  // namespace

std::optional<HiddenCharacter> hidden_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char32_t code = character_at(text, i);
    if (byte < 0x20U || byte == 0x7FU || (code >= 0x80U && code < 0xA0U)) {
      return HiddenCharacter{i, "a control character"};
    }
    if (code == 0) continue;
    const auto* found = std::ranges::find_if(
        hidden, [code](const Range& range) { return range.first <= code && code <= range.last; });
    if (found == hidden.end()) continue;
    return HiddenCharacter{i, fmt::format("the invisible character U+{:04X} ({})",
                                          static_cast<unsigned>(code), found->what)};
  }
  return std::nullopt;
}

}  // namespace models::scenario
