#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "models/repair/fleet_view.h"
#include "models/scenario/scenario.h"

namespace models::repair {

/// Where the content of a lost disk goes. Knows nothing of simulation; const.
class SparePolicy {
 public:
  virtual ~SparePolicy() = default;
  /// Does all of a lost disk go to one disk, its heir? Else it is spread over the fleet.
  virtual bool one_heir() const = 0;
  /// The heir of a lost disk; no_disk if there is none yet. `given` are the heirs of other disks in
  /// the same plan. @pre one_heir()
  virtual std::uint32_t heir(std::uint32_t lost, std::span<const std::uint32_t> given,
                             const FleetView& view) const = 0;
};

struct SpareKind {
  std::string_view name;
  std::string_view meaning;
  std::unique_ptr<const SparePolicy> (*make)(const scenario::Spares&, const scenario::Placement&);
};
/// The whole registry.
std::span<const SpareKind> all_spares();
/// @pre spares.kind is in the table.
std::unique_ptr<const SparePolicy> make_spares(const scenario::Spares& spares,
                                               const scenario::Placement& placement);

}  // namespace models::repair
