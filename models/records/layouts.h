#pragma once

#include "models/records/trace.h"
#include "models/records/trace_file.h"

/// One reader per layout. Each reads the rows of a file whose first line has been read.
namespace models::records {

void read_failures(TraceFile& file, DateForm dates, Trace& trace);
void read_alpine(TraceFile& file, DateForm dates, Trace& trace);
void read_drive_days(TraceFile& file, DateForm dates, Trace& trace);
void read_model_table(TraceFile& file, DateForm dates, Trace& trace);

/// Sorts by time, and leaves out, with a fault, failures that are there twice.
void finish_failures(Trace& trace, TraceFaults& faults);

}  // namespace models::records
