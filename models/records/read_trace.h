#pragma once

#include <string>

#include "models/input/file_bytes.h"
#include "models/records/reading.h"
#include "models/records/trace.h"
#include "models/scenario/diagnostic.h"

namespace models::records {

/// Reads a record: a file of any of the layouts, plain or compressed, a zip or a folder of files of
/// one layout. The record, with the faults of rows that were left out; or why there is none: a
/// fault of a file, faults in most of its rows, one in any row where `reading` is strict.
/// docs/records.md describes the layouts.
scenario::Checked<Trace> read_trace(const std::string& path, const Reading& reading = {});

/// The files of a record, without their digests: they may be large.
scenario::FilesRead files_of(const Trace& trace);

}  // namespace models::records
