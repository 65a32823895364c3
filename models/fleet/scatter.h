#pragma once

#include <string>

#include "models/codes/code.h"
#include "models/scenario/scenario.h"

namespace models::fleet {

/// How far P(any loss) hangs on the number of placement groups: the fewer groups, the less likely
/// are failures at once to meet in one; the expected loss does not depend on it.
struct Scatter {
  int failures{};       ///< disks out at once that lose a group which they share: tolerance + 1
  double groups{};      ///< as the scenario says
  double stripes{};     ///< that there are; 0 where the scenario does not say
  double in_groups{};   ///< chance that so many random disks share a group
  double in_stripes{};  ///< the same if every stripe were placed by itself

  /// How many times as high P(any loss) would be, to leading order. @pre stripes > 0
  double ratio() const { return in_stripes / in_groups; }
  /// Is it a matter of the number of groups whether there is any loss?
  bool matters() const;
};

/// @pre the placement is declustered: the others restrict which disks meet, on purpose
Scatter scatter_of(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                   const codes::Code& code);

/// A sentence for people; empty where it does not matter.
std::string scatter_text(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                         const codes::Code& code);

}  // namespace models::fleet
