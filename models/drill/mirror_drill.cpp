#include "models/drill/mirror_drill.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <utility>

#include "sim/contract.h"
#include "sim/random.h"

namespace models::drill {
namespace {

using gateway::Action;
using gateway::Charter;
using gateway::DirtyMap;
using gateway::EngineId;
using gateway::Fact;
using gateway::leg_bit;
using gateway::LegId;
using gateway::LegSet;
using gateway::Memory;

using Bytes = std::vector<std::byte>;

/// Half of the engines and of the legs stand on either side of a link that may break.
struct Leg {
  bool up{true};
  std::uint32_t side{};
  std::uint64_t generation{};  ///< writes of an older one are refused
  Bytes bytes;
  DirtyMap stale;    ///< regions that this leg has missed; known to the legs in use
  DirtyMap intents;  ///< a write is under way: noted before the first byte
  Leg(std::size_t regions, std::size_t size, std::uint32_t where)
      : side(where), bytes(regions * size), stale(regions), intents(regions) {}
};

struct Engine {
  bool up{true};
  std::uint32_t side{};
  bool takes_writes{};
  Memory memory;
};

class MirrorDrill {
 public:
  MirrorDrill(const MirrorPolicy& policy, const MirrorDrillOptions& options)
      : policy_(policy),
        options_(options),
        stream_(options.seed, sim::Purpose::drill),
        register_({1, 0, (LegSet{1} << options.legs) - 1}),
        expected_(options.regions * options.region_bytes),
        doubtful_(options.regions) {
    for (std::uint32_t leg = 0; leg < options.legs; ++leg) {
      legs_.emplace_back(options.regions, options.region_bytes, 2 * leg / options.legs);
    }
    for (EngineId i = 0; i < options.engines; ++i) {
      Engine engine;
      engine.side = 2 * i / options.engines;
      engine.memory.self = i;
      engine.memory.charter = register_.charter();
      engines_.push_back(engine);
    }
    engines_[0].memory.role = gateway::Role::primary;
    engines_[0].memory.serving = true;
    engines_[0].takes_writes = true;
    for (Leg& leg : legs_) leg.generation = 1;
  }

  MirrorDrillResult run() {
    for (step_ = 0; step_ < options_.steps; ++step_) {
      disturb();
      write_some();
      beat();
      compare();
    }
    return std::move(result_);
  }

 private:
  bool reaches(const Engine& engine, const Leg& leg) const {
    return engine.up && leg.up && (link_up_ || engine.side == leg.side);
  }
  bool sees(const Engine& a, const Engine& b) const {
    return a.up && b.up && (link_up_ || a.side == b.side);
  }
  Bytes::iterator place(Leg& leg, std::size_t region) const {
    return leg.bytes.begin() + static_cast<std::ptrdiff_t>(region * options_.region_bytes);
  }

  void complain(std::string what) {
    ++result_.violation_count;
    if (result_.violations.size() < 5) {
      result_.violations.push_back(fmt::format("step {}: {}", step_, what));
    }
  }

  void tell(EngineId id, const Fact& fact) {
    Engine& engine = engines_[id];
    if (!engine.up) return;
    const Seconds now{static_cast<double>(step_)};
    for (const Action& action : policy_.decide(engine.memory, fact, now)) {
      std::visit([&](const auto& one) { carry_out(id, one); }, action);
    }
  }

