#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/drill/mirror_drill.h"

namespace models::drill {

/// One schedule of the mirror's drill under way. Half of the engines and of the legs stand on
/// either side of a link that may break.
class MirrorCourse {
 public:
  MirrorCourse(const MirrorPolicy& policy, const MirrorDrillOptions& options);
  MirrorCourse(const MirrorCourse&) = delete;
  MirrorCourse& operator=(const MirrorCourse&) = delete;

  /// @pre called once
  MirrorDrillResult run(const MirrorSchedule& schedule);

 private:
  using Bytes = std::vector<std::byte>;
  using EngineId = gateway::EngineId;
  using LegId = gateway::LegId;

  struct Leg {
    bool up{true};
    std::uint32_t side{};
    std::uint64_t generation{};  ///< writes of an older one are refused
    Bytes bytes;
    gateway::DirtyMap stale;    ///< regions that this leg has missed; known to the legs in use
    gateway::DirtyMap intents;  ///< a write is under way: noted before the first byte
    Leg(std::size_t regions, std::size_t size, std::uint32_t where)
        : side(where), bytes(regions * size), stale(regions), intents(regions) {}
  };
  struct Engine {
    bool up{true};
    std::uint32_t side{};
    bool takes_writes{};
    gateway::Memory memory;
  };

  // What a kind of step does; false where it finds nothing to do it to.
  using Handler = bool (MirrorCourse::*)(const MirrorStep&);
  static std::array<Handler, mirror_step_kinds> handlers();  ///< in the order of MirrorStepKind
  bool lose_engine(const MirrorStep& step);
  bool start_engine(const MirrorStep& step);
  bool lose_leg(const MirrorStep& step);
  bool bring_leg_back(const MirrorStep& step);
  bool lose_link(const MirrorStep& step);
  bool bring_link_back(const MirrorStep& step);
  bool lose_tie_breaker(const MirrorStep& step);
  bool bring_tie_breaker_back(const MirrorStep& step);
  bool crash_write(const MirrorStep& step);
  bool crash_takeover(const MirrorStep& step);
  bool crash_resync(const MirrorStep& step);
  bool copy_round(const MirrorStep& step);

  void take(const MirrorStep& step);
  void finish();
  void set_leg(LegId leg, bool up);
  void set_link(bool up);
  void beat();

  // Facts to engines, actions from them.
  void tell(EngineId id, const gateway::Fact& fact);
  void tell_leg(EngineId id, LegId leg);
  void deliver();
  bool dies_now(EngineId id, const gateway::Action& action);
  void die(Engine& engine);
  void carry_out(EngineId id, const gateway::Read& action);
  void carry_out(EngineId id, const gateway::Propose& action);
  void carry_out(EngineId id, const gateway::Fence& action);
  void carry_out(EngineId id, const gateway::Promote& action);
  void carry_out(EngineId id, const gateway::Reconcile& action);
  void carry_out(EngineId id, const gateway::Switch& action);
  void carry_out(EngineId id, const gateway::Detach& action);
  void carry_out(EngineId id, const gateway::Resync& action);
  void carry_out(EngineId id, const gateway::Attach& action);
  void carry_out(EngineId id, const gateway::Stop& action);
  void carry_out(EngineId id, const gateway::WakeAt& action);

  // Bytes.
  bool reaches(const Engine& engine, const Leg& leg) const;
  bool sees(const Engine& a, const Engine& b) const;
  Bytes::iterator place(Leg& leg, std::size_t region) const;
  void reconcile(EngineId id, std::size_t regions);
  void level(EngineId id, Leg& model, LegId l, std::size_t region);
  void copy(Leg& from, Leg& to, std::size_t region);
  void copy_half(Leg& from, Leg& to, std::size_t region);
  void settle(Leg& leg, std::size_t region);
  bool any_intent(std::size_t region) const;
  Leg* model_for(const Engine& engine);
  void copy_some();
  void resync(EngineId id, LegId l);
  void write_some();
  int write(EngineId id, std::size_t region, const Bytes& content);
  bool reach_targets(EngineId id, std::vector<LegId>& targets);
  /// Legs that a write came to, and those that have all of it.
  struct Written {
    gateway::LegSet touched{};
    gateway::LegSet whole{};
  };
  Written put(Engine& engine, const std::vector<LegId>& targets, std::size_t region,
              const Bytes& content);
  void note_missed(EngineId id, gateway::LegSet written, std::size_t region);
  void acknowledge(gateway::LegSet written, std::size_t region, const Bytes& content);
  gateway::Charter charter_in_force() const;
  void compare();
  void compare(LegId l, const gateway::Charter& charter);
  void complain(std::string what);

  const MirrorPolicy& policy_;
  const MirrorDrillOptions& options_;
  sim::Stream stream_;  ///< of the step under way
  gateway::QuorumRegister register_;
  Bytes expected_;
  gateway::DirtyMap doubtful_;  ///< regions with a write that was not acknowledged: either is right
  std::vector<Leg> legs_;
  std::vector<Engine> engines_;
  std::deque<std::pair<EngineId, gateway::Fact>> later_;
  std::vector<EngineId> wake_;
  bool link_up_{true};
  bool register_up_{true};
  std::optional<std::uint32_t> actions_left_;  ///< then who acts dies
  std::optional<std::uint32_t> write_dies_;    ///< in the next write, after so many halves of legs
  std::optional<std::uint32_t> copy_dies_;     ///< in the copy of this region of a round
  std::string after_;
  MirrorDrillResult result_;
};

}  // namespace models::drill
