#pragma once

#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/codes/code.h"
#include "models/fleet/latent_errors.h"
#include "models/fleet/ticket.h"
#include "models/network/bandwidth.h"
#include "models/placement/placement.h"
#include "models/repair/rebuild_planner.h"
#include "models/repair/scrubber.h"
#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"
#include "models/topology/topology.h"

namespace models::fleet {

/// What a class of events does to its unit.
enum class Harm : std::uint8_t {
  permanent,
  outage,
  shock,
  latent,
  wipe,
  strain,         ///< a disk dies while a rebuild reads it; at other times nothing happens
  burst,          ///< disks of a site die together, see scenario::Burst
  foretold,       ///< a disk dies of which it was said that it will
  false_alarm,    ///< a disk is said to die, and does not
  wrong_absence,  ///< a machine is reported away, and is not
};

/// What losses by latent errors are booked under.
inline constexpr std::string_view latent_error_name = "latent error";

/// Units of one kind and age that fail by one law. Their failures are drawn together, lazily: one
/// pending candidate per class, whatever the number of units.
struct EventClass {
  topology::UnitKind kind{};
  Harm harm{};
  std::uint32_t stride{1};  ///< units of the class: first, first + stride, ... (cohorts interleave)
  std::uint32_t first{};
  std::uint32_t count{};
  sim::Distribution law;                      ///< life, or time between outages
  Seconds age{};                              ///< age of the units at the start
  std::optional<sim::Distribution> duration;  ///< of an outage
  double catch_up{};                          ///< of an outage, see scenario::Outage
  double kills{};  ///< a shock: probability that a disk dies; a burst: share of its site's disks
  std::uint64_t stream{};  ///< event class of its random stream: the same for every strategy
  std::uint16_t family{};  ///< its place in Fleet::all_families()
  /// Strikes the disks of a place together; has no unit that is renewed.
  bool strikes_place() const {
    return harm == Harm::shock || harm == Harm::wipe || harm == Harm::burst;
  }
};

/// Units of a kind that are taken out in turn, see scenario::Maintenance, or disks that are emptied
/// and replaced, see scenario::Repair::refresh.
struct Rota {
  topology::UnitKind kind{};
  Seconds between;                            ///< from one unit's turn to the next unit's
  std::optional<sim::Distribution> duration;  ///< empty: of disks that are replaced
};

/// The classes of one kind and harm, whatever the cohort: what loss is booked under.
struct Family {
  topology::UnitKind kind{};
  Harm harm{};
  std::uint32_t first_class{};
  std::uint32_t classes{};
  bool mixed{};  ///< each class has a law of its own
  /// The class whose law a unit has from now on. They interleave.
  std::uint32_t class_for(std::uint32_t unit) const {
    return mixed ? first_class + unit % classes : first_class;
  }
};

/// Chances of death, one of which is drawn for the disks of a group.
using Lures = std::vector<double>;

/// A place that shocks strike, and how the groups stand in it at the start.
struct Crowd {
  topology::Topology::DiskRange disks;
  std::vector<double> groups_with;  ///< how many groups have so many disks in it, by that number
  Lures lures;                      ///< see Fleet::lures(), for the group with most disks in it
};

/// Numbers of the resources that rebuild traffic shares.
struct Resources {
  std::uint32_t machines{};
  std::uint32_t disks{};
  std::uint32_t racks{};
  std::vector<double> capacity;
  /// Which kinds of limit can bind at all: the others need not be counted.
  struct Limits {
    bool machine_reads{}, machine_writes{}, machine_both{}, machine_network{};
    bool disk_reads{}, disk_writes{}, disk_both{}, rack{}, core{};
  } limits;
  std::uint32_t machine_reads(std::uint32_t m) const { return m; }
  std::uint32_t machine_writes(std::uint32_t m) const { return machines + m; }
  std::uint32_t machine_both(std::uint32_t m) const { return 2 * machines + m; }
  std::uint32_t machine_out(std::uint32_t m) const { return 3 * machines + m; }
  std::uint32_t machine_in(std::uint32_t m) const { return 4 * machines + m; }
  std::uint32_t rack_out(std::uint32_t r) const { return 5 * machines + r; }
  std::uint32_t rack_in(std::uint32_t r) const { return 5 * machines + racks + r; }
  std::uint32_t core(std::uint32_t site) const { return 5 * machines + 2 * racks + site; }
  std::uint32_t disk_reads(std::uint32_t d) const { return core(sites) + d; }
  std::uint32_t disk_writes(std::uint32_t d) const { return core(sites) + disks + d; }
  std::uint32_t disk_both(std::uint32_t d) const { return core(sites) + 2 * disks + d; }
  /// All resources of a kind as one: for what is spread over them evenly.
  enum class Kind : std::uint8_t {
    machine_reads,
    machine_writes,
    machine_both,
    machine_out,
    machine_in,
    rack_out,
    rack_in,
    core,
    disk_reads,
    disk_writes,
    disk_both
  };
  static constexpr std::uint32_t kinds = 11;
  std::uint32_t all(Kind kind) const {
    return core(sites) + 3 * disks + static_cast<std::uint32_t>(kind);
  }
  std::uint32_t sites{};
};

/// What the rebuild of one lost disk by a rule asks for, see Ticket.
struct TicketWork {
  std::vector<network::Demand> demands;
  double bytes{};  ///< rebuilt
  Turns turns;
};

/// Of one shard, on average over all shards and targets.
struct ShardTraffic {
  double reads{};          ///< shards read
  double from_machines{};  ///< of them from other machines
  double from_racks{};     ///< from other racks
  double from_sites{};     ///< from other sites
  double elsewhere{};      ///< chance that a machine of another rack may hold it
};

/// One strategy on its hardware, ready to be simulated: immutable, shared by all threads.
class Fleet {
 public:
  Fleet(const scenario::Scenario& scenario, const scenario::Strategy& strategy, std::uint64_t seed);

