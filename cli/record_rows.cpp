#include "cli/record_rows.h"

#include <fmt/format.h>

#include "cli/console.h"

namespace cli {

namespace {

void complain_of(const models::scenario::Diagnostics& faults, const std::string& file,
                 std::uint64_t faulty, std::uint64_t rows) {
  if (faults.empty()) return;
  complain(faults);
  complain(fmt::format("{}: {} of {} rows have a fault and are left out; --strict stops at them",
                       file, faulty, rows));
}

}  // namespace

void complain_of_rows(const models::records::Trace& trace) {
  complain_of(trace.faults, trace.file, trace.rows_faulty, trace.rows);
}

void complain_of_rows(const models::records::Inventory& list) {
  complain_of(list.faults, list.file, list.rows_faulty, list.rows);
}

}  // namespace cli
