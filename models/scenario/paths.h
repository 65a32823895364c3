#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/units.h"
#include "sim/distribution.h"

/// The way from hosts to mirrored arrays through fabrics and the engines of storage gateways, and
/// what happens when a part of it fails. Counts of engines, fabrics, arrays and controllers are
/// those of the strategy's hardware.
namespace models::scenario {

/// A unit that goes away and comes back; the law of an `Outage` of failures.
struct PartOutage {
  sim::Distribution between;
  sim::Distribution duration;
};

/// Hosts that run one thing; their users are served while enough of them are.
struct HostService {
  std::string name{};
  int hosts{1};
  int needed{1};
  int adapters{2};  ///< of a host, one to each fabric in turn
  /// From the loss of a host until what ran there runs on another.
  sim::Distribution takeover = sim::Distribution::fixed({0});
  Seconds patience{};  ///< a pause of input and output that it outlives without a restart
  sim::Distribution restart = sim::Distribution::fixed({0});  ///< after a longer one
  Seconds host_cache{};  ///< writes of so long a time may be in the host's own cache alone
};

enum class Multipath { active_active, alua };

/// How long each step of switching over takes.
struct SwitchTimes {
  sim::Distribution heartbeat = sim::Distribution::fixed({0});  ///< until a dead engine is missed
  sim::Distribution arbitration = sim::Distribution::fixed({0});
  sim::Distribution fencing = sim::Distribution::fixed({0});
  sim::Distribution promotion = sim::Distribution::fixed({0});
  sim::Distribution path_error = sim::Distribution::fixed({0});   ///< until a dead path is given up
  sim::Distribution path_switch = sim::Distribution::fixed({0});  ///< ALUA: to the other engine
};

struct MirrorSpec {
  BytesPerSecond writes{};  ///< of all hosts together, onto regions not written before
  BytesPerSecond resync{};
  Bytes most_dirty{};  ///< what differs at most: the working set
};

/// Faults of people, applications and malware: the mirror copies them.
struct LogicalFaults {
  sim::Distribution between;
  sim::Distribution found;  ///< from the fault to its discovery
  sim::Distribution restore;
  Seconds snapshots_every{};  ///< 0: there are none
};

/// Moving data between arrays while hosts work on.
struct Migration {
  Bytes amount{};
  BytesPerSecond rate{};
  BytesPerSecond demand{};  ///< of the hosts meanwhile
};

struct Paths {
  std::vector<HostService> services{};
  int enclosures{1};  ///< gateways: the engines are spread over them evenly
  int site_links{2};  ///< between two sites
  Multipath multipath{Multipath::active_active};
  bool third_place{true};   ///< is there a tie-breaker?
  BytesPerSecond port{};    ///< of an adapter, and of a link between sites
  BytesPerSecond engine{};  ///< through one engine
  SwitchTimes times;
  MirrorSpec mirror;
  std::optional<PartOutage> host_outage{};
  std::optional<PartOutage> adapter_outage{};
  std::optional<PartOutage> enclosure_outage{};
  std::optional<PartOutage> site_link_outage{};
  std::optional<PartOutage> quorum_outage{};
  std::optional<LogicalFaults> logical{};
  std::optional<Migration> migration{};
};

}  // namespace models::scenario
