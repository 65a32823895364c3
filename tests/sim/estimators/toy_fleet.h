#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sim/change.h"
#include "sim/distribution.h"
#include "sim/random.h"

namespace sim::testing {

/// Units with lives and ages, groups on them, shocks that kill a random part of some units. All
/// that the oracles need and no more; everything is looked through at every event.
struct ToyFleet {
  struct Life {
    Distribution life;
    std::uint16_t event_class{};
    Seconds age{};  ///< at the start of the mission
  };
  struct Shock {
    std::vector<std::uint32_t> units;
    double per_second{};
    double kills{};  ///< chance of each working unit, independently
    std::uint16_t event_class{};
  };
  enum class Repair { parallel, one_at_a_time, none };

  std::vector<Life> lives;
  std::vector<std::vector<std::uint32_t>> groups;
  int tolerance{};
  /// By the units of a group that are missing, bit by place; empty: more than `tolerance`.
  std::function<bool(unsigned)> loses;
  std::vector<Shock> shocks;
  Distribution repair{Distribution::exponential(hours(24))};
  Repair order{Repair::parallel};
  /// A repair that ends in a group without redundancy left loses it with this chance; class
  /// `latent_class`. One such group at a time. With `part` below 1 it loses that part and goes on.
  double latent{};
  double part{1.0};
  std::uint16_t latent_class{};
  std::size_t classes{1};
  std::uint64_t seed{1};

  struct Place {
    bool works{true};
    Seconds born;
    Seconds next;  ///< end of life, or of repair (never while it waits)
  };
  struct State {
    Seconds now;
    std::vector<Place> places;
    std::vector<Seconds> shocks;
    std::vector<char> gone;              ///< groups lost
    std::vector<std::uint32_t> waiting;  ///< for the one repairer, the first is under way
    std::uint64_t replicate{};
    Stream stream;
    static State overlay(const State& base) { return base; }
  };

  State initial(std::uint64_t replicate) const;
  void refresh(State& state, std::uint32_t branch) const;
  bool advance(State& state, Seconds until, Change& change) const;
  double inject(State& state, Unit unit, std::span<const Group> aim, Stream& stream,
                Change& change) const;
  int depth(const State& state, Group group) const;
  void critical(const State& state, std::span<const Group> groups_asked, int level,
                std::vector<Exposed>& out) const;
  void fatal(const State& state, std::vector<Exposed>& out) const;
  double cumulative_hazard(const Exposed& exposed, Seconds from, Seconds to) const;
  Seconds time_at(const Exposed& exposed, Seconds from, double hazard) const;
  std::size_t event_classes() const { return classes; }
  Seconds start_time(const State& state, std::size_t event_class, double hazard) const;
  std::optional<Unit> start_unit(const State& state, std::size_t event_class, Stream& stream) const;
  std::size_t payoffs() const { return 1; }
  bool whole(const State& state) const;

 private:
  // A shock is a unit too: index lives.size() + its number.
  bool is_shock(Unit unit) const { return unit.index >= lives.size(); }
  const Shock& shock_of(Unit unit) const { return shocks[unit.index - lives.size()]; }
  unsigned pattern(const State& state, Group group) const;
  bool lost(unsigned missing) const;
  void draw_life(State& state, std::uint32_t unit) const;
  void kill(State& state, std::span<const std::uint32_t> units, Change& change) const;
  void repaired(State& state, std::uint32_t unit, Change& change) const;
  std::vector<std::uint32_t> victims(const State& state, const Shock& shock,
                                     std::span<const std::uint32_t> certain, Stream& stream) const;
  bool in_one_of(std::uint32_t unit, std::span<const Group> asked) const;
  double hazard_of_class(const State& state, std::size_t event_class, Seconds from,
                         Seconds to) const;
};

/// The units 0..n-1, each with this life.
std::vector<ToyFleet::Life> like_units(std::size_t n, const Distribution& life);

}  // namespace sim::testing
