#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/gateway/dirty_map.h"
#include "models/gateway/failover_controller.h"

/// The failover controller against real bytes: engines write to the legs of a mirror in memory,
/// engines, legs, links and the tie-breaker fail, and every acknowledged byte is compared.
namespace models::drill {

struct MirrorDrillOptions {
  std::uint64_t seed{1};
  int steps{2000};  ///< >= 0; each is a fault, a return or a round of copying, then some writes
  std::uint32_t engines{4};
  std::uint32_t legs{2};
  std::size_t regions{64};
  std::size_t region_bytes{512};
};

/// What the drill asks. The product passes the real ones, a test some with a planted defect.
struct MirrorPolicy {
  std::function<gateway::Actions(gateway::Memory&, const gateway::Fact&, Seconds)> decide;
  std::function<bool(const gateway::Memory&, gateway::LegSet written)> may_acknowledge;
  /// Next noted region to copy to a leg.
  std::function<std::optional<std::size_t>(const gateway::DirtyMap&, std::size_t from)> next_region;
};
MirrorPolicy policy_of(const gateway::FailoverController& controller);

struct MirrorDrillResult {
  std::uint64_t writes{};  ///< tried
  std::uint64_t acknowledged{};
  std::uint64_t refused{};  ///< no engine could take or end them
  std::uint64_t faults{};
  std::uint64_t takeovers{};  ///< promotions after the start
  std::uint64_t resyncs{};    ///< legs that came back into the mirror
  std::uint64_t regions_copied{};
  std::uint64_t bytes_compared{};
  std::uint64_t violation_count{};
  std::vector<std::string> violations;  ///< the first few in words
  bool passed() const { return violation_count == 0; }
};

/// Same options, same result. Checked after every step: at most one engine acknowledges, every
/// acknowledged write is on every current leg that is in reach, legs that are current hold the same
/// bytes. @pre engines >= 1, 1 <= legs <= 8, regions and region_bytes >= 1
MirrorDrillResult drill_mirror(const MirrorPolicy& policy, const MirrorDrillOptions& options);

}  // namespace models::drill
