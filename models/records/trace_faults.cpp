#include "models/records/trace_faults.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

namespace models::records {

void TraceFaults::add(const std::string& file, std::uint64_t line, std::string message) {
  ++count_;
  if (line != last_line_ || file != last_file_) ++rows_;
  last_line_ = line;
  last_file_ = file;
  if (shown_.size() < most) show(file, line, std::move(message));
}

void TraceFaults::fatal(const std::string& file, std::uint64_t line, std::string message) {
  ++count_;
  fatal_ = true;
  show(file, line, std::move(message));
}

void TraceFaults::show(const std::string& file, std::uint64_t line, std::string message) {
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
