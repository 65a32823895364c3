#pragma once

#include <cstdint>
#include <string>

#include "models/scenario/diagnostic.h"

namespace models::records {

/// The faults of the files of one record, each with its line: the first `most`, and how many more.
class TraceFaults {
 public:
  static constexpr std::size_t most = 20;

  void add(const std::string& file, std::uint64_t line, std::string message);
  bool any() const { return count_ > 0; }
  std::uint64_t count() const { return count_; }
  scenario::Diagnostics take() &&;

 private:
  scenario::Diagnostics shown_;
  std::uint64_t count_{};
};

}  // namespace models::records
