#pragma once

#include <string>

#include "models/scenario/quantity_text.h"
#include "models/units.h"

namespace models::scenario {

/// A value of a scenario that is only known within limits. Who wants to know what that does to a
/// figure draws a value, writes it with print_quantity(unit, value) and sets `path` to it.
struct UncertainInput {
  enum class Kind {
    gamma,  ///< a rate of which `failures` were seen in `exposure`
    range,  ///< `low` to `high`
  } kind{};
  std::string path;     ///< JSON pointer, as --set takes it
  QuantityKind unit{};  ///< of the value; what follows is in its base unit
  double failures{};
  Seconds exposure{};  ///< unit-seconds
  double low{};
  double high{};
  std::string source;
};

}  // namespace models::scenario
