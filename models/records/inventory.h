#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/input/file_bytes.h"
#include "models/records/civil_time.h"
#include "models/records/reading.h"
#include "models/records/trace.h"
#include "models/scenario/diagnostic.h"

namespace models::records {

/// A list of all units: each fails once at most, and who takes its place is another one.
struct Inventory {
  struct Unit {
    std::optional<Seconds> installed{};  ///< empty: not known
    std::optional<Seconds> removed{};
    std::string model{};
    Place place{};
    std::uint32_t file{};  ///< of `sources`
    std::uint64_t line{};
  };
  std::string file;
  std::vector<std::string> files;    ///< that were read: itself, or those of the folder
  std::vector<std::string> sources;  ///< the same, with the files of a zip one by one
  std::map<std::string, Unit, std::less<>> units;
  std::uint64_t rows{};
  std::uint64_t rows_left_out{};  ///< by --where list.COLUMN=VALUE
  std::uint64_t rows_faulty{};    ///< left out too
  scenario::Diagnostics faults;   ///< of those: the first twenty, and how many more
  std::vector<std::string> warnings;
};

/// Reads a list of units as liberally as a record: any file or folder that read_trace() takes, with
/// a column for the unit (or its slot) and, as far as known, when it was installed and removed, its
/// model, rack, machine and slot. The list, with the faults of rows that were left out; or why
/// there is none.
scenario::Checked<Inventory> read_inventory(const std::string& path, const Reading& reading = {});

/// The files of a list, without their digests.
scenario::FilesRead files_of(const Inventory& inventory);

}  // namespace models::records
