#include "models/input/sized_hardware.h"

#include <algorithm>
#include <cmath>

#include "models/input/fit.h"
#include "models/input/validate.h"

namespace models::scenario {
namespace {

/// What is to be stored, and the machines to do it with.
struct Order {
  const Hardware& most;
  const Data& data;
  const Placement& placement;
  const codes::Code& code;
  const Spares& spares;

  Hardware of(int racks, int machines) const {
    Hardware hardware = most;
    hardware.racks_per_site = racks;
    hardware.machines_per_rack = machines;
    hardware.power_domains = std::min(most.power_domains, racks);
    return hardware;
  }

  bool holds(int racks, int machines) const {
    const Hardware hardware = of(racks, machines);
    return places(hardware, placement) >= code.shape().total() &&
           has_room(hardware, data, code, data_disks(hardware, placement, spares)) &&
           shards_fit(hardware, data, placement, code, spares);
  }
};

/// The first of [low, high] for which `good` holds, which then holds for all after it; high + 1 if
/// there is none.
template <class Good>
int first_of(int low, int high, const Good& good) {
  int end = high + 1;
  while (low < end) {
    const int middle = low + (end - low) / 2;
    if (good(middle)) {
      end = middle;
    } else {
      low = middle + 1;
    }
  }
  return end;
}

int least_machines(const Order& order, int racks) {
  // Controllers are bought with all machines behind them.
  const int set = order.most.controllers.machines;
  return set * first_of(1, order.most.machines_per_rack / set,
                        [&](int sets) { return order.holds(racks, set * sets); });
}

}  // namespace

std::optional<Hardware> sized_hardware(const Hardware& most, const Data& data,
                                       const Placement& placement, const codes::Code& code,
                                       const Spares& spares) {
  const Order order{most, data, placement, code, spares};
  std::optional<Hardware> best;
  for (int racks = 1; racks <= most.racks_per_site; ++racks) {
    const int machines = least_machines(order, racks);
    if (machines > most.machines_per_rack) continue;
    Hardware found = order.of(racks, machines);
    if (!best || found.machines() <= best->machines()) best = found;
  }
  if (best) return best;
  const double disks_of_a_rack =
      double{1} * most.sites * most.machines_per_rack * most.disks_per_machine;
  const int most_racks = static_cast<int>(std::floor(max_disks / disks_of_a_rack));
  const int racks = first_of(most.racks_per_site, most_racks, [&](int candidate) {
    return order.holds(candidate, most.machines_per_rack);
  });
  if (racks > most_racks) return std::nullopt;
  return order.of(racks, least_machines(order, racks));
}

}  // namespace models::scenario
