#pragma once

#include "models/scenario/scenario.h"

namespace models::testing {

/// One site of racks of machines of disks, nothing else said.
inline scenario::Hardware hardware(int racks, int machines, int disks) {
  scenario::Hardware result;
  result.racks_per_site = racks;
  result.machines_per_rack = machines;
  result.disks_per_machine = disks;
  return result;
}

}  // namespace models::testing
