#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/codes/code_memo.h"
#include "models/fleet/mission.h"
#include "sim/change.h"
#include "sim/model.h"

namespace models::fleet {

/// Missions of a fleet as the estimators of rare loss want them (sim/model.h): groups are placement
/// groups, depth is that of the shards missing (codes::Code::depth), event classes are the fleet's
/// families (disks, machines, shocks). A unit is the index of the disk, machine or place struck, or
/// a pool: all units of an event class, named where a list of them would be as long. Two payoffs:
/// the share of the stripes lost, and the share of the objects lost.
class RareMission {
 public:
  enum Payoff : std::size_t { stripes, objects, payoff_count };

  /// Events that can be told of, and injected: those that destroy data, or all.
  enum class Events : std::uint8_t { destroying, all };

  RareMission(std::shared_ptr<const Fleet> fleet, std::uint64_t seed,
              Events events = Events::destroying);

  State initial(std::uint64_t replicate) const { return mission_.initial(replicate); }
  bool advance(State& state, Seconds until, sim::Change& change);
  void refresh(State& state, std::uint32_t branch) { mission_.refresh(state, branch); }
  double inject(State& state, sim::Unit unit, std::span<const sim::Group> aim, sim::Stream& stream,
                sim::Change& change);
  int depth(const State& state, sim::Group group);
  void critical(const State& state, std::span<const sim::Group> groups, int level,
                std::vector<sim::Exposed>& out);
  void fatal(const State& state, std::vector<sim::Exposed>& out);
  double cumulative_hazard(const sim::Exposed& exposed, Seconds from, Seconds to) const;
  Seconds time_at(const sim::Exposed& exposed, Seconds from, double hazard) const;
  std::size_t event_classes() const { return families_.size(); }
  Seconds start_time(const State& state, std::size_t family, double hazard) const;
  std::optional<sim::Unit> start_unit(const State& state, std::size_t family,
                                      sim::Stream& stream) const;
  std::size_t payoffs() const { return payoff_count; }
  /// Shards that any group can miss without being lost; 0 where all of a disk is whole at once.
  int depth_in_turn() const { return fleet().whole_at_once() ? 0 : fleet().code().tolerance(); }
  double groups_of(std::size_t family) const;
  /// Groups that also miss what is out of reach cannot be rebuilt until it returns.
  double urgency(const State& state) const;

  const Fleet& fleet() const { return mission_.fleet(); }
  /// Adds all units of all event classes as pools, and the renewed ones.
  void add_pools(const State& state, std::vector<sim::Exposed>& out) const;

 private:
  /// A shard that is being rebuilt.
  struct Whole {
    std::uint32_t index;  ///< of its group
    std::uint32_t slot;
    std::uint32_t target;
    Seconds at;
  };
  /// A unit that holds a shard of a watched group until the group leaves.
  struct Stay {
    std::uint32_t unit;
    Seconds until;
    double promise;
  };

  const EventClass& class_of(std::size_t family) const {
    return fleet().classes()[fleet().all_families()[family].first_class];
  }
  /// The same of the unit, or pool: in a mixed fleet not all of a family have one law.
  const EventClass& class_of(const sim::Unit& unit) const;
  /// All units of the family go by one law without age, whatever becomes of them.
  bool uniform(std::size_t family) const;
  double disks_hit(std::size_t family) const;
  void foresee(const State& state, std::span<const sim::Group> groups);
  void add_group(const State& state, sim::Group group, std::uint32_t index, int level);
  Seconds add_targets(std::uint32_t index, codes::ShardSet gone, int level);
  void add_stays(std::size_t family, Seconds until);
  bool can_come(const State& state, const EventClass& entry, std::uint32_t unit) const;
  void add_units(const State& state, std::size_t family, std::vector<sim::Exposed>& out);
  const sim::Distribution& law_of(const Life& life) const;
  /// Hazard that all units of a family gain within `length` from now.
  double gained(const State& state, std::size_t family, Seconds length) const;
  bool is_original(const State& state, const EventClass& entry, std::uint32_t unit) const;
  int reach() const;
  /// Of the group whose homes_ are looked at.
  codes::ShardSet missing() const;
  /// A group is as deep as it misses shards.
  bool depth_counts() const { return fleet().code().arrays() == 1; }
  static double urgency_of_one(const Fleet& fleet);

  Mission mission_;
  std::span<const Family> families_;
  Outcome outcome_;
  codes::CodeMemo code_;
  std::vector<std::uint32_t> homes_;
  // Of the groups of one call of critical(), which are numbered from 0:
  std::vector<std::uint32_t> index_of_;   ///< by group; right if the group of that number is it
  std::vector<Seconds> first_whole_;      ///< when the first of its missing shards will be whole
  std::vector<Whole> copies_;             ///< of shards that are not missing
  std::vector<Whole> whole_;              ///< all that are under way
  std::vector<std::vector<Stay>> stays_;  ///< by family
  std::vector<std::uint32_t> disks_;      ///< of one group
  std::vector<std::uint32_t> units_;      ///< of one group and family
  double urgency_of_one_;                 ///< rack, switch, ... that is down
};

static_assert(sim::EarlyModel<RareMission>);

}  // namespace models::fleet
