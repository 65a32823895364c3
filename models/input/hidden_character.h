#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace models::scenario {

struct HiddenCharacter {
  std::size_t at{};   ///< bytes before it
  std::string shown;  ///< "a control character", "the invisible character U+202E (...)"
};

/// The first character that nobody sees and that moves the cursor, turns the direction of what
/// follows, or makes two names that look alike differ: C0, DEL, C1, line separators, direction
/// marks, embeddings, overrides and isolates, zero-width spaces and joiners, the soft hyphen
/// (Unicode 15, chapter 23). Scripts that join letters with one of these are refused with them: a
/// name has to be what it looks like.
std::optional<HiddenCharacter> hidden_character(std::string_view text);

}  // namespace models::scenario
