// What happens to the parts of the mirror, what engines are told and what they do.
#include "models/drill/mirror_course.h"

#include <fmt/format.h>

#include <algorithm>

namespace models::drill {

using gateway::LegSet;

MirrorCourse::MirrorCourse(const MirrorPolicy& policy, const MirrorDrillOptions& options)
    : policy_(policy),
      options_(options),
      stream_(0, sim::Purpose::drill),
      register_({1, 0, (LegSet{1} << options.legs) - 1}),
      expected_(options.regions * options.region_bytes),
      doubtful_(options.regions) {
  for (std::uint32_t leg = 0; leg < options.legs; ++leg) {
    legs_.emplace_back(options.regions, options.region_bytes, 2 * leg / options.legs);
    legs_.back().generation = 1;
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
  result_.missions = 1;
}

MirrorDrillResult MirrorCourse::run(const MirrorSchedule& schedule) {
  for (const MirrorStep& step : schedule) {
    if (!result_.passed()) break;
    take(step);
  }
  if (result_.passed()) finish();
  return std::move(result_);
}

std::array<MirrorCourse::Handler, mirror_step_kinds> MirrorCourse::handlers() {
  return {&MirrorCourse::lose_engine,      &MirrorCourse::start_engine,
          &MirrorCourse::lose_leg,         &MirrorCourse::bring_leg_back,
          &MirrorCourse::lose_link,        &MirrorCourse::bring_link_back,
          &MirrorCourse::lose_tie_breaker, &MirrorCourse::bring_tie_breaker_back,
          &MirrorCourse::crash_write,      &MirrorCourse::crash_takeover,
          &MirrorCourse::crash_resync,     &MirrorCourse::copy_round};
}

void MirrorCourse::take(const MirrorStep& step) {
  static const auto table = handlers();
  const auto kind = static_cast<std::size_t>(step.kind);
  ++result_.steps;
  after_ = fmt::format("step {} ({})", result_.steps, text_of(MirrorSchedule{step}));
  stream_ = sim::Stream(step.draw, sim::Purpose::drill, {step.target, kind, 0, 0});
  if ((this->*table[kind])(step)) ++result_.happened[kind];
  write_some();
  beat();
  actions_left_.reset();
  write_dies_.reset();
  copy_dies_.reset();
  compare();
}

/// All is back: a mirror that hangs would not become whole again.
void MirrorCourse::finish() {
  after_ = "the end, when all is back";
  bring_tie_breaker_back({});
  set_link(true);
  for (LegId leg = 0; leg < legs_.size(); ++leg) set_leg(leg, true);
  for (EngineId id = 0; id < engines_.size(); ++id) start_engine({{}, id, 0});
  // Each round copies a quarter of the regions, and takes one answer of the tie-breaker further.
  constexpr int rounds = 40;
  for (int round = 0; round < rounds; ++round) {
    beat();
    copy_some();
  }
  write_some();
  compare();
  const auto serving = std::ranges::count_if(
      engines_, [](const Engine& engine) { return engine.takes_writes && engine.up; });
  if (serving != 1) complain(fmt::format("{} engines serve", serving));
  const LegSet all = (LegSet{1} << legs_.size()) - 1;
  if (charter_in_force().current != all) complain("a leg has not been brought back");
}

bool MirrorCourse::lose_engine(const MirrorStep& step) {
  Engine& engine = engines_[step.target % engines_.size()];
  if (!engine.up) return false;
  engine.up = engine.takes_writes = false;
  return true;
}

bool MirrorCourse::start_engine(const MirrorStep& step) {
  const auto id = static_cast<EngineId>(step.target % engines_.size());
  Engine& engine = engines_[id];
  if (engine.up) return false;
  engine.up = true;
  tell(id, gateway::Booted{});
  for (LegId leg = 0; leg < legs_.size(); ++leg) tell_leg(id, leg);
  deliver();
  return true;
}

bool MirrorCourse::lose_leg(const MirrorStep& step) {
  const auto leg = static_cast<LegId>(step.target % legs_.size());
  if (!legs_[leg].up) return false;
  set_leg(leg, false);
  return true;
}

bool MirrorCourse::bring_leg_back(const MirrorStep& step) {
  const auto leg = static_cast<LegId>(step.target % legs_.size());
  if (legs_[leg].up) return false;
  set_leg(leg, true);
  return true;
}

bool MirrorCourse::lose_link(const MirrorStep& /*step*/) {
  if (!link_up_) return false;
  set_link(false);
  return true;
}

bool MirrorCourse::bring_link_back(const MirrorStep& /*step*/) {
  if (link_up_) return false;
  set_link(true);
  return true;
}

bool MirrorCourse::lose_tie_breaker(const MirrorStep& /*step*/) {
  return std::exchange(register_up_, false);
}

bool MirrorCourse::bring_tie_breaker_back(const MirrorStep& /*step*/) {
  return !std::exchange(register_up_, true);
}

bool MirrorCourse::crash_write(const MirrorStep& /*step*/) {
  write_dies_ = static_cast<std::uint32_t>(stream_.below(2 * legs_.size() + 1));
  return true;
}

bool MirrorCourse::crash_takeover(const MirrorStep& /*step*/) {
  // Propose, fence, propose, detach, reconcile, promote, switch; and a little more.
  constexpr std::uint64_t actions = 9;
  actions_left_ = static_cast<std::uint32_t>(stream_.below(actions));
  const EngineId holder = charter_in_force().holder;
  if (engines_[holder].up) die(engines_[holder]);
  return true;
}

bool MirrorCourse::crash_resync(const MirrorStep& /*step*/) {
  copy_dies_ = static_cast<std::uint32_t>(stream_.below(16));
  copy_some();
  return !copy_dies_;
}

bool MirrorCourse::copy_round(const MirrorStep& /*step*/) {
  const std::uint64_t before = result_.regions_copied;
  copy_some();
  return result_.regions_copied != before;
}

void MirrorCourse::set_leg(LegId leg, bool up) {
  legs_[leg].up = up;
  // A write may find out first.
  if (stream_.below(2) == 0) write_some();
  for (EngineId id = 0; id < engines_.size(); ++id) tell_leg(id, leg);
  deliver();
}

void MirrorCourse::set_link(bool up) {
  link_up_ = up;
  if (stream_.below(2) == 0) write_some();
  for (EngineId id = 0; id < engines_.size(); ++id) {
    for (LegId leg = 0; leg < legs_.size(); ++leg) tell_leg(id, leg);
  }
  deliver();
}

/// Heartbeats and retries.
void MirrorCourse::beat() {
  for (EngineId id = 0; id < engines_.size(); ++id) {
    const EngineId holder = engines_[id].memory.charter.holder;
    if (holder != id && !sees(engines_[id], engines_[holder])) tell(id, gateway::Missed{holder});
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

void MirrorCourse::tell_leg(EngineId id, LegId leg) {
  if (reaches(engines_[id], legs_[leg])) {
    tell(id, gateway::Returned{leg});
  } else {
    tell(id, gateway::PathDown{leg});
  }
}

void MirrorCourse::tell(EngineId id, const gateway::Fact& fact) {
  Engine& engine = engines_[id];
  if (!engine.up) return;
  const Seconds now{static_cast<double>(result_.steps)};
  for (const gateway::Action& action : policy_.decide(engine.memory, fact, now)) {
    if (dies_now(id, action)) return;
    std::visit([&](const auto& one) { carry_out(id, one); }, action);
  }
}

void MirrorCourse::deliver() {
  while (!later_.empty()) {
    const auto [id, fact] = later_.front();
    later_.pop_front();
    tell(id, fact);
  }
}

/// Does the engine die instead of doing this, or half-way through?
bool MirrorCourse::dies_now(EngineId id, const gateway::Action& action) {
  if (!actions_left_ || (*actions_left_)-- > 0) return false;
  actions_left_.reset();
  if (std::holds_alternative<gateway::Reconcile>(action)) {
    reconcile(id, static_cast<std::size_t>(stream_.below(options_.regions)));
  }
  die(engines_[id]);
  return true;
}

void MirrorCourse::die(Engine& engine) {
  engine.up = engine.takes_writes = false;
  ++result_.crashes;
}

// What the register says reaches an engine unless the register is away.
void MirrorCourse::carry_out(EngineId id, const gateway::Read& /*action*/) {
  if (!register_up_) return;
  later_.emplace_back(id, gateway::Quorum{gateway::Quorum::Answer::denied, register_.charter()});
}

void MirrorCourse::carry_out(EngineId id, const gateway::Propose& action) {
  using enum gateway::Quorum::Answer;
  gateway::Quorum answer{silent, {}};
  if (register_up_) {
    const bool granted_now = register_.propose(action.next);
    answer = {granted_now ? granted : denied, register_.charter()};
  }
  later_.emplace_back(id, answer);
}

void MirrorCourse::carry_out(EngineId id, const gateway::Fence& action) {
  for (Leg& leg : legs_) {
    if (reaches(engines_[id], leg)) leg.generation = std::max(leg.generation, action.generation);
  }
  later_.emplace_back(id, gateway::Fenced{});
}

void MirrorCourse::carry_out(EngineId id, const gateway::Promote& /*action*/) {
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

void MirrorCourse::carry_out(EngineId id, const gateway::Reconcile& /*action*/) {
  reconcile(id, options_.regions);
}

void MirrorCourse::carry_out(EngineId /*id*/, const gateway::Switch& /*action*/) {}

void MirrorCourse::carry_out(EngineId /*id*/, const gateway::Detach& action) {
  // A write that was under way may or may not be on it.
  Leg& leg = legs_[action.leg];
  for (std::size_t region = 0; region < options_.regions; ++region) {
    if (any_intent(region)) leg.stale.note(region);
  }
}

void MirrorCourse::carry_out(EngineId /*id*/, const gateway::Resync& /*action*/) {}

void MirrorCourse::carry_out(EngineId /*id*/, const gateway::Attach& /*action*/) {
  ++result_.resyncs;
}

void MirrorCourse::carry_out(EngineId id, const gateway::Stop& /*action*/) {
  engines_[id].takes_writes = false;
}

void MirrorCourse::carry_out(EngineId id, const gateway::WakeAt& /*action*/) {
  wake_.push_back(id);
}

}  // namespace models::drill
