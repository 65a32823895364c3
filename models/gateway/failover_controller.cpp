#include "models/gateway/failover_controller.h"

#include <bit>

namespace models::gateway {

/// One call of decide(): facts are told one at a time, actions pile up in their order.
struct FailoverController::Decision {
  const FailoverController& policy;
  Memory& memory;
  Seconds now;
  Actions actions;

  bool is_holder() const { return memory.charter.holder == memory.self; }

  void propose(const Charter& next) {
    memory.pending = next;
    if (policy.arbitration_ == Arbitration::none) {
      (*this)(Quorum{Quorum::Answer::granted, next});
    } else {
      actions.emplace_back(Propose{next});
    }
  }

  /// Legs that fell silent are given up as long as one is left; legs that answer are brought back.
  void settle_legs() {
    if (memory.role != Role::primary) return;
    const LegSet answering = memory.charter.current & ~memory.silent;
    if (answering == 0) return;
    resync_all(policy.legs_ & ~memory.charter.current & ~memory.silent & ~memory.resyncing);
    const LegSet wanted = answering | memory.copied;
    if (memory.pending) return;
    if (wanted != memory.charter.current) {
      return propose({memory.charter.generation + 1, memory.self, wanted});
    }
    promote();
  }

  /// Only now: a leg that is out of reach and still counts as current may hold another end of a
  /// write that was under way.
  void promote() {
    if (memory.serving) return;
    memory.serving = true;
    actions.emplace_back(Reconcile{});
    actions.emplace_back(Promote{});
    actions.emplace_back(Switch{});
  }

  void step_down() {
    memory.serving = false;
    memory.resyncing = 0;
    memory.copied = 0;
    memory.pending.reset();
  }

  void resync_all(LegSet legs) {
    memory.resyncing |= legs;
    for (; legs != 0; legs &= legs - 1) {
      actions.emplace_back(Resync{static_cast<LegId>(std::countr_zero(legs))});
    }
  }

  void operator()(const Booted& /*fact*/) {
    const EngineId self = memory.self;
    memory = Memory{};
    memory.self = self;
    actions.emplace_back(Read{});
  }

  void operator()(const Missed& missed) {
    if (memory.role != Role::follower || missed.peer != memory.charter.holder) return;
    if (is_holder()) return;
    memory.role = Role::asking;
    propose({memory.charter.generation + 1, memory.self, memory.charter.current});
  }

  void operator()(const PathDown& down) {
    memory.silent |= leg_bit(down.leg);
    memory.resyncing &= ~leg_bit(down.leg);
    memory.copied &= ~leg_bit(down.leg);
    settle_legs();
  }

  void operator()(const Returned& back) {
    memory.silent &= ~leg_bit(back.leg);
    // It was out of reach when this engine took over, and may still obey the one before.
    if (memory.role == Role::primary) actions.emplace_back(Fence{memory.charter.generation});
    settle_legs();
  }

  void operator()(const Resynced& done) {
    if (!has(memory.resyncing, done.leg)) return;
    memory.copied |= leg_bit(done.leg);
    settle_legs();
  }

  void operator()(const Quorum& answer) {
    switch (answer.answer) {
      case Quorum::Answer::granted:
        return granted(answer.charter);
      case Quorum::Answer::denied:
        return denied(answer.charter);
      case Quorum::Answer::silent:
        // Neither acknowledged nor given up: whoever cannot ask waits.
        actions.emplace_back(WakeAt{now + policy.retry_});
    }
  }

  void granted(const Charter& charter) {
    const Charter before = memory.charter;
    memory.charter = charter;
    memory.pending.reset();
    if (memory.role == Role::asking) {
      memory.role = Role::fencing;
      actions.emplace_back(Fence{charter.generation});
      return;
    }
    if (memory.role != Role::primary) return;
    for (LegSet left = before.current & ~charter.current; left != 0; left &= left - 1) {
      actions.emplace_back(Detach{static_cast<LegId>(std::countr_zero(left))});
    }
    for (LegSet left = charter.current & ~before.current; left != 0; left &= left - 1) {
      actions.emplace_back(Attach{static_cast<LegId>(std::countr_zero(left))});
    }
    memory.resyncing &= ~charter.current;
    memory.copied &= ~charter.current;
    settle_legs();
  }

  /// The register knows better, or a reader was told what it holds.
  void denied(const Charter& charter) {
    const bool was_primary = memory.role == Role::primary || memory.role == Role::fencing;
    memory.charter = charter;
    memory.pending.reset();
    if (!is_holder()) {
      memory.role = Role::follower;
      step_down();
      if (was_primary) actions.emplace_back(Stop{});
      return;
    }
    if (was_primary) return settle_legs();
    // A holder that starts again: a generation of its own ends whatever it began before.
    memory.role = Role::asking;
    propose({charter.generation + 1, memory.self, charter.current});
  }

  void operator()(const Fenced& /*fact*/) {
    if (memory.role != Role::fencing) return;
    memory.role = Role::primary;
    settle_legs();
  }

  void operator()(const Refused& /*fact*/) {
    if (memory.role != Role::primary) return;
    memory.role = Role::follower;
    step_down();
    actions.emplace_back(Stop{});
    actions.emplace_back(Read{});
  }

  void operator()(const Woken& /*fact*/) {
    if (memory.pending) {
      actions.emplace_back(Propose{*memory.pending});
    } else if (memory.role == Role::primary) {
      settle_legs();
    } else {
      actions.emplace_back(Read{});
    }
  }
};

Actions FailoverController::decide(Memory& memory, const Fact& fact, Seconds now) const {
  Decision decision{*this, memory, now, {}};
  std::visit(decision, fact);
  return std::move(decision.actions);
}

bool FailoverController::may_acknowledge(const Memory& memory, LegSet written) const {
  // A leg that is about to count as current may do so any moment.
  const LegSet needed = memory.charter.current | (memory.pending ? memory.pending->current : 0);
  return memory.serving && memory.charter.current != 0 && (needed & ~written) == 0;
}

}  // namespace models::gateway
