#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "models/scenario/diagnostic.h"

namespace models::scenario {

/// Largest input file, 64 MiB.
inline constexpr std::size_t max_file_bytes = std::size_t{64} << 20U;

/// The bytes of a regular file. Refused without waiting: missing, a directory, a pipe or a device,
/// no permission, larger than max_file_bytes.
Checked<std::string> read_bytes(const std::filesystem::path& file);

/// SHA-256 (FIPS 180-4) in hex.
std::string sha256_of(std::string_view bytes);

}  // namespace models::scenario
