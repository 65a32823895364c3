#pragma once

#include <cstdint>

#include "models/codes/code.h"
#include "models/repair/scrubber.h"
#include "models/scenario/scenario.h"
#include "models/units.h"

namespace models::fleet {

/// Latent errors of the shards of a strategy. Errors of a shard are born one by one and at random
/// (defects in bursts), so how many of them a reading meets is Poisson distributed.
struct ShardErrors {
  sim::PerSecond defects;    ///< born in one shard; each spoils `burst` stripes
  sim::PerSecond silent;     ///< born in one shard, found by its CRC alone
  double unreadable_bits{};  ///< met by one reading of a shard, on average
  double burst{1};
  double stripes{1};  ///< of a group
};

/// @pre disks have latent errors
ShardErrors shard_errors(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                         const codes::Code& code);

/// Of the strategy, reading what it keeps on a disk.
repair::Scrubber scrubber_of(const scenario::Scenario& scenario, const scenario::Strategy& strategy,
                             const codes::Code& code);

/// What one reading meets, on average.
struct ErrorsMet {
  double errors{};   ///< events: without them nothing is lost
  double stripes{};  ///< that they spoil
  ErrorsMet& operator+=(const ErrorsMet& other) {
    errors += other.errors;
    stripes += other.stripes;
    return *this;
  }
};

/// Of a shard on which errors of the two kinds have had so long to gather, see
/// Scrubber::waiting().
ErrorsMet errors_met(const ShardErrors& errors, Seconds defects_waited, Seconds silent_waited);

}  // namespace models::fleet
