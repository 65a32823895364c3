#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/gateway/failover_controller.h"
#include "models/paths/path_laws.h"
#include "sim/event_queue.h"
#include "sim/random.h"

/// Parts fail and come back over years; every engine runs the FailoverController, and its decisions
/// take the times of the scenario. Who is served, when, and if not, which part began it.
namespace models::paths {

/// What one service went through.
struct ServiceLog {
  std::array<double, part_kinds> down_seconds{};  ///< by the part that began it
  std::array<std::uint32_t, part_kinds> interruptions{};
  double no_path_seconds{};  ///< of these, without any path: the structure alone
  double longest{};          ///< seconds
  double down() const {
    double sum = 0;
    for (const double seconds : down_seconds) sum += seconds;
    return sum;
  }
};

class ServiceMission {
 public:
  enum class Failures : std::uint8_t { natural, injected_only };
  ServiceMission(const PathModel& model, const PathLaws& laws, const scenario::Paths& spec,
                 std::uint64_t seed, std::uint64_t replicate, Failures failures);

  /// Planned maintenance, from the first turn on. What is taken out for it is not drained first:
  /// for hosts and engines it fails. @pre before play(); the rotas live as long as this
  void maintain(const std::vector<PathRota>& rotas);

  /// The part fails at `at` and is back after a time of its law.
  void inject(std::uint32_t part, Seconds at);
  /// Until then; interruptions under way are booked as far as they go.
  void play(Seconds until);
  const std::vector<ServiceLog>& logs() const { return logs_; }
  bool all_served() const;
  /// Has an array come back and not yet caught up?
  bool resynchronising() const;
  /// Seconds during which two engines took writes at once.
  double split_seconds() const { return split_seconds_; }

 private:
  enum class Kind : std::uint8_t {
    fails,
    returns,
    maintained,  ///< the next of a rota has its turn
    finished,    ///< and is back
    fact,
    silent_leg,
    heartbeat,
    promoted,
    look,
  };
  struct Event {
    Kind kind{};
    PartKind cause{};
    std::uint32_t part{};  ///< or the engine, or the rota
    std::uint32_t
        boots{};  ///< of the engine: what was meant for an earlier run is dropped; or turns
    gateway::LegId leg{};
    gateway::Fact fact{};
    bool is_proposal{};
    gateway::Charter charter{};
  };
  struct Engine {
    gateway::Memory memory;
    bool operating{true};
    bool promoted{};
    std::uint32_t boots{};
    std::vector<char> reaches;
  };
  struct State {
    bool served{true};
    bool io{true};
    Seconds since{};
    Seconds io_since{};
    Seconds restarted{};  ///< end of the restart that is under way
    Seconds takeover{};
    PartKind cause{};
  };

  void handle(const Event& event);
  void fail(const Event& event);
  void take_turn(const Event& event);
  void change(std::uint32_t part, bool up, PartKind cause);
  void refresh_engine(std::uint32_t engine, PartKind cause);
  void refresh_legs(std::uint32_t engine, bool fresh, PartKind cause);
  void stall_hosts(const Part& part);
  void stall(std::uint32_t host, Seconds until);
  void take_over(std::uint32_t host);
  void watch_holder(std::uint32_t engine, PartKind cause);
  void tell(std::uint32_t engine, const gateway::Fact& fact, PartKind cause);
  void answer(const Event& event);
  void later(Seconds delay, Event event);
  Seconds draw(const sim::Distribution& time) { return time.sample(times_); }

  void carry_out(std::uint32_t engine, const gateway::Read& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Propose& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Fence& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Promote& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Reconcile& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Switch& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Detach& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Resync& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Attach& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::Stop& action, PartKind cause);
  void carry_out(std::uint32_t engine, const gateway::WakeAt& action, PartKind cause);

  bool part_up(std::uint32_t part) const { return !lost_.test(part); }
  bool works(std::uint32_t engine) const;
  bool leg_answers(std::uint32_t leg) const;
  bool link_up() const;
  bool engine_reaches(std::uint32_t engine, std::uint32_t leg) const;
  bool sees(std::uint32_t engine, std::uint32_t other) const;
  bool takes_writes(std::uint32_t engine) const;
  std::uint32_t site_of(std::uint32_t engine) const;
  bool io_of(const Service& service, const Up& reached) const;
  void look(PartKind cause);
  void judge(std::uint32_t service, const Up& reached, PartKind cause);
  void account(Seconds until);

  /// Wait before a tie-breaker that did not answer is asked again: a decision.
  static constexpr Seconds retry{5};

  const PathModel& model_;
  const PathLaws& laws_;
  const scenario::Paths& spec_;
  gateway::FailoverController controller_;
  gateway::QuorumRegister register_;
  std::vector<sim::Stream> lives_;
  sim::Stream times_;
  Failures failures_;
  sim::EventQueue<Event> queue_;
  Seconds now_{};
  PartSet lost_;
  PartSet maintained_;  ///< of these, those out for maintenance
  const std::vector<PathRota>* rotas_{};
  Up up_;
  std::uint32_t quorum_{};
  std::vector<Engine> engines_;
  std::vector<Seconds> stalled_;  ///< by part: a host's input and output stand still until then
  std::vector<double> dirty_;     ///< bytes by leg, as of dirty_since_
  std::vector<Seconds> dirty_since_;
  std::vector<char> missing_;  ///< legs that miss what is written
  std::vector<State> states_;
  std::vector<char> has_path_;
  std::vector<ServiceLog> logs_;
  double split_seconds_{};
  Seconds accounted_{};
};

}  // namespace models::paths
