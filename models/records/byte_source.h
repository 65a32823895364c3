#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace models::records {

/// What a compressed file may expand to: 64 MiB and 200 times its size. Statistics compress some
/// 10 to 30 times; what expands more is made to fill a memory.
inline constexpr std::uint64_t free_bytes = std::uint64_t{64} << 20U;
inline constexpr std::uint64_t most_expansion = 200;

/// A file of a record, or one file within a zip.
struct SourceName {
  std::string path{};
  int member{-1};      ///< place within the zip; -1: the file itself
  std::string name{};  ///< of the member
  /// As it is shown: "data.zip/2024-01-01.csv".
  std::string shown() const { return member < 0 ? path : path + "/" + name; }
};

/// The bytes of a file of any size: plain, or gzip, xz, zstd, bzip2 or a file within a zip, told by
/// its first bytes whatever its name. Memory does not grow with the file.
class ByteSource {
 public:
  /// Opens it; fault() says why it cannot be read.
  static std::unique_ptr<ByteSource> open(const SourceName& name);
  virtual ~ByteSource() = default;
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// Bytes put there; 0 at the end, or at a fault.
  std::size_t read(char* into, std::size_t most);
  /// Why it ended before its end; empty if it did not.
  const std::string& fault() const { return fault_; }

 protected:
  virtual std::size_t read_some(char* into, std::size_t most) = 0;
  std::string fault_;
  std::uint64_t bytes_left_{UINT64_MAX};
};

/// The files of a record that `path` holds by name, `path` itself if it is no zip. Faults: a zip
/// that cannot be read, or holds none.
struct Sources {
  std::vector<SourceName> names;
  std::string fault;
};
Sources sources_in(const std::string& path);

/// Whether a file of this name is taken from a folder or a zip; hidden ones are not.
bool is_record_name(const std::string& file_name);

}  // namespace models::records
