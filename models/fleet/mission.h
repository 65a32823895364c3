#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/codes/code_memo.h"
#include "models/fleet/fleet.h"
#include "models/fleet/known_view.h"
#include "models/fleet/outcome.h"
#include "models/fleet/state.h"
#include "models/repair/stamped.h"
#include "sim/change.h"

namespace models::fleet {

/// Plays missions of a fleet: takes a state to its next natural event and applies it. Holds the
/// working space of one thread; the state is the caller's.
class Mission {
 public:
  Mission(std::shared_ptr<const Fleet> fleet, std::uint64_t seed);

  const Fleet& fleet() const { return *fleet_; }
  /// The state at time 0 of mission number `replicate`.
  State initial(std::uint64_t replicate) const;
  /// Applies the next event that is not after `until`; false (and now = until) if there is none.
  bool advance(State& state, Seconds until, Outcome& outcome);
  /// Whole mission from `state` on.
  Outcome play(State& state);
  void watch(Observer* observer) { observer_ = observer; }

  /// Writes down what events do to groups, for estimators of rare loss; null stops it. `change` is
  /// the caller's to clear.
  void record(sim::Change* change) { change_ = change; }
  /// From now on nobody asks for time out of reach: groups that cannot be read are not looked for.
  void ignore_reach() { looks_for_unreadable_ = false; }
  /// A new future from here on: the next event of every class is drawn anew. Repairs under way and
  /// the lives of renewed units keep the times they have drawn; such a future is as natural as a
  /// fresh one (it is independent of the events that are injected), only less independent.
  void refresh(State& state, std::uint32_t branch);
  /// The event of `unit` of the class happens now. False if the unit cannot have it. Rebuilds are
  /// planned anew when the state goes on, by refresh() or advance(): most injected events are asked
  /// for what they lose and no more.
  /// @param aim  groups: a shock is drawn given that it kills a shard of one of them at least
  /// @param probability  of that; without an aim the weight of a draw in which groups are hit
  ///                     harder than by a natural one, below 2; 1 for all else
  bool strike(State& state, const EventClass& entry, std::uint32_t unit,
              std::span<const std::uint32_t> aim, sim::Stream& stream, Outcome& outcome,
              double& probability);
  /// Disks of a group's shards by slot; repair::no_disk where the shard is missing.
  void homes(const State& state, std::uint32_t group, std::span<std::uint32_t> homes) const;
  /// When the present life of a unit began: before the mission for one never renewed.
  Seconds born(const State& state, const EventClass& entry, std::uint32_t unit) const;
  static bool works(const State& state, topology::Unit unit);
  bool is_foretold(const State& state, std::uint32_t disk) const;
  /// Will the task of a job, if nothing happens until it is due, make its shard whole? By the
  /// truth: a source or target may be dead and not reported.
  bool succeeds(const State& state, const Job& job, const repair::Task& task);
  /// Disk of a shard that is on its way to it along a ticket, and when it will be there; none if
  /// none of the group is.
  struct OnItsWay {
    std::uint32_t slot{};
    std::uint32_t target{};
    Seconds at{};
  };
  std::optional<OnItsWay> on_its_way(const State& state, const Job& job, std::uint32_t group);

 private:
  // mission.cpp: clocks and units
  void schedule_candidate(State& state, std::uint32_t class_index) const;
  static void end_life(State& state, topology::UnitKind kind, std::uint32_t unit);
  void cause(const EventClass& entry, std::uint32_t unit);
  void lose_disk(State& state, std::uint32_t disk, sim::Stream& stream);
  void on_candidate(State& state, const Event& event);
  void on_renewed(State& state, const Event& event);
  void on_maintained(State& state, const Event& event);
  void harm(State& state, const EventClass& entry, std::uint32_t unit, sim::Stream& stream);
  void start_life(State& state, topology::UnitKind kind, std::uint32_t unit,
                  std::uint32_t generation, sim::Stream& stream) const;
  void live(State& state, std::uint16_t family, std::uint32_t class_index, std::uint32_t unit,
            std::uint32_t generation, sim::Stream& stream) const;
  static bool away(const State& state, topology::Unit unit);
  void renew_outage(State& state, const EventClass& entry, std::uint32_t unit,
                    Seconds duration) const;
  void on_replaced(State& state, const Event& event);
  void lose_machine(State& state, std::uint32_t machine, sim::Stream& stream);
  bool under_strain(const State& state, std::uint32_t disk) const;
  /// Is the unit such that an event of the class can befall it now?
  bool can_suffer(const State& state, const EventClass& entry, std::uint32_t unit) const;
  bool still_broken(const State& state, const Broken& broken) const;
  void replace_disk(State& state, std::uint32_t disk, sim::Stream& stream);
  void tell(const State& state, std::string_view kind, topology::Unit unit,
            std::string_view text = {}) const;

