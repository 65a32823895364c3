#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/scenario/diagnostic.h"

namespace models::scenario {

/// Largest input file, 64 MiB.
inline constexpr std::size_t max_file_bytes = std::size_t{64} << 20U;

/// The bytes of a regular file. Refused without waiting: missing, a directory, a pipe or a device,
/// no permission, larger than max_file_bytes.
Checked<std::string> read_bytes(const std::filesystem::path& file);

/// SHA-256 (FIPS 180-4) in hex.
std::string sha256_of(std::string_view bytes);

/// The same of a file of any size, or of what of it can be read; empty if it cannot be opened.
std::string sha256_of_file(const std::filesystem::path& file);

/// A file that a run has read.
struct FileRead {
  std::string what;    ///< "scenario", "price file", "record of failures"
  std::string file;    ///< as it was opened
  std::string sha256;  ///< of its bytes, hex; empty: not computed yet
};
using FilesRead = std::vector<FileRead>;

}  // namespace models::scenario
