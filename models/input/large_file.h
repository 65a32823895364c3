#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "models/scenario/diagnostic.h"

namespace models::scenario {

/// read_bytes() of file_bytes.h for a file that the program wrote: of at most `most` bytes.
Checked<std::string> read_bytes(const std::filesystem::path& file, std::size_t most);

/// Largest partial result or checkpoint, 4 GiB.
inline constexpr std::size_t max_sums_bytes = std::size_t{4} << 30U;

}  // namespace models::scenario
