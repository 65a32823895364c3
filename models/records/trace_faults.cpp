#include "models/records/trace_faults.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

namespace models::records {

void TraceFaults::add(const std::string& file, std::uint64_t line, std::string message) {
  ++count_;
  if (shown_.size() >= most) return;
  constexpr std::uint64_t largest = std::numeric_limits<int>::max();
  const int shown_line = line <= largest ? static_cast<int>(line) : 0;
  shown_.push_back(
      {.file = file, .line = shown_line, .pointer = {}, .message = std::move(message)});
}

scenario::Diagnostics TraceFaults::take() && {
  if (count_ > shown_.size()) {
    shown_.push_back({.file = {},
                      .line = 0,
                      .pointer = {},
                      .message = fmt::format("{} more faults of this record are not shown",
                                             count_ - shown_.size())});
  }
  return std::move(shown_);
}

}  // namespace models::records
