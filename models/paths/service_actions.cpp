// What engines are told in a mission, what their controllers answer, and how long that takes.
#include <algorithm>

#include "models/paths/service_mission.h"

namespace models::paths {

using gateway::LegId;
using Answer = gateway::Quorum::Answer;

void ServiceMission::tell(std::uint32_t e, const gateway::Fact& fact, PartKind cause) {
  for (const gateway::Action& action : controller_.decide(engines_[e].memory, fact, now_)) {
    std::visit([&](const auto& one) { carry_out(e, one, cause); }, action);
  }
}

void ServiceMission::answer(const Event& event) {
  const bool reached = part_up(quorum_) || !spec_.third_place;
  if (!reached) {
    if (event.is_proposal) {
      tell(event.part, gateway::Quorum{Answer::silent, {}}, event.cause);
    } else {
      later(retry, event);
    }
    return;
  }
  const bool granted = event.is_proposal && register_.propose(event.charter);
  tell(event.part, gateway::Quorum{granted ? Answer::granted : Answer::denied, register_.charter()},
       event.cause);
  // A follower that was refused, or has just learnt who holds the charter, watches on.
  if (engines_[event.part].operating) watch_holder(event.part, event.cause);
}

void ServiceMission::carry_out(std::uint32_t e, const gateway::Read& /*read*/, PartKind cause) {
  later(draw(spec_.times.arbitration), {.kind = Kind::fact,
                                        .cause = cause,
                                        .part = e,
                                        .boots = engines_[e].boots,
                                        .fact = gateway::Quorum{}});
}

void ServiceMission::carry_out(std::uint32_t e, const gateway::Propose& action, PartKind cause) {
  later(draw(spec_.times.arbitration), {.kind = Kind::fact,
                                        .cause = cause,
                                        .part = e,
                                        .boots = engines_[e].boots,
                                        .is_proposal = true,
                                        .charter = action.next});
}

void ServiceMission::carry_out(std::uint32_t e, const gateway::Fence& /*fence*/, PartKind cause) {
  later(draw(spec_.times.fencing), {.kind = Kind::fact,
                                    .cause = cause,
                                    .part = e,
                                    .boots = engines_[e].boots,
                                    .fact = gateway::Fenced{}});
}

void ServiceMission::carry_out(std::uint32_t e, const gateway::Promote& /*promote*/,
                               PartKind cause) {
  Seconds delay = draw(spec_.times.promotion);
  if (spec_.multipath == scenario::Multipath::alua) delay += draw(spec_.times.path_switch);
  later(delay, {.kind = Kind::promoted, .cause = cause, .part = e, .boots = engines_[e].boots});
}

// Half-written regions are few: the time of the promotion covers them.
void ServiceMission::carry_out(std::uint32_t, const gateway::Reconcile&, PartKind) {}
// Part of the promotion's delay.
void ServiceMission::carry_out(std::uint32_t, const gateway::Switch&, PartKind) {}

void ServiceMission::carry_out(std::uint32_t /*e*/, const gateway::Detach& action,
                               PartKind /*cause*/) {
  if (missing_[action.leg] != 0) return;
  missing_[action.leg] = 1;
  dirty_since_[action.leg] = now_;
}

void ServiceMission::carry_out(std::uint32_t e, const gateway::Resync& action, PartKind cause) {
  const LegId leg = action.leg;
  if (missing_[leg] != 0) {
    dirty_[leg] += (spec_.mirror.writes * (now_ - dirty_since_[leg])).value;
    dirty_since_[leg] = now_;
  }
  dirty_[leg] = std::min(dirty_[leg], spec_.mirror.most_dirty.value);
  later(Bytes{dirty_[leg]} / spec_.mirror.resync, {.kind = Kind::fact,
                                                   .cause = cause,
                                                   .part = e,
                                                   .boots = engines_[e].boots,
                                                   .fact = gateway::Resynced{leg}});
}

void ServiceMission::carry_out(std::uint32_t /*e*/, const gateway::Attach& action,
                               PartKind /*cause*/) {
  missing_[action.leg] = 0;
  dirty_[action.leg] = 0;
}

void ServiceMission::carry_out(std::uint32_t e, const gateway::Stop& /*stop*/, PartKind cause) {
  engines_[e].promoted = false;
  watch_holder(e, cause);
}

void ServiceMission::carry_out(std::uint32_t e, const gateway::WakeAt& action, PartKind cause) {
  queue_.push(action.time, {.kind = Kind::fact,
                            .cause = cause,
                            .part = e,
                            .boots = engines_[e].boots,
                            .fact = gateway::Woken{}});
}

}  // namespace models::paths
