#include "models/records/inventory.h"

#include <fmt/format.h>

#include <utility>

#include "models/records/date_reader.h"
#include "models/records/trace_file.h"

namespace models::records {
namespace {

/// An empty field is a date that is not known.
bool read_date(TraceFile& file, DateReader& reader, std::string_view name, std::string_view text,
               std::optional<Seconds>& date) {
  if (text.empty()) return true;
  date = reader.read(text);
  if (!date) file.fault(fmt::format("{}: {}", name, reader.why()));
  return date.has_value();
}

/// Whether months or days come first, by all dates of the list.
DateForm date_form_of(const SourceName& source, TraceFaults& faults) {
  const Reading reading;
  TraceFaults ignored;  // told when the file is read
  TraceFile file(source, reading, ignored);
  DateOrder order;
  if (!file.read_header()) return DateForm::automatic;
  const auto installed = file.column("installed");
  const auto removed = file.column("removed");
  while (file.next()) {
    order.look(file.field(installed));
    order.look(file.field(removed));
  }
  if (!order.any()) return DateForm::automatic;
  if (const auto form = order.form()) return *form;
  faults.fatal(source.path, 0, order.why());
  return DateForm::automatic;
}

void read_units(TraceFile& file, DateForm dates, Inventory& inventory) {
  DateReader reader{dates};
  const Columns unit = file.columns(Role::unit);
  if (unit.empty()) {
    file.fault("names no column 'unit'; a list of units is unit,installed,removed,...");
    return;
  }
  const auto installed = file.column("installed");
  const auto removed = file.column("removed");
  const Columns model = file.columns(Role::model);
  const Columns rack = file.columns(Role::rack);
  const Columns machine = file.columns(Role::machine);
  const Columns slot = file.columns(Role::slot);
  for (const std::string& name : file.unused_columns()) {
    file.fault(
        fmt::format("column {} is not known; a list of units has unit, installed, removed, "
                    "model, rack, machine, slot",
                    in_quotes(name)));
  }
  while (file.next()) {
    const std::string name{file.field(unit)};
    Inventory::Unit entry;
    entry.line = file.line();
    entry.model = file.field(model);
    entry.place.rack = file.field(rack);
    entry.place.machine = file.field(machine);
    entry.place.slot = file.field(slot);
    const bool good =
        read_date(file, reader, "installed", file.field(installed), entry.installed) &&
        read_date(file, reader, "removed", file.field(removed), entry.removed);
    if (name.empty()) file.fault("names no unit");
    const std::string why = against_name(name);
    if (!why.empty()) file.fault(fmt::format("{} {}", in_quotes(name), why));
    if (entry.installed && entry.removed && !(*entry.installed < *entry.removed)) {
      file.fault("is removed before it is installed");
      continue;
    }
    if (name.empty() || !why.empty() || !good) continue;
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
  const Sources sources = sources_in(path);
  if (!sources.fault.empty()) faults.fatal(path, 0, sources.fault);
  if (sources.names.size() > 1) faults.fatal(path, 0, "holds more than one file");
  if (faults.any()) return std::move(faults).take();
  const Reading reading;
  const DateForm dates = date_form_of(sources.names.front(), faults);
  TraceFile file(sources.names.front(), reading, faults);
  if (file.read_header()) read_units(file, dates, inventory);
  if (!faults.any() && inventory.units.empty()) faults.add(path, 0, "lists no unit");
  if (faults.any()) return std::move(faults).take();
  return inventory;
}

}  // namespace models::records
