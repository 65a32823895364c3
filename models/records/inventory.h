#pragma once

#include <map>
#include <optional>
#include <string>

#include "models/records/civil_time.h"
#include "models/records/trace.h"
#include "models/scenario/diagnostic.h"

namespace models::records {

/// A list of all units: each fails once at most, and who takes its place is another one.
struct Inventory {
  struct Unit {
    std::optional<Seconds> installed;  ///< empty: not known
    std::optional<Seconds> removed;
    std::string model;
    Place place;
    std::uint64_t line{};
  };
  std::string file;
  std::map<std::string, Unit, std::less<>> units;
};

/// CSV with a column unit and, as far as known, installed, removed, model, rack, machine, slot.
scenario::Checked<Inventory> read_inventory(const std::string& path);

}  // namespace models::records
