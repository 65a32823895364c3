#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/records/civil_time.h"
#include "models/scenario/diagnostic.h"

namespace models::records {

/// What a record holds, told by its first line.
enum class Layout {
  failures,     ///< time, unit [, rack, machine, slot, model]
  alpine,       ///< timestamp, cluster, building_block, enclosure, slot, rack, rack_unit
  drive_days,   ///< date, serial_number, model, failure, ...: every drive on every day
  model_table,  ///< model, drive_days, failures
};
std::string_view to_string(Layout layout);

inline constexpr std::uint32_t no_place = std::numeric_limits<std::uint32_t>::max();

/// Names in the order in which they came, and their numbers.
class Names {
 public:
  std::uint32_t number(std::string_view name);
  std::optional<std::uint32_t> find(std::string_view name) const;
  const std::string& operator[](std::uint32_t number) const { return names_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }
  std::uint64_t bytes() const { return bytes_; }  ///< of all names together

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>{}(name);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<std::string> names_;
  std::uint64_t bytes_{};
};

/// Where a unit stands, as the record writes it; empty where it does not say.
struct Place {
  std::string rack;
  std::string machine;  ///< within its rack
  std::string slot;     ///< within its machine
  bool operator==(const Place&) const = default;
};

struct Failure {
  Seconds at{};  ///< since 1970, UTC
  std::uint32_t unit{};
  std::uint32_t file{};  ///< of Trace::sources
  std::uint64_t line{};
};

/// Recorded failures by time, and the units that they name.
struct FailureLog {
  std::vector<Failure> failures;
  Names units;
  std::vector<Place> places;        ///< by unit
  std::vector<std::string> models;  ///< by unit; empty where the record names none
  /// Finest step of its times.
  Seconds resolution{1};
  /// What is known of the system beside the failures; 0 and empty where nothing is.
  std::uint64_t population{};
  std::string population_source;
  /// Units that a rack holds; empty where it is not known.
  std::map<std::string, double, std::less<>> units_in_rack;
};

/// A count of hours beyond 20 years is not believed. Chosen: four times a warranty of five years.
inline constexpr double most_days_of_life = 20 * 365.25;

/// One drive of a record of drive days.
struct Drive {
  Day first{};  ///< day on which it was seen first
  Day last{};
  std::uint32_t days{};  ///< on which it was seen, until it failed
  std::uint32_t model{};
  float age_days{-1};  ///< on `first`, by its own count of hours; negative if not known
  std::uint32_t place{no_place};
  bool failed{};  ///< on `last`
};

/// Days of drives, added up while they are read: rows are not kept.
struct DriveDays {
  Names serials;
  std::vector<Drive> drives;  ///< by serial
  Names models;
  Names places;
  struct Count {
    double days{};
    double failures{};
  };
  std::map<std::pair<std::uint32_t, int>, Count> by_model_and_year;
  std::uint64_t rows{};
  std::uint64_t rows_after_failure{};  ///< of drives that had failed; not counted
  std::uint64_t impossible_ages{};     ///< counts of hours beyond most_days_of_life; not believed
  std::string first_impossible_age;    ///< the first of them, in words
  Day first{};
  Day last{};
};

struct ModelRow {
  std::string model;
  double drive_days{};
  double failures{};
  std::uint64_t line{};
};

/// A record as it was read.
struct Trace {
  Layout layout{};
  std::string file;
  std::vector<std::string> files;    ///< that were read: itself, or those of the folder
  std::vector<std::string> sources;  ///< the same, with the files of a zip one by one
  FailureLog log;                    ///< of the first two layouts
  DriveDays drives;                  ///< of drive_days
  std::vector<ModelRow> models;      ///< of model_table
  std::uint64_t lines{};
  std::uint64_t rows{};           ///< behind first lines
  std::uint64_t rows_left_out{};  ///< by --where
  std::uint64_t rows_faulty{};    ///< left out too
  scenario::Diagnostics faults;   ///< of those: the first twenty, and how many more
  std::vector<std::string> warnings;
};

}  // namespace models::records
