#pragma once

#include <cstddef>
#include <string>

#include "models/fleet/results.h"

namespace reports {

/// What the textbook chains say, in a few lines of at most 79 columns, to be shown while the
/// simulation runs: a heading, then a line per strategy, at most `most` of them.
/// @param textbook results of Method::analytic; @pre most >= 1
std::string preview_text(const models::fleet::Results& textbook, std::size_t most);

}  // namespace reports
