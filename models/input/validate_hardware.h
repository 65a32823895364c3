#pragma once

#include <string>

#include "models/input/fault_list.h"
#include "models/scenario/scenario.h"
#include "sim/distribution.h"

/// The parts of validate() that judge hardware and failures, of the scenario or of a strategy; the
/// pointer says whose.
namespace models::scenario {

/// "1.5 years", "24 h".
std::string text_of_time(Seconds time);

/// An error unless the mean is finite and zero or more.
void check_duration(const std::string& pointer, const sim::Distribution& law, FaultList& faults);

/// Counts of sites, racks, machines and disks, and what they come to.
void check_counts(const std::string& pointer, const Hardware& hardware, FaultList& faults);

/// Capacities and rates are above zero, shares within (0, 1].
void check_rates(const std::string& pointer, const Hardware& hardware, FaultList& faults);

/// Power domains, switches, controllers and the clients' way in go together with the counts.
void check_parts(const std::string& pointer, const Hardware& hardware, FaultList& faults);

void check_failures(const std::string& pointer, const Failures& failures, FaultList& faults);

}  // namespace models::scenario
