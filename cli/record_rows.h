#pragma once

#include "models/records/inventory.h"
#include "models/records/trace.h"

namespace cli {

/// Tells on stderr how many rows of a record, or of a list of units, were left out for their
/// faults, and which faults: the first twenty.
void complain_of_rows(const models::records::Trace& trace);
void complain_of_rows(const models::records::Inventory& list);

}  // namespace cli
