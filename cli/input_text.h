#pragma once

#include <string>
#include <string_view>

#include "models/input/file_bytes.h"
#include "models/scenario/diagnostic.h"

namespace cli {

/// What messages and documents call an input that was read from there.
inline constexpr std::string_view standard_input{"standard input"};

/// A scenario or plan as it was read.
struct InputText {
  std::string name;  ///< the file, or `standard_input`
  std::string bytes;

  /// For the ledger. @param what  "scenario" or "plan"
  models::scenario::FileRead read_as(std::string what) const;
};

/// "-" stands for standard input; a file of that name is "./-".
std::string name_of_input(const std::string& input);

/// A file or, for "-", standard input up to its end, which is waited for. Refused: larger than
/// models::scenario::max_file_bytes, nothing on standard input, and what read_bytes refuses.
models::scenario::Checked<InputText> read_input(const std::string& input);

}  // namespace cli
