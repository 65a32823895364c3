#pragma once

#include <string>
#include <vector>

#include "models/scenario/diagnostic.h"
#include "reports/part.h"

namespace cli {

struct PartFile {
  std::string file;
  reports::Part part;
};

/// The parts of these documents in the order of their replicates, without a gap; or every fault of
/// every file: unreadable, no part, of another run than most, overlapping, with a gap before it.
models::scenario::Checked<std::vector<PartFile>> read_parts(const std::vector<std::string>& files);

}  // namespace cli