  const scenario::Strategy& strategy() const { return strategy_; }
  const topology::Topology& topology() const { return topology_; }
  const codes::Code& code() const { return *code_; }
  const placement::Placement& placement() const { return *placement_; }
  const placement::PlacementMap& map() const { return map_; }
  const repair::RebuildPlanner& planner() const { return planner_; }
  const std::vector<EventClass>& classes() const { return classes_; }
  /// @pre some class is of bursts
  const scenario::Burst& burst() const { return *burst_; }
  /// Of the failures that are foretold. @pre repair().predictor
  std::uint16_t foretold_family() const { return foretold_family_; }
  const Resources& resources() const { return resources_; }
  const scenario::Repair& repair() const { return strategy_.repair; }
  const repair::Scrubber& scrubber() const { return scrubber_; }
  /// Null where disks have none.
  const ShardErrors* errors() const { return errors_ ? &*errors_ : nullptr; }
  /// What losses by them are booked under. @pre errors() != nullptr
  std::uint16_t errors_family() const { return static_cast<std::uint16_t>(destroying_ - 1); }
  std::uint64_t errors_stream() const {
    return classes_[families_[destroying_ - 1].first_class].stream;
  }
  Seconds mission() const { return mission_; }
  /// User bytes of one placement group, and of one of its shards.
  Bytes group_bytes() const { return group_bytes_; }
  Bytes shard_bytes() const { return shard_bytes_; }
  /// Shards that fit on a disk.
  std::int64_t disk_slots() const { return disk_slots_; }
  /// Families of the classes whose events destroy data: permanent failures, shocks, and latent
  /// errors, which have no events of their own (sim::Atom).
  std::span<const Family> families() const { return {families_.data(), destroying_}; }
  /// These, and behind them the outages.
  std::span<const Family> all_families() const { return families_; }
  std::span<const Rota> rotas() const { return rotas_; }
  /// "disk", "rack shock", "rack switch outage".
  std::string family_name(std::size_t family) const;
  /// @param families  families() or all_families()
  std::vector<std::string> names_of(std::span<const Family> families) const;
  /// @pre some shock strikes places of this kind
  const Crowd& crowd_of(topology::Unit place) const {
    return crowds_[static_cast<std::size_t>(place.kind)][place.index];
  }
  /// For draws that are to show the loss of a group, or of an array of it, by one event: from two
  /// disks to one more than its code bears, on average. None for fewer than two disks.
  /// @param shards  of the group that stand where the event strikes
  Lures lures(std::size_t shards) const;
  /// Are all shards of a lost disk whole at one instant, and not one after another?
  bool whole_at_once() const {
    return !repair().rebuild_time && repair().order == scenario::RebuildOrder::arrival;
  }
  /// The part of a group's stripes that a rebuild has made whole, with this share of the work done:
  /// a stripe that is half rebuilt is not whole.
  double whole_stripes(double done) const {
    if (!(stripes_per_group_ > 0)) return done;
    constexpr double rounding = 1e-6;
    return std::floor(done * stripes_per_group_ + rounding) / stripes_per_group_;
  }
  /// Share of the objects lost when this share of the stripes is: an object is lost with any of
  /// its stripes.
  double objects_lost(double share_of_stripes) const;
  /// Shards that must be in reach for writes to be served. Empty unless software or front ends have
  /// a failure rate: without one nothing can be said about the service as a whole.
  std::optional<int> service_needs() const { return service_needs_; }
  /// Do rebuilds of whole disks go by tickets?
  bool by_ticket() const { return by_ticket_; }
  /// @pre by_ticket()
  /// @param shards  may be parts of some
  TicketWork ticket_work(double shards) const;
  const ShardTraffic& shard_traffic() const { return shard_traffic_; }
  /// Room for shards on the fullest disk at the start.
  std::int64_t least_room() const { return least_room_; }
  int max_per_rack() const { return strategy_.placement.max_per_rack; }
  int max_per_machine() const { return strategy_.placement.max_per_machine; }

