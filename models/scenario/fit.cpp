#include "models/scenario/fit.h"

#include <algorithm>
#include <cmath>

namespace models::scenario {

std::int64_t places_per_rack(const Hardware& hardware, const Placement& placement) {
  const std::int64_t per_machine = std::min(placement.max_per_machine, hardware.disks_per_machine);
  return std::min<std::int64_t>(placement.max_per_rack, hardware.machines_per_rack * per_machine);
}

std::int64_t places(const Hardware& hardware, const Placement& placement) {
  return hardware.racks() * places_per_rack(hardware, placement);
}

Bytes stored_bytes(const Data& data, const codes::Code& code) {
  return data.logical * code.overhead();
}

Bytes usable_bytes(const Hardware& hardware) {
  return hardware.disk.capacity * static_cast<double>(hardware.disks()) * hardware.usable_fill;
}

bool has_room(const Hardware& hardware, const Data& data, const codes::Code& code) {
  // A part in 10^12 for the rounding of "exactly full".
  return stored_bytes(data, code) <= usable_bytes(hardware) * (1 + 1e-12);
}

bool shards_fit(const Hardware& hardware, const Data& data, const Placement& placement,
                const codes::Code& code) {
  const double groups = placement.groups;
  const Bytes shard = data.logical / code.shape().data / groups;
  const double shards = groups * code.shape().total();
  const double most_on_a_disk = std::ceil(shards / static_cast<double>(hardware.disks()));
  return shard * most_on_a_disk <= hardware.disk.capacity;
}

}  // namespace models::scenario
