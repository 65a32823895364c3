#pragma once

#include <string_view>

namespace models::scenario {

/// Without the spaces at its ends.
constexpr std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace models::scenario
