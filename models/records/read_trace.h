#pragma once

#include <string>

#include "models/records/trace.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/file_bytes.h"

namespace models::records {

/// Reads a record: a file of any of the layouts, plain or gzip, or a folder of drive days. The
/// record, or its faults with their lines (trace_faults.h). docs/records.md describes the layouts.
scenario::Checked<Trace> read_trace(const std::string& path);

/// The files of a record, without their digests: they may be large.
scenario::FilesRead files_of(const Trace& trace);

}  // namespace models::records
