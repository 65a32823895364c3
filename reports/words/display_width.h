#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reports {

/// Columns that UTF-8 text takes on a terminal: 2 for East Asian wide and full-width characters
/// (Unicode Standard Annex #11), 0 for combining marks, 1 for the rest and for each invalid byte.
std::size_t display_width(std::string_view text);

/// The text with control characters and invalid bytes replaced by '?', so that a name can neither
/// move the cursor nor break a line.
std::string printable(std::string_view text);

/// `printable`, cut to at most `width` columns; a cut text ends in an ellipsis. @pre width >= 1
std::string cut(std::string_view text, std::size_t width);

/// `cut` to `width` columns and filled with spaces to exactly that.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

/// Lines of at most `width` columns, broken at spaces and between wide characters; a longer word is
/// broken hard. Empty text gives no line. @pre width >= 2
std::vector<std::string> wrap(std::string_view text, std::size_t width);

}  // namespace reports
