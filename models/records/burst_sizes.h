#pragma once

#include <cstdint>
#include <vector>

#include "models/records/burst_process.h"

namespace models::records {

/// Failures of one burst, by time; numbers into the input.
using Cluster = std::vector<std::uint32_t>;

/// Where the failures of bursts stand: each with one chance in the machine at the heart, with
/// another in its rack, else anywhere. Maximum likelihood over all hearts that may be.
struct Affinity {
  double machine{};
  double rack{};
};
Affinity affinity_of(const BurstInput& input, const std::vector<Cluster>& clusters);

}  // namespace models::records
