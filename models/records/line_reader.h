#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace models::records {

/// Longest line of a record, 1 MiB: a hundred times what a day of a drive takes.
inline constexpr std::size_t max_line_bytes = std::size_t{1} << 20U;

/// The lines of a file of any size, plain or gzip (RFC 1952, told by its first bytes), one at a
/// time: memory does not grow with the file nor with a line.
class LineReader {
 public:
  /// Opens the file; fault() says why it cannot be read.
  explicit LineReader(const std::filesystem::path& file);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

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
  const std::string& fault() const { return fault_; }

 private:
  struct Stream;
  bool refill();
  std::string_view whole(const char* end);

  std::unique_ptr<Stream> stream_;
  std::vector<char> block_;
  const char* at_{};
  const char* filled_{};
  std::string carried_;  ///< the beginning of a line that crosses blocks
  std::uint64_t number_{};
  std::string fault_;
};

}  // namespace models::records
