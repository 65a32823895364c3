#pragma once

#include <string_view>

#include "models/input/object_reader.h"
#include "sim/distribution.h"

namespace models::scenario {

/// A time with a hazard: "5 %/year" (a constant rate) or an object of one of the kinds of the
/// table. A fixed time is refused: nothing lives for exactly so long.
sim::Distribution read_lifetime(const Node& node, Faults& faults);

/// Any distribution: "24 h" (always this time) or an object.
sim::Distribution read_duration(const Node& node, Faults& faults);

/// The default of a field whose text is a time.
sim::Distribution default_duration(const Field& field);

}  // namespace models::scenario
