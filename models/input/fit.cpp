#include "models/input/fit.h"

#include <algorithm>
#include <cmath>

namespace models::scenario {
namespace {

std::int64_t domains_of(const Hardware& hardware, Domain kind) {
  switch (kind) {
    case Domain::machine:
      return hardware.machines();
    case Domain::rack:
      return hardware.racks();
    case Domain::site:
      return hardware.sites;
    case Domain::fleet:
      return 1;
  }
  return 1;
}

}  // namespace

std::int64_t places_per_rack(const Hardware& hardware, const Placement& placement) {
  const std::int64_t per_machine = std::min(placement.max_per_machine, hardware.disks_per_machine);
  return std::min<std::int64_t>(placement.max_per_rack, hardware.machines_per_rack * per_machine);
}

std::int64_t places(const Hardware& hardware, const Placement& placement) {
  return hardware.sites *
         std::min<std::int64_t>(placement.max_per_site,
                                hardware.racks_per_site * places_per_rack(hardware, placement));
}

Bytes stored_bytes(const Data& data, const codes::Code& code) {
  return data.logical * code.overhead();
}

double data_disks(const Hardware& hardware, const Placement& placement, const Spares& spares) {
  const bool pools = placement.pool > 0;
  if (!pools && !spares.per) return static_cast<double>(hardware.disks());
  const std::int64_t domains = domains_of(hardware, pools ? placement.within : *spares.per);
  const std::int64_t in_domain = hardware.disks() / domains;
  const std::int64_t used = pools ? in_domain / placement.pool * (placement.pool - spares.count)
                                  : in_domain - spares.count;
  return static_cast<double>(domains * std::max<std::int64_t>(used, 0));
}

bool has_room(const Hardware& hardware, const Data& data, const codes::Code& code, double disks) {
  const Bytes usable = hardware.disk.capacity * disks * hardware.usable_fill;
  // A part in 10^12 for the rounding of "exactly full".
  return stored_bytes(data, code) <= usable * (1 + 1e-12);
}

bool shards_fit(const Hardware& hardware, const Data& data, const Placement& placement,
                const codes::Code& code, const Spares& spares) {
  const double disks = data_disks(hardware, placement, spares);
  if (disks < 1) return false;
  const double groups = placement.groups;
  const Bytes shard = data.logical / code.shape().data / groups;
  const double shards = groups * code.shape().total();
  const double most_on_a_disk = std::ceil(shards / disks);
  return shard * most_on_a_disk <= hardware.disk.capacity;
}

}  // namespace models::scenario
