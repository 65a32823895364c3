#include "models/records/inventory.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "models/records/date_reader.h"
#include "models/records/sources.h"
#include "models/records/trace_file.h"

namespace models::records {
namespace {

/// A fleet of more is none that is known.
constexpr std::size_t most_units = 4'000'000;

/// The columns of one file of the list.
struct Known {
  Columns unit, installed, removed, model, rack, machine, slot;
};

/// Opens a file of the list with its columns; a column that the record has and the list has not is
/// looked for by its synonyms.
std::optional<Known> open_list(TraceFile& file, const Reading& wanted, Reading& reading) {
  reading = reading_of_list(wanted);
  if (!file.read_header()) return std::nullopt;
  for (std::size_t role = 0; role < roles; ++role) {
    if (wanted.list_columns[role] || !reading.columns[role]) continue;
    const auto found = file.header().find(static_cast<Role>(role), reading);
    if (!found.fault.empty()) reading.columns[role].reset();
  }
  Known known{file.columns(Role::unit),  file.columns(Role::installed), file.columns(Role::removed),
              file.columns(Role::model), file.columns(Role::rack),      file.columns(Role::machine),
              file.columns(Role::slot)};
  // As in a log: without a name of its own, a unit is what stands in its slot.
  if (known.unit.empty() && !known.slot.empty()) {
    for (const Columns* part : {&known.rack, &known.machine, &known.slot}) {
      known.unit.insert(known.unit.end(), part->begin(), part->end());
    }
  }
  if (known.unit.empty()) {
    file.fatal(
        fmt::format("is no list of units: --columns list.unit=NAME must say which column names the "
                    "unit; there are {}",
                    file.header().list()));
  }
  return file.any_fatal() ? std::nullopt : std::optional{std::move(known)};
}

/// Whether months or days come first, by all dates of the list.
DateForm date_form_of(const std::vector<SourceName>& sources, const Reading& wanted,
                      TraceFaults& faults) {
  if (wanted.dates != DateForm::automatic) return wanted.dates;
  DateOrder order;
  for (const SourceName& source : sources) {
    Reading reading;
    TraceFaults ignored;  // told when the file is read
    TraceFile file(source, reading, ignored);
    const auto known = open_list(file, wanted, reading);
    if (!known) break;
    bool more = true;
    while (more && file.next()) {
      more = order.look(file.field(known->installed));
      more = order.look(file.field(known->removed)) || more;
    }
  }
  if (!order.any()) return DateForm::automatic;
  if (const auto form = order.form()) return *form;
  faults.fatal(sources.front().path, 0, order.why());
  return DateForm::automatic;
}

/// An empty field is a date that is not known.
bool read_date(TraceFile& file, DateReader& reader, std::string_view name, std::string_view text,
               std::optional<Seconds>& date) {
  if (text.empty()) return true;
  date = reader.read(text);
  if (!date) file.fault(fmt::format("{}: {}", name, reader.why()));
  return date.has_value();
}

bool are_names(TraceFile& file, const std::string& name, const Inventory::Unit& unit) {
  if (name.empty()) file.fault("names no unit");
  bool good = !name.empty();
  for (const std::string* text :
       {&name, &unit.model, &unit.place.rack, &unit.place.machine, &unit.place.slot}) {
    const std::string why = against_name(*text);
    if (!why.empty()) file.fault(fmt::format("{} {}", in_quotes(*text), why));
    good = good && why.empty();
  }
  return good;
}

void read_units(TraceFile& file, const Known& known, DateForm dates, Inventory& inventory) {
  DateReader reader{dates};
  while (file.next()) {
    if (inventory.units.size() >= most_units) {
      file.fatal(fmt::format("lists more than {} units: is it a list of units?", most_units));
      return;
    }
    const std::string name{file.field(known.unit)};
    Inventory::Unit entry;
    entry.file = static_cast<std::uint32_t>(inventory.sources.size() - 1);
    entry.line = file.line();
    entry.model = file.field(known.model);
    entry.place.rack = file.field(known.rack);
    entry.place.machine = file.field(known.machine);
    entry.place.slot = file.field(known.slot);
    const bool installed =
        read_date(file, reader, "installed", file.field(known.installed), entry.installed);
    const bool removed =
        read_date(file, reader, "removed", file.field(known.removed), entry.removed);
    if (!are_names(file, name, entry) || !installed || !removed) continue;
    if (entry.installed && entry.removed && !(*entry.installed < *entry.removed)) {
      file.fault("is removed before it is installed");
      continue;
    }
    const auto [before, added] = inventory.units.emplace(name, entry);
    if (added) continue;
    const bool elsewhere = before->second.file != entry.file;
    file.fault(fmt::format("duplicate: unit {} is on line {}{} already", in_quotes(name),
                           before->second.line,
                           elsewhere ? " of " + inventory.sources[before->second.file] : ""));
  }
}

/// What was taken for what, and what was not used.
void tell_columns(const TraceFile& file, const Known& known, std::vector<std::string>& warnings) {
  const auto tell = [&](std::string words) {
    if (std::ranges::find(warnings, words) == warnings.end()) warnings.push_back(std::move(words));
  };
  const std::array<std::pair<Role, const Columns*>, 7> all{{{Role::unit, &known.unit},
                                                            {Role::installed, &known.installed},
                                                            {Role::removed, &known.removed},
                                                            {Role::model, &known.model},
                                                            {Role::rack, &known.rack},
                                                            {Role::machine, &known.machine},
                                                            {Role::slot, &known.slot}}};
  for (const auto& [role, columns] : all) {
    std::string names;
    for (const std::size_t column : *columns) {
      names += (names.empty() ? "" : "/") + file.header().written(column);
    }
    if (names.empty() || names == to_string(role)) continue;
    tell(fmt::format("list of units: the {} is column {}", to_string(role), in_quotes(names)));
  }
  if (known.installed.empty()) {
    tell("list of units: no column says when a unit was installed, so no age is known");
  }
  for (const std::string& name : file.unused_columns()) {
    tell(fmt::format("list of units: column {} is not used", in_quotes(name)));
  }
}

void read_file(const SourceName& source, DateForm dates, const Reading& wanted,
               Inventory& inventory, TraceFaults& faults) {
  if (inventory.files.empty() || inventory.files.back() != source.path) {
    inventory.files.push_back(source.path);
  }
  inventory.sources.push_back(source.shown());
  Reading reading;
  TraceFile file(source, reading, faults);
  const auto known = open_list(file, wanted, reading);
  if (!known) return;
  tell_columns(file, *known, inventory.warnings);
  read_units(file, *known, dates, inventory);
  inventory.rows += file.rows();
  inventory.rows_left_out += file.rows_left_out();
}

}  // namespace

scenario::Checked<Inventory> read_inventory(const std::string& path, const Reading& reading) {
  Inventory inventory;
  inventory.file = path;
  TraceFaults faults;
  const std::vector<SourceName> sources = sources_of(path, faults);
  const DateForm dates =
      faults.any_fatal() ? DateForm::automatic : date_form_of(sources, reading, faults);
  if (faults.any_fatal()) return std::move(faults).take();
  for (const SourceName& source : sources) {
    read_file(source, dates, reading, inventory, faults);
    if (faults.any_fatal()) break;  // a part of a list is none
  }
  if (!faults.any_fatal() && inventory.units.empty()) {
    faults.fatal(path, 0, faults.any() ? "lists no sound unit" : "lists no unit");
  }
  inventory.rows_faulty = faults.rows();
  if (faults.any_fatal() || faults.too_many(inventory.rows, reading.strict)) {
    return std::move(faults).take();
  }
  inventory.faults = std::move(faults).take();
  return inventory;
}

scenario::FilesRead files_of(const Inventory& inventory) {
  scenario::FilesRead files;
  for (const std::string& file : inventory.files) files.push_back({"list of units", file, {}});
  return files;
}

}  // namespace models::records
