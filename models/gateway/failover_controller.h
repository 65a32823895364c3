#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "models/gateway/quorum.h"
#include "models/units.h"

/// What an engine of a storage gateway decides when parts of a synchronous mirror fail. The
/// simulation and the drill run this very object; it takes facts and returns actions, and cannot
/// tell which of the two it runs in.
namespace models::gateway {

// Facts.
struct Booted {};  ///< the engine starts; `Quorum` has told it the charter, or will
struct Missed {    ///< no heartbeat of a peer for as long as is allowed
  EngineId peer{};
};
struct PathDown {  ///< writes to a leg fail on every path
  LegId leg{};
};
struct Returned {  ///< a leg answers again
  LegId leg{};
};
struct Quorum {  ///< the answer to `Propose`, or to `Read`
  enum class Answer : std::uint8_t { granted, denied, silent } answer{};
  Charter charter{};  ///< what the register holds now; meaningless if silent
};
struct Fenced {};  ///< every leg in reach refuses writes of the old generation
struct Resynced {  ///< the leg holds again what the others hold
  LegId leg{};
};
struct Refused {};  ///< a leg refused our write: a newer generation is registered there
struct Woken {};
using Fact =
    std::variant<Booted, Missed, PathDown, Returned, Quorum, Fenced, Resynced, Refused, Woken>;

// Actions.
struct Read {};  ///< ask the register what it holds
struct Propose {
  Charter next{};
};
struct Fence {  ///< register the generation with every leg in reach
  std::uint64_t generation{};
};
struct Promote {};    ///< take writes: they are acknowledged under the new charter
struct Reconcile {};  ///< make regions alike that a write was under way to when the holder died
struct Switch {};     ///< hosts use the paths through this engine
struct Detach {       ///< go on without the leg and note which regions are written meanwhile
  LegId leg{};
};
struct Resync {  ///< copy the noted regions to the leg
  LegId leg{};
};
struct Attach {  ///< every write goes to the leg again
  LegId leg{};
};
struct Stop {};  ///< take no more writes: another engine holds the charter
struct WakeAt {
  Seconds time{};
};
using Action = std::variant<Read, Propose, Fence, Promote, Reconcile, Switch, Detach, Resync,
                            Attach, Stop, WakeAt>;
using Actions = std::vector<Action>;

enum class Role : std::uint8_t { follower, asking, fencing, primary };

/// What one engine remembers: a plain value, lost when it fails.
struct Memory {
  EngineId self{};
  Role role{Role::follower};
  bool serving{};                  ///< a primary that has been promoted
  Charter charter{};               ///< the last that it has heard of
  std::optional<Charter> pending;  ///< proposed and not answered
  LegSet silent{};                 ///< legs that do not answer: nothing is written there
  LegSet resyncing{};              ///< every write goes there too, and the noted regions are copied
  LegSet copied{};                 ///< of these, legs whose last noted region is copied
};

/// Without arbitration every engine that misses the holder takes over at once: then a broken link
/// makes two of them.
enum class Arbitration : std::uint8_t { third_place, none };

class FailoverController {
 public:
  /// @param legs all legs of the mirror
  /// @param retry wait before a register that did not answer is asked again, > 0
  FailoverController(Arbitration arbitration, LegSet legs, Seconds retry)
      : arbitration_(arbitration), legs_(legs), retry_(retry) {}

  /// What to do on a fact, in order.
  Actions decide(Memory& memory, const Fact& fact, Seconds now) const;

  /// May a write be acknowledged to the host that is on the legs `written`? Only when it is on all
  /// that count as current: that is what RPO = 0 rests on.
  bool may_acknowledge(const Memory& memory, LegSet written) const;

 private:
  struct Decision;
  Arbitration arbitration_;
  LegSet legs_;
  Seconds retry_;
};

}  // namespace models::gateway
