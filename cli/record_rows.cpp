#include "cli/record_rows.h"

#include <fmt/format.h>

#include "cli/console.h"

namespace cli {

void complain_of_rows(const models::records::Trace& trace) {
  if (trace.faults.empty()) return;
  complain(trace.faults);
  complain(fmt::format("{}: {} of {} rows have a fault and are left out; --strict stops at them",
                       trace.file, trace.rows_faulty, trace.rows));
}

}  // namespace cli
