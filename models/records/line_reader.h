#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/records/byte_source.h"

namespace models::records {

/// Longest line of a record, 1 MiB: a hundred times what a day of a drive takes.
inline constexpr std::size_t max_line_bytes = std::size_t{1} << 20U;

/// The lines of a file of any size, plain or compressed (byte_source.h), one at a time: memory does
/// not grow with the file nor with a line.
class LineReader {
 public:
  /// Opens the file; fault() says why it cannot be read.
  explicit LineReader(const SourceName& file);

  enum class Got {
    line,      ///< `line` holds it, without its end
    too_long,  ///< more than max_line_bytes: passed over
    end,       ///< of the file, or of what can be read of it: see fault()
  };
  /// `line` stays good until the next call.
  Got next(std::string_view& line);
  /// Of the line last given, from 1 on.
  std::uint64_t number() const { return number_; }
  /// Why the file ended before its end; empty if it did not.
  const std::string& fault() const { return source_->fault(); }

 private:
  bool refill();
  std::string_view whole(const char* end);

  std::unique_ptr<ByteSource> source_;
  std::vector<char> block_;
  const char* at_{};
  const char* filled_{};
  std::string carried_;  ///< the beginning of a line that crosses blocks
  std::uint64_t number_{};
};

}  // namespace models::records