  // outages.cpp: who is reachable, which groups are readable
  void start_outage(State& state, topology::Unit unit, Seconds duration);
  void await_absence(State& state, topology::Unit unit);
  void on_absent(State& state, topology::Unit unit);
  void plan_around(State& state, std::span<const std::uint32_t> machines);
  void end_outage(State& state, topology::Unit unit);
  void know_machine_back(State& state, std::uint32_t machine);
  void miss_wrongly(State& state, std::uint32_t machine, Seconds lasts);
  void on_cleared(State& state, const Event& event);
  void know_return(State& state, topology::Unit unit);
  void set_down(State& state, std::uint32_t machine, bool down) const;
  void recut(State& state);
  void after_reachability_change(State& state, std::span<const std::uint32_t> worse_machines);
  static std::size_t machines_away(const State& state);
  bool may_be_unreadable(const State& state) const;
  void look_for_unreadable(State& state, std::span<const std::uint32_t> disks);
  void look_behind_outages(State& state);
  void drop_readable(State& state);
  void account_unreadable(State& state);
  // service.cpp: who is served
  void judge_service(State& state);
  void account_service(State& state);
  std::uint32_t places_in_reach(const State& state, bool& any_machine) const;
  void mark_absent(const State& state);
  bool unreadable(const State& state, std::uint32_t group);
  bool reachable(const State& state, std::uint32_t machine) const;

  // shocks.cpp
  void shock(State& state, const EventClass& entry, std::uint32_t unit, sim::Stream& stream);
  double inject_shock(State& state, const EventClass& entry, std::uint32_t unit,
                      std::span<const std::uint32_t> aim, sim::Stream& stream);
  double draw_lured(const State& state, const EventClass& entry, const Crowd& crowd,
                    sim::Stream& stream, std::vector<std::uint32_t>& dying);
  double lured_ratio(const State& state, const Crowd& crowd, double kills,
                     std::span<const std::uint32_t> dying,
                     std::span<const std::uint32_t> idle) const;
  std::vector<std::uint32_t> newcomers(const State& state,
                                       topology::Topology::DiskRange place) const;
  void apply_shock(State& state, const EventClass& entry, std::uint32_t unit,
                   std::span<const std::uint32_t> dying, sim::Stream& stream);
  double draw_aimed(const State& state, const EventClass& entry, const Crowd& crowd,
                    std::span<const std::uint32_t> aim, sim::Stream& stream,
                    std::vector<std::uint32_t>& dying);
  std::vector<std::uint32_t> aimed_disks(
      const State& state, topology::Topology::DiskRange place, std::span<const std::uint32_t> aim,
      std::vector<std::span<const std::uint32_t>>& several) const;

  // bursts.cpp: disks that die together and share no part
  void burst(State& state, const EventClass& entry, std::uint32_t site, sim::Stream& stream);
  double inject_burst(State& state, const EventClass& entry, std::uint32_t site,
                      std::span<const std::uint32_t> aim, sim::Stream& stream);
  void apply_burst(State& state, const EventClass& entry, std::uint32_t site,
                   std::vector<std::uint32_t> dying, sim::Stream& stream);

  // emptying.cpp: disks that are emptied before they are taken out, and new ones that are filled
  void foretell(State& state, std::uint32_t disk, sim::Stream& stream);
  void empty_disk(State& state, std::uint32_t disk, std::string_view why);
  void take_out_empty(State& state);
  void take_back(State& state, std::uint32_t disk);
  void leave_home(State& state, std::uint32_t shard);

  // workshop.cpp: people and parts
  void order(State& state, topology::UnitKind kind, std::uint32_t unit, Seconds delivery);
  void call_technician(State& state, Seconds delivery);
  void on_called(State& state);
  void on_visit(State& state);
  void on_delivered(State& state);
  bool take_part(State& state, topology::UnitKind kind);
  void replace(State& state, const Broken& broken);