  // What the register says reaches an engine unless the register is away.
  void carry_out(EngineId id, const gateway::Read& /*read*/) {
    if (register_up_)
      later_.push_back({id, gateway::Quorum{gateway::Quorum::Answer::denied, register_.charter()}});
  }
  void carry_out(EngineId id, const gateway::Propose& proposal) {
    using enum gateway::Quorum::Answer;
    gateway::Quorum answer{silent, {}};
    if (register_up_) {
      const bool granted_now = register_.propose(proposal.next);
      answer = {granted_now ? granted : denied, register_.charter()};
    }
    later_.push_back({id, answer});
  }
  void carry_out(EngineId id, const gateway::Fence& fence) {
    for (Leg& leg : legs_) {
      if (reaches(engines_[id], leg)) leg.generation = std::max(leg.generation, fence.generation);
    }
    later_.push_back({id, gateway::Fenced{}});
  }
  void carry_out(EngineId id, const gateway::Promote& /*promote*/) {
    engines_[id].takes_writes = true;
    ++result_.takeovers;
    // From now on a host may read from either.
    const Leg* model = model_for(engines_[id]);
    for (LegId l = 0; l < legs_.size(); ++l) {
      if (model == nullptr || !gateway::has(engines_[id].memory.charter.current, l)) continue;
      if (reaches(engines_[id], legs_[l]) && legs_[l].bytes != model->bytes) {
        complain(fmt::format("engine {} is promoted over legs that differ", id));
      }
    }
  }
  // One current leg is the model for the others.
  void carry_out(EngineId id, const gateway::Reconcile& /*reconcile*/) {
    Leg* model = model_for(engines_[id]);
    if (model == nullptr) return;
    for (std::size_t region = 0; region < options_.regions; ++region) {
      if (!any_intent(region)) continue;
      for (LegId l = 0; l < legs_.size(); ++l) level(id, *model, l, region);
      settle(*model, region);
      model->intents.clear(region);
    }
  }
  void level(EngineId id, Leg& model, LegId l, std::size_t region) {
    Leg& leg = legs_[l];
    if (&leg == &model) return;
    if (!gateway::has(engines_[id].memory.charter.current, l)) {
      leg.stale.note(region);
    } else if (reaches(engines_[id], leg)) {
      copy(model, leg, region);
      leg.intents.clear(region);
    }
  }
  void carry_out(EngineId /*id*/, const gateway::Switch& /*paths*/) {}
  void carry_out(EngineId /*id*/, const gateway::Detach& detach) {
    // A write that was under way may or may not be on it.
    Leg& leg = legs_[detach.leg];
    for (std::size_t region = 0; region < options_.regions; ++region) {
      if (any_intent(region)) leg.stale.note(region);
    }
  }
  void carry_out(EngineId /*id*/, const gateway::Resync& /*resync*/) {}
  void carry_out(EngineId /*id*/, const gateway::Attach& /*attach*/) { ++result_.resyncs; }
  void carry_out(EngineId id, const gateway::Stop& /*stop*/) { engines_[id].takes_writes = false; }
  void carry_out(EngineId id, const gateway::WakeAt& /*wake*/) { wake_.push_back(id); }

  bool any_intent(std::size_t region) const {
    return std::ranges::any_of(legs_, [&](const Leg& l) { return l.intents.noted(region); });
  }

  void copy(Leg& from, Leg& to, std::size_t region) {
    std::copy_n(place(from, region), options_.region_bytes, place(to, region));
    ++result_.regions_copied;
  }

  /// A write that was never acknowledged holds or does not; what is there now is what it is.
  void settle(Leg& leg, std::size_t region) {
    if (!doubtful_.noted(region)) return;
    std::copy_n(place(leg, region), options_.region_bytes,
                expected_.begin() + static_cast<std::ptrdiff_t>(region * options_.region_bytes));
    doubtful_.clear(region);
  }

  void deliver() {
    while (!later_.empty()) {
      const auto [id, fact] = later_.front();
      later_.pop_front();
      tell(id, fact);
    }
  }

  void disturb() {
    const std::uint64_t kinds = 10;
    ++result_.faults;
    switch (stream_.below(kinds)) {
      case 0:
      case 1:
        return flip_engine(static_cast<EngineId>(stream_.below(engines_.size())));
      case 2:
      case 3:
        return flip_leg(static_cast<LegId>(stream_.below(legs_.size())));
      case 4:
        return flip_link();
      case 5:
        register_up_ = !register_up_ || stream_.below(4) != 0;
        return;
      default:
        --result_.faults;
        copy_some();
    }
  }

  void flip_engine(EngineId id) {
    Engine& engine = engines_[id];
    engine.up = !engine.up;
    engine.takes_writes = false;
    if (!engine.up) return;
    tell(id, gateway::Booted{});
    for (LegId l = 0; l < legs_.size(); ++l) tell_leg(id, l);
    deliver();
  }

