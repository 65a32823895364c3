#pragma once

#include "models/economics/cost.h"

namespace models::economics {

/// The part of the hardware that a strategy pays for, as plain counts.
struct Inventory {
  double stored_tb{};
  double raw_tb{};
  double disks{};
  double machines{};
  double racks{};
  double rack_switches{};
  double core_switches{};
  double controllers{};
  double gateways{};
  double front_ends{};
  double sites{};
  double failed_disks{};     ///< a year, those of lost machines included
  double failed_machines{};  ///< a year
  double calls{};            ///< for machines, switches, controllers, gateways, a year
  double tb_per_disk{};
};

Inventory inventory_of(const Purchase& purchase);

}  // namespace models::economics
