#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "models/topology/topology.h"
#include "models/units.h"

namespace models::fleet {

/// What one mission has to tell, as sums. Plain values: blocks of missions add them up in order.
struct Outcome {
  std::optional<Seconds> first_loss;
  std::optional<topology::UnitKind> loss_ended_by;  ///< kind of the event that ended the first data
  double groups_lost{};                             ///< in shares: half a group is 0.5
  std::vector<double> lost_by_family;  ///< of Fleet::families(), in shares; empty without loss
  double lost_to_latent_errors{};      ///< of groups_lost, not in lost_by_family
  double unreadable_group_seconds{};
  double unread_seconds{};     ///< in which no read of a client is served
  double unwritten_seconds{};  ///< in which no write is
  double repair_bytes{};
  double cross_rack_bytes{};
  double cross_site_bytes{};
  double rebuild_hours{};  ///< sum over rebuilds, per TB
  std::uint64_t rebuilds{};
  std::vector<double> rebuild_hours_per_tb;  ///< one per finished incident
  std::uint64_t events{};
  std::uint64_t group_touches{};
  std::uint64_t disks_lost{};
  std::uint64_t outages{};
};

/// Is told what happens in a mission. The simulation does not depend on the answers.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void saw(Seconds at, std::string_view kind, std::string_view unit,
                   std::string_view text) = 0;
  /// A shard of `group` has a home again since `at`. Told when the simulation comes to it: until
  /// the next failure of any unit, later ones may be told before.
  virtual void made_whole(Seconds /*at*/, std::uint32_t /*group*/) {}
};

}  // namespace models::fleet
