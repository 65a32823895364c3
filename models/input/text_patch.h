#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// Changes to the text of a scenario that leave all the rest of it as it stands: comments, order
/// and layout survive.
namespace models::scenario {

/// Where a value stands in a text, in bytes.
struct Place {
  std::size_t key{};    ///< begin of its key; of the value itself in a list
  std::size_t begin{};  ///< of the value
  std::size_t end{};    ///< one past its last byte
  std::optional<std::size_t> comma_before;
};

/// Places by JSON pointer; the root is "". Empty if the text is no JSON (comments are accepted).
using Places = std::map<std::string, Place, std::less<>>;
Places places_of(std::string_view text);

/// The text with the value of `pointer` replaced by `literal`, or with the key added to its object;
/// objects on the way are made where they are missing. Unchanged if the text is no JSON or a list
/// on the way is too short.
std::string with_value(std::string_view text, std::string_view pointer, std::string_view literal);
/// The text without that key or place of a list; unchanged if there is none.
std::string without(std::string_view text, std::string_view pointer);
/// The text with `literal` as a further value of a list, right behind the one at `pointer`.
std::string with_value_after(std::string_view text, std::string_view pointer,
                             std::string_view literal);

/// A text as a JSON literal, with quotes.
std::string json_literal(std::string_view text);

}  // namespace models::scenario
