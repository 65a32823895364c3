#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace record_test {

/// A folder of the running test's own, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }
  /// Writes a file into it; its path.
  std::string write(std::string_view name, std::string_view text) const;
  /// The same, compressed.
  std::string write_gzip(std::string_view name, std::string_view text) const;
  enum class Packed { xz, zstd };
  std::string write_packed(std::string_view name, std::string_view text, Packed form) const;
  /// Several files in one, by name and text.
  std::string write_zip(std::string_view name,
                        const std::vector<std::pair<std::string, std::string>>& files) const;

 private:
  std::string path_;
};

/// The real record beside the checkout; empty where it is not there.
std::string alpine_record();

}  // namespace record_test