 private:
  void add_classes(const scenario::Failures& failures);
  /// `like` has all but the units and ages, which are those of its kind.
  void add_class(EventClass like, const scenario::FleetAge& age);
  void add_disks(const scenario::Failures& failures);
  void add_mixed_disks(std::span<const scenario::DiskModel> models);
  void add_burst(const scenario::Burst& burst);
  /// A class of no units, whose name and stream are wanted.
  std::uint16_t add_empty_class(Harm harm, sim::Distribution law);
  void add_rotas(const scenario::Failures& failures);
  void add_crowds(topology::UnitKind kind);
  void add_resources(const scenario::Hardware& hardware);
  void add_tickets();

  scenario::Strategy strategy_;
  Seconds mission_;
  topology::Topology topology_;
  std::unique_ptr<const codes::Code> code_;
  std::unique_ptr<const placement::Placement> placement_;
  placement::PlacementMap map_;
  repair::RebuildPlanner planner_;
  repair::Scrubber scrubber_;
  std::optional<ShardErrors> errors_;
  Bytes group_bytes_;
  Bytes shard_bytes_;
  std::int64_t disk_slots_;
  double stripes_per_object_;
  double stripes_per_group_{};  ///< 0: the scenario does not say; very many
  std::vector<EventClass> classes_;
  std::vector<Family> families_;
  std::vector<Rota> rotas_;
  std::optional<scenario::Burst> burst_;
  std::uint16_t foretold_family_{};
  std::size_t destroying_{};                                     ///< the first of the families
  std::array<std::vector<Crowd>, topology::unit_kinds> crowds_;  ///< of kinds that shocks strike
  Resources resources_;
  std::optional<int> service_needs_;
  bool by_ticket_{};
  ShardTraffic shard_traffic_;
  std::int64_t least_room_{};
};

/// Do the failures say enough to judge whether clients are served?
bool models_service(const scenario::Hardware& hardware, const scenario::Failures& failures);

/// Compiles one strategy. @pre the scenario passed validation.
std::shared_ptr<const Fleet> compile(const scenario::Scenario& scenario,
                                     const scenario::Strategy& strategy, std::uint64_t seed);

}  // namespace models::fleet