  // damage.cpp: what is lost
  Seconds until_report(sim::Stream& stream) const;
  Seconds next_reading(const State& state, std::span<const std::uint32_t> disks) const;
  LossEvent* lose_disks(State& state, std::span<const std::uint32_t> disks, topology::Unit cause,
                        Seconds report, sim::Stream& stream);
  Incident& open_incident(State& state, std::uint32_t disk);
  std::vector<std::uint32_t> shards_on(const State& state, std::uint32_t disk) const;
  void look_for_loss(State& state, std::uint32_t first_new, topology::Unit cause);
  double lose_group(State& state, std::uint32_t group, topology::Unit cause);
  /// Shards of a group that are missing.
  struct Missed {
    int before{};
    int now{};
  };
  void hit_group(State& state, std::uint32_t group, std::uint32_t first_new, Missed missed,
                 topology::Unit cause);
  sim::Crossing crossing(const State& state, std::uint32_t group, const codes::ShardSet& set,
                         std::uint32_t first_new);
  void fill_amounts();
  codes::ShardSet missing(const State& state, std::uint32_t group) const;
  Home home_of(const State& state, std::uint32_t shard) const;
  int known_missing(const State& state, std::uint32_t group) const;
  double rebuilt_share(const State& state, std::uint32_t group) const;

  // latent_errors.cpp: what a rebuild meets
  void meet_latent_errors(State& state, const repair::Task& task, Seconds at);
  static void set_sound(State& state, std::uint32_t group, const codes::ShardSet& slots,
                        Seconds at);
  ErrorsMet errors_on(const State& state, std::uint32_t group, std::uint32_t slot,
                      std::uint32_t disk, Seconds at) const;
  void risk(State& state, const repair::Task& task, int depth, const ErrorsMet& met);

  // rebuild.cpp: the planner's actions under way
  KnownView view(const State& state, std::span<const std::uint32_t> refused = {}) const;
  void on_reported(State& state, std::uint32_t id);
  void know_lost(State& state, Incident& incident);
  std::vector<repair::LostShard> lost_shards(const State& state, std::uint32_t id) const;
  void begin_rebuild(State& state, std::uint32_t id);
  void raise_priority(State& state, std::span<const repair::LostShard> reported);
  void settle(State& state);
  void settle(State& state, Job& job);
  void complete(State& state, const repair::Task& task, Seconds at);
  void close_one(State& state, std::uint32_t id, Seconds at);
  void close_incident(State& state, const Incident& incident, Seconds at);
  void on_rebuilt(State& state, std::uint32_t id);
  using TaskTest = std::function<bool(const Job&, const repair::Task&)>;
  void cancel_tasks(State& state, const TaskTest& affected, std::vector<repair::LostShard>& out);
  bool cancel(State& state, Job& job, std::vector<repair::LostShard>& out);
  void drop_hit(Job& job);
  void drop_demands(Job& job);
  static void take_back(State& state, const Job& job, const repair::Task& task,
                        std::vector<repair::LostShard>& out);
  void cancel_writes(State& state, std::span<const std::uint32_t> disks);
  static void replan(State& state, std::span<const repair::LostShard> shards);
  void plan(State& state);
  static std::vector<repair::RebuildAction> one_by_one(
      std::span<const repair::RebuildAction> actions);
  void begin_timed(State& state, std::span<const repair::LostShard> shards);
  void start(State& state, repair::Plan plan, const Incident* timed);
  void count_traffic(const repair::Task& task);
  std::uint32_t gatherer(std::span<const std::uint32_t> reads, std::size_t i) const;
  void add_demand(const repair::RebuildAction& action, const repair::Task& task);
  std::shared_ptr<const std::vector<network::Demand>> demands_of(
      const repair::RebuildAction& action, double& bytes);
  void spread(repair::RebuildAction& action, Job& job) const;
  bool proceeds_evenly(std::span<const network::Demand> demands) const;
  void share_bandwidth(State& state);

