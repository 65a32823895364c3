#include "models/economics/inventory.h"

#include "sim/contract.h"

namespace models::economics {

Inventory inventory_of(const Purchase& purchase) {
  const scenario::Hardware& hardware = purchase.hardware;
  const auto disks = static_cast<double>(hardware.disks());
  const Bytes raw = hardware.disk.capacity * disks;
  EXPECTS(raw.value > 0 && hardware.usable_fill > 0 && hardware.usable_fill <= 1);
  const Bytes stored = purchase.data.logical * purchase.overhead;
  const bool shared = purchase.kind == scenario::HardwareKind::fixed;
  const double share = shared ? stored / hardware.usable_fill / raw : 1;
  const FailureRates& rates = purchase.rates;
  Inventory owned;
  owned.stored_tb = stored / terabyte;
  owned.raw_tb = share * (raw / terabyte);
  owned.disks = share * disks;
  owned.machines = share * static_cast<double>(hardware.machines());
  owned.racks = share * static_cast<double>(hardware.racks());
  owned.rack_switches = owned.racks * hardware.network.rack_switches;
  owned.sites = share * hardware.sites;
  owned.core_switches = owned.sites * hardware.network.core_switches;
  owned.controllers = share * static_cast<double>(hardware.controller_count());
  owned.gateways = share * hardware.gateways.count;
  owned.front_ends = share * hardware.front_ends.count;
  owned.failed_disks = owned.disks * (rates.disk.value + rates.machine.value);
  owned.failed_machines = owned.machines * rates.machine.value;
  owned.calls = owned.failed_machines + owned.rack_switches * rates.rack_switch.value +
                owned.core_switches * rates.core_switch.value +
                owned.controllers * rates.controller.value + owned.gateways * rates.gateway.value +
                owned.front_ends * rates.front_end.value;
  owned.tb_per_disk = hardware.disk.capacity / terabyte;
  return owned;
}

}  // namespace models::economics
