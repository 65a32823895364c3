#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/drill/mirror_step.h"
#include "models/gateway/dirty_map.h"
#include "models/gateway/failover_controller.h"

/// The failover controller against real bytes: engines write to the legs of a mirror in memory,
/// engines, legs, links and the tie-breaker fail, engines die in the middle of writes, takeovers
/// and copies, and every acknowledged byte is compared.
namespace models::drill {

struct MirrorDrillOptions {
  std::uint64_t seed{1};
  std::uint64_t first_mission{0};
  std::uint64_t missions{1};                 ///< schedules, >= 1
  int steps{2000};                           ///< of a schedule, >= 0; writes go on in each
  std::optional<MirrorSchedule> schedule{};  ///< this one instead of drawn ones; one mission then
  std::uint32_t engines{4};
  std::uint32_t legs{2};
  std::size_t regions{64};
  std::size_t region_bytes{512};
  std::stop_token stop{};  ///< asked before each mission
};

/// What the drill asks. The product passes the real ones, a test some with a planted defect.
struct MirrorPolicy {
  std::function<gateway::Actions(gateway::Memory&, const gateway::Fact&, Seconds)> decide;
  std::function<bool(const gateway::Memory&, gateway::LegSet written)> may_acknowledge;
  /// Next noted region to copy to a leg.
  std::function<std::optional<std::size_t>(const gateway::DirtyMap&, std::size_t from)> next_region;
};
MirrorPolicy policy_of(const gateway::FailoverController& controller);

/// The first mission that failed.
struct MirrorFailure {
  std::uint64_t mission{};
  MirrorSchedule schedule;
  MirrorSchedule shrunk;                ///< still fails, and no step of it can be left out
  std::vector<std::string> violations;  ///< of the shrunk one
};

struct MirrorDrillResult {
  std::uint64_t missions{};
  std::uint64_t steps{};
  std::array<std::uint64_t, mirror_step_kinds> happened{};  ///< steps that found their target
  std::uint64_t crashes{};                                  ///< engines that died within an action
  std::uint64_t writes{};                                   ///< tried
  std::uint64_t acknowledged{};
  std::uint64_t refused{};    ///< no engine could take or end them
  std::uint64_t takeovers{};  ///< promotions after the start
  std::uint64_t resyncs{};    ///< legs that came back into the mirror
  std::uint64_t regions_copied{};
  std::uint64_t bytes_compared{};
  std::uint64_t violation_count{};
  std::vector<std::string> violations;  ///< the first few in words
  std::optional<MirrorFailure> failure;
  bool passed() const { return violation_count == 0; }
  std::uint64_t faults() const;
  void add(const MirrorDrillResult& other);
};

/// Plays one schedule; ends at the first step with a violation. Checked after every step: at most
/// one engine acknowledges, every acknowledged write is on every current leg, there is one. In the
/// end all that failed is back: then one engine serves and all legs hold the same bytes again.
/// @pre engines >= 1, 1 <= legs <= 8, regions and region_bytes >= 1
MirrorDrillResult play_mirror(const MirrorPolicy& policy, const MirrorDrillOptions& options,
                              const MirrorSchedule& schedule);

/// Missions in turn, up to the first that fails; that one is shrunk. Same options, same result.
MirrorDrillResult drill_mirror(const MirrorPolicy& policy, const MirrorDrillOptions& options);

}  // namespace models::drill
