#pragma once

#include <string>
#include <vector>

#include "models/records/byte_source.h"
#include "models/records/trace_faults.h"

namespace models::records {

/// The files that a path means: itself; those of a folder by name (days of drives are named by
/// date), of a zip, or of the zips of a folder. What keeps them from being had is told as fatal.
std::vector<SourceName> sources_of(const std::string& path, TraceFaults& faults);

}  // namespace models::records
