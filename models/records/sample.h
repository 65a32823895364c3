#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/records/age_table.h"
#include "models/records/happening.h"
#include "models/records/inventory.h"
#include "models/records/trace.h"
#include "models/scenario/diagnostic.h"

namespace models::records {

/// What a log of failures does not say by itself.
struct Watched {
  std::optional<std::uint64_t> population{};  ///< places, each with a unit at all times
  std::optional<Day> from{};                  ///< first and last day on which failures were written
  std::optional<Day> until{};                 ///< down; by default those of the first and last one
  std::optional<Day> installed{};             ///< of the units that were there at the beginning
  std::optional<Inventory> inventory{};
  std::string model{};  ///< only units of this model; empty: all
  bool strict{};        ///< a failure of a unit that the list has not stops it all
};

struct Count {
  double unit_years{};
  double failures{};
};

/// A record as statistics see it.
struct Sample {
  std::vector<Life> lives;       ///< of units whose age is known
  Count without_age;             ///< the others
  Count all;                     ///< both
  std::map<int, Count> by_year;  ///< calendar year, UTC
  std::map<std::string, Count> by_model;
  std::vector<Happening> happenings;  ///< by time; empty where no times are known
  Seconds resolution{1};              ///< of their times
  Names racks, machines;
  std::vector<double> rack_units;  ///< by rack; empty where not known
  double units{};                  ///< places of the happenings' units; 0: units have no place
  std::optional<Seconds> from, until;
  std::vector<std::string> assumptions;  ///< what was taken for granted, in words
  std::uint64_t rows_faulty{};   ///< failures that the list of units does not bear; left out
  scenario::Diagnostics faults;  ///< of those: the first twenty, and how many more
};

/// The sample of a record, or why there is none: units that the list does not have, more units than
/// the population, nothing left of the record, an option that this layout has no use for.
scenario::Checked<Sample> make_sample(const Trace& trace, const Watched& watched);

}  // namespace models::records
