#pragma once

#include "models/records/trace.h"

namespace cli {

/// Tells on stderr how many rows of a record were left out for their faults, and which faults: the
/// first twenty.
void complain_of_rows(const models::records::Trace& trace);

}  // namespace cli
