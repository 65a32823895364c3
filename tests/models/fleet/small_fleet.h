#pragma once

#include <memory>

#include "models/fleet/fleet.h"
#include "models/scenario/scenario.h"

namespace models::fleet::testing {

/// One strategy on racks x 1 machine x 1 disk (or as given), nothing failing yet.
struct SmallFleet {
  scenario::Scenario scenario;
  SmallFleet(int racks, int machines_per_rack, int disks_per_machine);
  SmallFleet& reed_solomon(int data, int parity, int groups);
  SmallFleet& replicas(int copies, int groups);
  /// Textbook repair: each lost disk is whole again after an exponential time.
  SmallFleet& exponential(Seconds life, Seconds repair);
  std::shared_ptr<const Fleet> compiled(std::uint64_t seed = 1) const;
};

/// P(at least one of `groups` independent n-shard chains with parallel exponential repair is lost
/// by `t`), by small steps of the forward equations in long double: an oracle that shares nothing
/// with the code under test.
double chain_loss_by(int n, int tolerance, Seconds life, Seconds repair, Seconds t);

}  // namespace models::fleet::testing
