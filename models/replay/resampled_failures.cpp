#include "models/replay/resampled_failures.h"

#include <algorithm>

#include "sim/random.h"

namespace models::replay {
namespace {

/// As long as failures that hang together take, and short enough that years hold many.
constexpr Seconds block = sim::days(28);

std::vector<PlacedFailure> by_weeks(const std::vector<PlacedFailure>& failures, Seconds length,
                                    sim::Stream& stream) {
  const auto whole = static_cast<std::uint64_t>(length / block);
  std::vector<PlacedFailure> drawn;
  for (Seconds begin{0}; begin < length; begin = begin + block) {
    const Seconds from = static_cast<double>(stream.below(whole)) * block;
    const auto first = std::ranges::lower_bound(failures, from, {}, &PlacedFailure::at);
    for (auto failure = first; failure != failures.end() && failure->at < from + block; ++failure) {
      const Seconds at = begin + (failure->at - from);
      if (at < length) drawn.push_back({at, failure->disk});
    }
  }
  return drawn;
}

std::vector<PlacedFailure> by_machines(const std::vector<PlacedFailure>& failures,
                                       const topology::Topology& topology, sim::Stream& stream) {
  const std::uint32_t disks = topology.disks_per_machine();
  std::vector<std::vector<const PlacedFailure*>> of_machine(topology.machines());
  for (const PlacedFailure& failure : failures) {
    of_machine[failure.disk / disks].push_back(&failure);
  }
  std::vector<PlacedFailure> drawn;
  for (std::uint32_t machine = 0; machine < topology.machines(); ++machine) {
    for (const PlacedFailure* failure : of_machine[stream.below(topology.machines())]) {
      drawn.push_back({failure->at, topology.first_disk(machine) + failure->disk % disks});
    }
  }
  std::ranges::stable_sort(drawn, {}, &PlacedFailure::at);
  return drawn;
}

}  // namespace

std::vector<PlacedFailure> resampled(const std::vector<PlacedFailure>& failures, Blocks blocks,
                                     Seconds length, const topology::Topology& topology,
                                     std::uint64_t seed, std::uint64_t record) {
  sim::Stream stream(seed, sim::Purpose::records, {1, static_cast<std::uint64_t>(blocks), record});
  return blocks == Blocks::weeks ? by_weeks(failures, length, stream)
                                 : by_machines(failures, topology, stream);
}

}  // namespace models::replay
