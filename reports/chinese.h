#pragma once

#include <string>

#include "reports/report_table.h"

namespace reports {

/// A word or sentence that the program says by itself (names of figures, causes, methods, verdicts,
/// what is left out), with its Chinese; what the table does not know, such as names from a
/// scenario, stays as it is. "Durability (nines of objects)" is looked up in parts.
Words in_both(std::string english);

}  // namespace reports
