#pragma once

#include <cstddef>
#include <string>

#include "models/fleet/results.h"

namespace reports {

enum class Colour { never, ansi };

struct TextOptions {
  Colour colour{Colour::never};
  std::size_t width{80};  ///< columns; the layout is made for 80 and is never wider
};

/// The comparison for people: how safe the data are, how fast it heals and what it costs, how each
/// figure was made, the paired differences, limits, verdicts, what is not modelled, and how to get
/// the same again. UTF-8, lines end in '\n'.
std::string result_text(const models::fleet::Results& results, const TextOptions& options = {});

}  // namespace reports
