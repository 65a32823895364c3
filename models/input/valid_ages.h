#pragma once

#include "models/input/document.h"
#include "models/input/object_reader.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// Ages that the record behind a law of life has seen: "valid" of /failures/disk.
struct ValidAges {
  Seconds from{};
  Seconds until{};
};
ValidAges read_valid_ages(const Node& node, Faults& faults);

/// Warnings (severity) where the scenario, or a strategy of it, asks a law of disks beyond the ages
/// that its record has seen: disks grow older than them within the mission, or are younger, as new
/// ones are. @pre the document is that of the scenario, without faults
Diagnostics beyond_valid_ages(const Document& document, const Scenario& scenario);

}  // namespace models::scenario