  void tell_leg(EngineId id, LegId l) {
    if (reaches(engines_[id], legs_[l])) {
      tell(id, gateway::Returned{l});
    } else {
      tell(id, gateway::PathDown{l});
    }
  }

  void flip_leg(LegId l) {
    legs_[l].up = !legs_[l].up;
    // A write may find out first.
    if (stream_.below(2) == 0) write_some();
    for (EngineId id = 0; id < engines_.size(); ++id) tell_leg(id, l);
    deliver();
  }

  void flip_link() {
    link_up_ = !link_up_;
    if (stream_.below(2) == 0) write_some();
    for (EngineId id = 0; id < engines_.size(); ++id) {
      for (LegId l = 0; l < legs_.size(); ++l) tell_leg(id, l);
    }
    deliver();
  }

  /// Heartbeats and retries.
  void beat() {
    for (EngineId id = 0; id < engines_.size(); ++id) {
      const Memory& memory = engines_[id].memory;
      const EngineId holder = memory.charter.holder;
      const bool missed = holder != id && !sees(engines_[id], engines_[holder]);
      if (missed) tell(id, gateway::Missed{holder});
    }
    std::vector<EngineId> woken;
    std::swap(woken, wake_);
    for (const EngineId id : woken) tell(id, gateway::Woken{});
    for (EngineId id = 0; id < engines_.size(); ++id) {
      if (engines_[id].memory.role == gateway::Role::follower && stream_.below(4) == 0) {
        tell(id, gateway::Woken{});
      }
    }
    deliver();
  }

  void copy_some() {
    for (EngineId id = 0; id < engines_.size(); ++id) {
      Engine& engine = engines_[id];
      if (!engine.up || !engine.takes_writes) continue;
      for (LegId l = 0; l < legs_.size(); ++l) {
        if (gateway::has(engine.memory.resyncing, l) && reaches(engine, legs_[l])) resync(id, l);
      }
    }
    deliver();
  }

  Leg* model_for(const Engine& engine) {
    for (LegId l = 0; l < legs_.size(); ++l) {
      if (gateway::has(engine.memory.charter.current, l) && reaches(engine, legs_[l])) {
        return &legs_[l];
      }
    }
    return nullptr;
  }

  void resync(EngineId id, LegId l) {
    constexpr int regions_a_round = 16;
    Leg& leg = legs_[l];
    if (leg.generation > engines_[id].memory.charter.generation) {
      tell(id, gateway::Refused{});
      return;
    }
    std::size_t from = 0;
    for (int i = 0; i < regions_a_round; ++i) {
      const auto region = policy_.next_region(leg.stale, from);
      if (!region) {
        tell(id, gateway::Resynced{l});
        return;
      }
      Leg* model = model_for(engines_[id]);
      if (model == nullptr) return;
      copy(*model, leg, *region);
      leg.stale.clear(*region);
      leg.intents.clear(*region);
      leg.generation = std::max(leg.generation, engines_[id].memory.charter.generation);
      from = *region + 1;
    }
  }

  void write_some() {
    constexpr int writes_a_step = 4;
    for (int i = 0; i < writes_a_step; ++i) {
      const std::size_t region = stream_.below(options_.regions);
      Bytes content(options_.region_bytes);
      const std::uint64_t pattern = stream_.bits();
      for (std::size_t b = 0; b < content.size(); ++b) {
        content[b] = static_cast<std::byte>((pattern >> (b % 8 * 8)) + b / 8);
      }
      ++result_.writes;
      int takers = 0;
      for (EngineId id = 0; id < engines_.size(); ++id) {
        if (engines_[id].up && engines_[id].takes_writes) takers += write(id, region, content);
      }
      if (takers == 0) ++result_.refused;
      if (takers > 1) complain("two engines acknowledged a write: split brain");
    }
  }

