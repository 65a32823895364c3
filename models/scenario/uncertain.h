#pragma once

#include <string>

#include "models/scenario/quantity_text.h"
#include "models/units.h"

namespace models::scenario {

/// A value of a scenario that is only known within limits. Who wants to know what that does to a
/// figure draws values and reads the scenario with them: draw_inputs.h.
struct UncertainInput {
  enum class Kind {
    gamma,  ///< a rate of which `failures` were seen in `exposure`
    range,  ///< `low` to `high`
  } kind{};
  std::string path{};   ///< JSON pointer, as --set takes it
  std::string price{};  ///< key of a price, whose book may be a file that --set does not reach
  QuantityKind unit{};  ///< of the value, unless it is a price; what follows is in its base unit
  double value{};       ///< as stated: what the figures rest on
  double failures{};
  Seconds exposure{};  ///< unit-seconds
  double low{};
  double high{};
  std::string source{};
};

}  // namespace models::scenario
