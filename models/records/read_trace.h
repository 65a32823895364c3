#pragma once

#include <string>

#include "models/records/trace.h"
#include "models/scenario/diagnostic.h"

namespace models::records {

/// Reads a record: a file of any of the layouts, plain or gzip, or a folder of drive days. The
/// record, or its faults with their lines (trace_faults.h). docs/records.md describes the layouts.
scenario::Checked<Trace> read_trace(const std::string& path);

}  // namespace models::records