  /// 1 if it was acknowledged. Some writes are cut short: the engine dies between two legs.
  int write(EngineId id, std::size_t region, const Bytes& content) {
    Engine& engine = engines_[id];
    const Memory& memory = engine.memory;
    const LegSet targets = (memory.charter.current | memory.resyncing) & ~memory.silent;
    const bool dies = stream_.below(400) == 0;
    std::vector<LegId> in_reach;
    for (LegId l = 0; l < legs_.size(); ++l) {
      if (!gateway::has(targets, l) || !reaches(engine, legs_[l])) continue;
      if (legs_[l].generation > memory.charter.generation) {
        tell(id, gateway::Refused{});
        deliver();
        return 0;
      }
      in_reach.push_back(l);
    }
    for (const LegId l : in_reach) legs_[l].intents.note(region);
    LegSet written = 0;
    for (const LegId l : in_reach) {
      std::ranges::copy(content, place(legs_[l], region));
      written |= leg_bit(l);
      if (dies) break;
    }
    note_missed(id, written, region);
    const bool acknowledged = policy_.may_acknowledge(engine.memory, written);
    if (written != 0) doubtful_.note(region);
    if (acknowledged) acknowledge(written, region, content);
    if (dies) {
      engine.up = false;
      engine.takes_writes = false;
    }
    return acknowledged ? 1 : 0;
  }

  void note_missed(EngineId id, LegSet written, std::size_t region) {
    if (written == 0) return;
    const Memory& memory = engines_[id].memory;
    for (LegId l = 0; l < legs_.size(); ++l) {
      if (gateway::has(written, l) || gateway::has(memory.charter.current, l)) continue;
      legs_[l].stale.note(region);
      if (gateway::has(memory.resyncing, l)) tell(id, gateway::PathDown{l});
    }
  }

  void acknowledge(LegSet written, std::size_t region, const Bytes& content) {
    ++result_.acknowledged;
    std::ranges::copy(
        content, expected_.begin() + static_cast<std::ptrdiff_t>(region * options_.region_bytes));
    doubtful_.clear(region);
    for (LegId l = 0; l < legs_.size(); ++l) {
      if (gateway::has(written, l)) legs_[l].intents.clear(region);
    }
  }

  /// What a host would read from each leg that counts as current.
  void compare() {
    const Charter& charter = register_.charter();
    for (LegId l = 0; l < legs_.size(); ++l) {
      if (!gateway::has(charter.current, l)) continue;
      compare(l, charter);
    }
  }

  void compare(LegId l, const Charter& charter) {
    for (std::size_t region = 0; region < options_.regions; ++region) {
      if (doubtful_.noted(region)) continue;
      result_.bytes_compared += options_.region_bytes;
      const auto first =
          expected_.begin() + static_cast<std::ptrdiff_t>(region * options_.region_bytes);
      if (std::equal(first, first + static_cast<std::ptrdiff_t>(options_.region_bytes),
                     place(legs_[l], region))) {
        continue;
      }
      complain(fmt::format("leg {} is current (generation {}), region {} is not as acknowledged", l,
                           charter.generation, region));
    }
  }

  const MirrorPolicy& policy_;
  const MirrorDrillOptions& options_;
  sim::Stream stream_;
  gateway::QuorumRegister register_;
  Bytes expected_;
  DirtyMap doubtful_;  ///< regions with a write that was not acknowledged: either state is right
  std::vector<Leg> legs_;
  std::vector<Engine> engines_;
  std::deque<std::pair<EngineId, Fact>> later_;
  std::vector<EngineId> wake_;
  bool link_up_{true};
  bool register_up_{true};
  int step_{};
  MirrorDrillResult result_;
};

}  // namespace

MirrorPolicy policy_of(const gateway::FailoverController& controller) {
  return {[&controller](Memory& memory, const Fact& fact, Seconds now) {
            return controller.decide(memory, fact, now);
          },
          [&controller](const Memory& memory, LegSet written) {
            return controller.may_acknowledge(memory, written);
          },
          [](const DirtyMap& map, std::size_t from) { return map.next(from); }};
}

MirrorDrillResult drill_mirror(const MirrorPolicy& policy, const MirrorDrillOptions& options) {
  EXPECTS(options.engines >= 1 && options.legs >= 1 && options.legs <= 8);
  EXPECTS(options.regions >= 1 && options.region_bytes >= 1);
  return MirrorDrill(policy, options).run();
}

}  // namespace models::drill