  // tickets.cpp: rebuilds of whole disks, by a rule
  bool goes_by_ticket(const State& state, const Incident& incident) const;
  std::vector<std::uint32_t> groups_of(std::vector<std::uint32_t> shards) const;
  std::vector<std::uint32_t> deep_groups(const State& state, std::uint32_t id) const;
  void begin_tickets(State& state, std::uint32_t id);
  void begin_ticket(State& state, const Incident& incident, std::span<const std::uint32_t> off);
  Refusals refusals_now(const State& state) const;
  repair::LostShard take_from(State& state, Job& job, std::uint32_t place);
  void dissolve_tickets(State& state);
  void settle_ticket(State& state, Job& job, Seconds since, double before);
  bool sources_may_lack(const State& state) const;
  bool can_be_made(const State& state, const OpenTicket& open, std::uint32_t place);
  void meet_errors_on_ticket(State& state, const Job& job, const OpenTicket& open,
                             std::uint32_t reached);
  void end_ticket(State& state, Job& job);
  void refuse_dead(State& state, std::span<const std::uint32_t> disks);
  void refuse_writes(State& state, std::span<const std::uint32_t> machines);
  void accept_writes(State& state, std::span<const std::uint32_t> machines) const;
  void forget_on_tickets(State& state, std::uint32_t group);
  void still_missing(const State& state, std::span<const std::uint32_t> shards,
                     const std::function<bool(const Incident&)>& with,
                     std::vector<std::uint32_t>& missing) const;

  // access.cpp: what rebuilds meet that nobody has reported
  bool available(const State& state, Home home) const;
  bool substitute(const State& state, const repair::LostShard& shard);
  void put_off(State& state, const repair::Task& task);
  static std::vector<std::uint32_t> unnoticed(const State& state);
  void retarget(State& state, std::span<const std::uint32_t> dead);
  void redirect(State& state, Job& job, const std::function<bool(std::uint32_t)>& hit,
                const repair::Plan& plan);
  void move_demands(Job& job, const repair::RebuildAction& after,
                    std::span<const std::uint32_t> moved);

  // error_reports.cpp: errors of rebuilds that tell of a dead disk
  static LossEvent* unreported_loss(State& state, Home home);
  template <class Visit>
  void each_dead_source(State& state, const Job& job, const repair::Task& task,
                        const Visit& visit) const;
  void note_errors(State& state, const Job& job, const repair::Task& task);
  void expect_refusals(State& state, const Job& job, const repair::Task& task);
  void await_errors(State& state);
  void on_accessed(State& state, std::uint32_t id);

  // patience.cpp: what is not rebuilt at once, and what is though it is not lost
  void give_up_later(State& state, std::uint32_t machine);
  void on_given_up(State& state, const Event& event);
  void drop_copies(State& state, const std::function<bool(const repair::LostShard&)>& unwanted);
  void hold_back(State& state, std::vector<repair::LostShard>& shards) const;
  void await_hour(State& state);
  /// When what was ordered now stands in its place: people come in their working hours.
  Seconds arrival(const State& state, Seconds delivery) const;

  std::shared_ptr<const Fleet> fleet_;
  std::uint64_t seed_;
  topology::Reachability reachability_;
  network::SharedBandwidth bandwidth_;
  Outcome* outcome_{};
  Observer* observer_{};
  sim::Change* change_{};
  bool looks_for_unreadable_{true};
  std::uint16_t family_{};  ///< of the event that is happening: what it loses is booked there
  std::vector<std::uint32_t> hits_;      ///< groups of the shards just lost, with repeats
  std::vector<std::uint32_t> common_;    ///< shards of theirs that were missing before
  std::vector<double> lost_shares_;      ///< of the groups just lost, in the order of change_->lost
  std::vector<double> demand_of_;        ///< by resource; zero between calls
  std::vector<std::uint32_t> demanded_;  ///< resources that are not zero
  std::vector<std::uint32_t> hit_tasks_;  ///< of one job, by an event
  struct Reads {
    std::vector<std::uint16_t> slots;
    std::vector<std::uint32_t> disks;
  } reads_;  ///< of the task asked about last, see succeeds()
  repair::PlanningSpace planning_;
  codes::CodeMemo code_;
  repair::Stamped<std::uint8_t> absent_;     ///< machines out of reach now: see mark_absent()
  repair::Stamped<std::uint8_t> looked_at_;  ///< groups, by one look for unreadable ones
  mutable std::vector<std::uint32_t> homes_;
};

}  // namespace models::fleet
