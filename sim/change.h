#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sim/quantity.h"

namespace sim {

/// What loses data as one: the number of a redundancy group.
using Group = std::uint32_t;

/// The source of one kind of event: `event_class` indexes the model's event classes, `index` is the
/// model's own number within it. A model may name a pool of like units as one.
struct Unit {
  std::uint16_t event_class{};
  std::uint32_t index{};
  auto operator<=>(const Unit&) const = default;
};

/// A unit whose event may deepen a watched group, with all that its hazard depends on: so it can
/// be evaluated later, whatever became of the state.
struct Exposed {
  Unit unit;
  Seconds born{};     ///< when its present life began; negative for units older than the mission
  double scale{1.0};  ///< times the hazard of one unit: the number of units in a pool
  /// From when to when it deepens a watched group if nothing else happens.
  Seconds from{-std::numeric_limits<double>::infinity()};
  Seconds until{std::numeric_limits<double>::infinity()};
  double groups{1.0};    ///< about how many of the watched groups it would take deeper then
  bool foreseen{false};  ///< `until` knows when each of its groups heals
};

/// A group that an event took deeper; depth is the number of units that the group misses.
struct Crossing {
  Group group{};
  int before{};
  int after{};  ///< meaningless for a lost group
};

/// A chance of loss at an instant that has no hazard, such as an error found by a repair that ends.
/// A group that loses part of what it holds to an atom may go on: see Change::struck.
struct Atom {
  Group group{};
  int depth{};                  ///< of the group just before
  std::uint16_t event_class{};  ///< what the loss is booked under
  double probability{};         ///< that the group is lost now
  /// The group's part in the chance that any group is lost now: parts of one instant add up to it.
  double share_of_any{};
};

/// What one event did. The caller clears it, the model adds.
struct Change {
  std::optional<Unit> cause;     ///< set for the event of an event class
  std::vector<Crossing> deeper;  ///< groups that are deeper now, those lost not among them
  std::vector<Crossing> lost;    ///< groups lost at this instant
  /// payoffs() numbers for each lost group, in the order of `lost`. Those of one instant add up to
  /// what is lost by it, even where the amount is not additive (then the model shares it out).
  std::vector<double> amounts;
  std::vector<Atom> atoms;  ///< natural events only; also when the loss did not come
  /// payoffs() numbers for each atom, in the order of `atoms`: what would be lost.
  std::vector<double> atom_amounts;
  /// Some atom came true and its group goes on: something was lost that `lost` does not name.
  bool struck{};
  /// Some group may have become shallower since the last event that said so.
  bool healed{};
  /// Which units are critical, or a life, may have changed. Always right; slower than need be.
  bool exposure_changed{true};
  /// The hazard of some class as a whole may have changed: units died, or live again. Always right.
  bool lives_changed{true};
  std::uint64_t touched{};  ///< groups the model looked at: counted work

  bool loses() const { return struck || !lost.empty(); }

  /// Keeps the memory.
  void clear() {
    cause.reset();
    deeper.clear();
    lost.clear();
    amounts.clear();
    atoms.clear();
    atom_amounts.clear();
    struck = false;
    healed = false;
    exposure_changed = true;
    lives_changed = true;
    touched = 0;
  }
};

}  // namespace sim
