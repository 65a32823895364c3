#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/records/trace.h"
#include "models/scenario/diagnostic.h"
#include "models/topology/topology.h"

namespace models::replay {

/// A recorded failure on the hardware of a scenario.
struct PlacedFailure {
  Seconds at{};  ///< since the day of the first failure
  std::uint32_t disk{};
};

/// The failures of a record on a topology.
struct PlaceMap {
  std::vector<PlacedFailure> failures;  ///< by time
  std::vector<std::string> rules;       ///< how places were found, in words
  records::Day first_day{};             ///< day on which time 0 lies
  bool drawn{};                         ///< the disk of any unit was
};

/// Puts each unit of a record on a disk of its own. Racks, machines in a rack and slots in a
/// machine that are whole numbers from 1 to the scenario's count are taken by number, others in
/// their order
/// ("8" before "10"). What the record does not say is drawn with `seed`: a disk of the machine, the
/// rack or the fleet that no other unit has. Faults: a place that the scenario does not have, two
/// units in one place, a record without times.
scenario::Checked<PlaceMap> place_failures(const records::Trace& trace,
                                           const topology::Topology& topology, std::uint64_t seed);

/// Names as people count: runs of digits by their value.
bool comes_before(const std::string& a, const std::string& b);

}  // namespace models::replay
