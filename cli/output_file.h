#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cli {

/// A file that a result goes to, or "-" for standard output. Nothing is written before `commit`.
class OutputFile {
 public:
  explicit OutputFile(std::string path) : path_(std::move(path)) {}

  bool is_stdout() const { return path_ == "-"; }
  const std::string& path() const { return path_; }

  /// Why the result could not be written there: no such folder, no permission, a folder itself.
  /// Makes and removes a file beside it to find out, so that a run of hours does not end in this
  /// message.
  std::optional<std::string> refusal() const;

  /// Writes to a temporary name in the same folder, syncs and renames; a device or pipe is written
  /// directly, a named pipe once someone reads it: a reader may come until `reader_patience_s`
  /// after the end of the run. On failure the old file is as it was; returns what went wrong.
  std::optional<std::string> commit(std::string_view text) const;

 private:
  std::string path_;
};

/// The one file behind links and "..", which may still be missing: a link stays one, and its target
/// is replaced.
std::filesystem::path place_of(const std::string& path);

/// Seconds that the writer of a named pipe waits for a reader.
inline constexpr int reader_patience_s = 5;

/// What `error` (an errno) of a write means, with the remedy where there is one.
std::string write_fault(int error);

/// Writes all of `text` to a file descriptor; false, with errno set, if that failed.
bool write_all(int descriptor, std::string_view text);

}  // namespace cli
