#include "models/records/inventory.h"

#include <fmt/format.h>

#include <utility>

#include "models/records/trace_file.h"

namespace models::records {
namespace {

/// An empty field is a date that is not known.
bool read_date(TraceFile& file, std::string_view name, std::string_view text,
               std::optional<Seconds>& date) {
  if (text.empty()) return true;
  date = parse_time(text);
  if (!date) file.fault(fmt::format("{}: {} is no date", name, in_quotes(text)));
  return date.has_value();
}

void read_units(TraceFile& file, Inventory& inventory) {
  const auto unit = file.column("unit");
  if (!unit) {
    file.fault("names no column 'unit'; a list of units is unit,installed,removed,...");
    return;
  }
  const auto installed = file.column("installed");
  const auto removed = file.column("removed");
  const auto model = file.column("model");
  const auto rack = file.column("rack");
  const auto machine = file.column("machine");
  const auto slot = file.column("slot");
  for (const std::string& name : file.unused_columns()) {
    file.fault(
        fmt::format("column {} is not known; a list of units has unit, installed, removed, "
                    "model, rack, machine, slot",
                    in_quotes(name)));
  }
  while (file.next()) {
    const std::string_view name = file.field(unit);
    Inventory::Unit entry;
    entry.line = file.line();
    entry.model = file.field(model);
    entry.place = {std::string(file.field(rack)), std::string(file.field(machine)),
                   std::string(file.field(slot))};
    const bool good = read_date(file, "installed", file.field(installed), entry.installed) &&
                      read_date(file, "removed", file.field(removed), entry.removed);
    if (name.empty()) file.fault("names no unit");
    if (entry.installed && entry.removed && !(*entry.installed < *entry.removed)) {
      file.fault("is removed before it is installed");
      continue;
    }
    if (name.empty() || !good) continue;
    const auto [known, added] = inventory.units.emplace(name, entry);
    if (!added) {
      file.fault(fmt::format("duplicate: unit {} is on line {} already", in_quotes(name),
                             known->second.line));
    }
  }
}

}  // namespace

scenario::Checked<Inventory> read_inventory(const std::string& path) {
  Inventory inventory{.file = path, .units = {}};
  TraceFaults faults;
  TraceFile file(path, faults);
  if (file.read_header()) read_units(file, inventory);
  if (!faults.any() && inventory.units.empty()) faults.add(path, 0, "lists no unit");
  if (faults.any()) return std::move(faults).take();
  return inventory;
}

}  // namespace models::records
