#include "models/paths/service_mission.h"

#include <algorithm>

namespace models::paths {
namespace {

using gateway::LegId;
using gateway::LegSet;

// Streams of missions of paths stand apart from those of the disks' missions.
constexpr std::uint64_t path_streams = std::uint64_t{1} << 32U;

}  // namespace

ServiceMission::ServiceMission(const PathModel& model, const PathLaws& laws,
                               const scenario::Paths& spec, std::uint64_t seed,
                               std::uint64_t replicate, Failures failures)
    : model_(model),
      laws_(laws),
      spec_(spec),
      controller_(spec.third_place ? gateway::Arbitration::third_place : gateway::Arbitration::none,
                  (LegSet{1} << model.legs().size()) - 1, retry),
      register_({1, 0, (LegSet{1} << model.legs().size()) - 1}),
      times_(seed, sim::Purpose::outage, {replicate, path_streams - 1, 0, 0}),
      failures_(failures),
      up_(model.all_up()),
      stalled_(model.parts().size()),
      dirty_(model.legs().size()),
      dirty_since_(model.legs().size()),
      missing_(model.legs().size()),
      states_(model.services().size()),
      has_path_(model.services().size(), 1),
      logs_(model.services().size()) {
  for (std::uint32_t p = 0; p < model.parts().size(); ++p) {
    if (model.parts()[p].kind == PartKind::quorum) quorum_ = p;
    lives_.emplace_back(seed, sim::Purpose::outage,
                        sim::StreamId{replicate, path_streams + p, 0, 0});
    if (failures == Failures::natural && laws[p]) {
      queue_.push(laws[p]->between.sample(lives_[p]),
                  {.kind = Kind::fails, .cause = model.parts()[p].kind, .part = p});
    }
  }
  for (std::uint32_t e = 0; e < model.engines().size(); ++e) {
    Engine engine;
    engine.memory.self = e;
    engine.memory.charter = register_.charter();
    engine.reaches.assign(model.legs().size(), 1);
    engines_.push_back(std::move(engine));
  }
  engines_[0].memory.role = gateway::Role::primary;
  engines_[0].memory.serving = true;
  engines_[0].promoted = true;
}

void ServiceMission::maintain(const std::vector<PathRota>& rotas) {
  rotas_ = &rotas;
  for (std::uint32_t r = 0; r < rotas.size(); ++r) {
    queue_.push(rotas[r].between,
                {.kind = Kind::maintained, .cause = PartKind::planned, .part = r});
  }
}

void ServiceMission::inject(std::uint32_t part, Seconds at) {
  queue_.push(at, {.kind = Kind::fails, .cause = model_.parts()[part].kind, .part = part});
}

void ServiceMission::play(Seconds until) {
  while (!queue_.empty() && queue_.next_time() <= until) {
    const auto event = queue_.pop();
    account(event.time);
    now_ = event.time;
    handle(event.payload);
    look(event.payload.cause);
  }
  account(until);
  now_ = until;
  for (std::uint32_t s = 0; s < states_.size(); ++s) {
    State& state = states_[s];
    if (state.served) continue;
    logs_[s].longest = std::max(logs_[s].longest, (until - state.since).value);
  }
}

void ServiceMission::account(Seconds until) {
  const double span = (until - accounted_).value;
  for (std::uint32_t s = 0; s < states_.size(); ++s) {
    if (!states_[s].served) {
      logs_[s].down_seconds[static_cast<std::size_t>(states_[s].cause)] += span;
    }
    if (has_path_[s] == 0) logs_[s].no_path_seconds += span;
  }
  int takers = 0;
  for (std::uint32_t e = 0; e < engines_.size(); ++e) takers += takes_writes(e) ? 1 : 0;
  if (takers > 1) split_seconds_ += span;
  accounted_ = until;
}

void ServiceMission::handle(const Event& event) {
  switch (event.kind) {
    case Kind::fails:
      return fail(event);
    case Kind::maintained:
      return take_turn(event);
    case Kind::finished:
      maintained_.reset(event.part);
      return change(event.part, true, event.cause);
    case Kind::returns:
      change(event.part, true, event.cause);
      if (failures_ == Failures::natural) {
        Event next = event;
        next.kind = Kind::fails;
        later(laws_[event.part]->between.sample(lives_[event.part]), next);
      }
      return;
    case Kind::look:
      return;
    default:
      break;
  }
  // What follows is for one run of one engine.
  Engine& engine = engines_[event.part];
  if (!engine.operating || engine.boots != event.boots) return;
  if (event.kind == Kind::promoted) {
    engine.promoted = engine.memory.serving;
  } else if (event.kind == Kind::heartbeat) {
    const auto holder = engine.memory.charter.holder;
    if (sees(event.part, holder)) return;
    tell(event.part, gateway::Missed{holder}, event.cause);
    watch_holder(event.part, event.cause);
  } else if (event.kind == Kind::silent_leg) {
    if (engine.reaches[event.leg] == 0) tell(event.part, event.fact, event.cause);
  } else if (event.is_proposal || std::holds_alternative<gateway::Quorum>(event.fact)) {
    answer(event);
  } else {
    tell(event.part, event.fact, event.cause);
  }
}

void ServiceMission::fail(const Event& event) {
  const auto& law = laws_[event.part];
  if (maintained_.test(event.part)) {
    // What is switched off does not fail.
    if (law) later(law->between.sample(lives_[event.part]), event);
    return;
  }
  if (!part_up(event.part)) return;
  change(event.part, false, event.cause);
  if (!law) return;
  Event back = event;
  back.kind = Kind::returns;
  later(law->duration.sample(lives_[event.part]), back);
}

void ServiceMission::take_turn(const Event& event) {
  const PathRota& rota = (*rotas_)[event.part];
  Event next = event;
  ++next.boots;
  later(rota.between, next);
  const std::uint32_t part = rota.parts[event.boots % rota.parts.size()];
  if (!part_up(part)) return;
  maintained_.set(part);
  change(part, false, event.cause);
  later(draw(rota.duration), {.kind = Kind::finished, .cause = event.cause, .part = part});
}

void ServiceMission::later(Seconds delay, Event event) {
  queue_.push(now_ + delay, std::move(event));
}

bool ServiceMission::link_up() const {
  return std::ranges::any_of(model_.parts(), [&](const Part& part) {
    return part.kind == PartKind::site_link && up_.test(part.vertices.front());
  });
}

std::uint32_t ServiceMission::site_of(std::uint32_t engine) const {
  return model_.parts()[model_.engines()[engine]].site;
}

bool ServiceMission::works(std::uint32_t engine) const {
  const Part& part = model_.parts()[model_.engines()[engine]];
  const Part& box = model_.parts()[model_.enclosure_of(engine)];
  return up_.test(part.vertices.front()) && up_.test(box.vertices.front()) &&
         part_up(model_.software());
}

bool ServiceMission::leg_answers(std::uint32_t leg) const {
  const auto answers = [&](std::uint32_t part) {
    return up_.test(model_.parts()[part].vertices.front());
  };
  const Leg& array = model_.legs()[leg];
  return answers(array.head) && std::ranges::all_of(array.shelves, answers) &&
         std::ranges::any_of(array.controllers, answers);
}

bool ServiceMission::engine_reaches(std::uint32_t engine, std::uint32_t leg) const {
  return works(engine) && leg_answers(leg) &&
         (site_of(engine) == model_.legs()[leg].site || link_up());
}

bool ServiceMission::sees(std::uint32_t engine, std::uint32_t other) const {
  return works(engine) && works(other) && (site_of(engine) == site_of(other) || link_up());
}

bool ServiceMission::takes_writes(std::uint32_t e) const {
  const Engine& engine = engines_[e];
  if (!engine.operating || !engine.promoted || !engine.memory.serving) return false;
  LegSet in_reach = 0;
  for (LegId leg = 0; leg < engine.reaches.size(); ++leg) {
    if (engine.reaches[leg] != 0) in_reach |= gateway::leg_bit(leg);
  }
  return controller_.may_acknowledge(engine.memory, in_reach);
}

void ServiceMission::change(std::uint32_t part, bool up, PartKind cause) {
  lost_.set(part, !up);
  up_ = model_.without(lost_);
  if (!up) stall_hosts(model_.parts()[part]);
  for (std::uint32_t e = 0; e < engines_.size(); ++e) refresh_engine(e, cause);
  for (std::uint32_t e = 0; e < engines_.size(); ++e) {
    if (engines_[e].operating) watch_holder(e, cause);
  }
}

void ServiceMission::refresh_engine(std::uint32_t e, PartKind cause) {
  Engine& engine = engines_[e];
  const bool now_works = works(e);
  const bool boots = now_works && !engine.operating;
  if (!now_works && engine.operating) {
    ++engine.boots;
    engine.promoted = false;
    engine.memory.serving = false;
    engine.memory.role = gateway::Role::follower;
  }
  engine.operating = now_works;
  if (boots) tell(e, gateway::Booted{}, cause);
  refresh_legs(e, boots, cause);
}

void ServiceMission::refresh_legs(std::uint32_t e, bool fresh, PartKind cause) {
  Engine& engine = engines_[e];
  for (LegId leg = 0; leg < engine.reaches.size(); ++leg) {
    const bool before = engine.reaches[leg] != 0;
    const bool after = engine_reaches(e, leg);
    engine.reaches[leg] = after ? 1 : 0;
    if (!engine.operating) continue;
    if (fresh && !after) tell(e, gateway::PathDown{leg}, cause);
    if (fresh || before == after) continue;
    if (after) {
      tell(e, gateway::Returned{leg}, cause);
    } else {
      later(draw(spec_.times.path_error), {.kind = Kind::silent_leg,
                                           .cause = cause,
                                           .part = e,
                                           .boots = engine.boots,
                                           .leg = leg,
                                           .fact = gateway::PathDown{leg}});
    }
  }
}

void ServiceMission::watch_holder(std::uint32_t e, PartKind cause) {
  const Engine& engine = engines_[e];
  const auto holder = engine.memory.charter.holder;
  if (holder == e || engine.memory.role != gateway::Role::follower || sees(e, holder)) return;
  later(std::max(draw(spec_.times.heartbeat), Seconds{0}),
        {.kind = Kind::heartbeat, .cause = cause, .part = e, .boots = engine.boots});
}

/// Input and output under way on a path that breaks stand still until the path is given up.
void ServiceMission::stall_hosts(const Part& part) {
  const bool alua = spec_.multipath == scenario::Multipath::alua;
  const auto primary = engines_[register_.charter().holder].memory.self;
  bool everyone = part.kind == PartKind::fabric || part.kind == PartKind::controller ||
                  part.kind == PartKind::enclosure;
  if (part.kind == PartKind::engine) everyone = !alua || part.index == primary;
  const Seconds until = now_ + draw(spec_.times.path_error);
  for (const Service& service : model_.services()) {
    for (const std::uint32_t host : service.hosts) {
      const Part& one = model_.parts()[host];
      const bool own = part.kind == PartKind::adapter && part.name.starts_with(one.name + " ");
      const bool here = part.kind != PartKind::fabric || part.site == one.site;
      if ((everyone && here) || own) stall(host, until);
      if (part.kind == PartKind::host && part.name == one.name) take_over(host);
    }
  }
}

void ServiceMission::stall(std::uint32_t host, Seconds until) {
  if (until <= now_) return;
  stalled_[host] = std::max(stalled_[host], until);
  queue_.push(until, {.kind = Kind::look, .cause = model_.parts()[host].kind});
}

void ServiceMission::take_over(std::uint32_t host) {
  for (std::uint32_t s = 0; s < states_.size(); ++s) {
    const Service& service = model_.services()[s];
    if (std::ranges::find(service.hosts, host) == service.hosts.end()) continue;
    const Seconds until = now_ + draw(spec_.services[service.spec].takeover);
    states_[s].takeover = std::max(states_[s].takeover, until);
    if (until > now_) queue_.push(until, {.kind = Kind::look, .cause = PartKind::host});
  }
}

/// Hosts enough can read and write, and none of them stands still.
bool ServiceMission::io_of(const Service& service, const Up& reached) const {
  std::uint32_t primary_site = 0;
  bool primary = false;
  for (std::uint32_t e = 0; e < engines_.size(); ++e) {
    if (!takes_writes(e)) continue;
    primary = true;
    primary_site = site_of(e);
  }
  if (!primary) return false;
  std::uint32_t working = 0;
  for (std::size_t h = 0; h < service.hosts.size(); ++h) {
    if (!reached.test(service.places[h])) continue;
    if (stalled_[service.hosts[h]] > now_) return false;
    const bool near = model_.parts()[service.hosts[h]].site == primary_site || link_up();
    working += near ? 1 : 0;
  }
  return working >= service.needed;
}

void ServiceMission::look(PartKind cause) {
  const Up reached = model_.reaching(model_.data(), up_);
  for (std::uint32_t s = 0; s < states_.size(); ++s) judge(s, reached, cause);
}

void ServiceMission::judge(std::uint32_t s, const Up& reached, PartKind cause) {
  State& state = states_[s];
  const Service& service = model_.services()[s];
  const scenario::HostService& spec = spec_.services[service.spec];
  has_path_[s] = model_.serves(service, up_) ? 1 : 0;
  const bool io = has_path_[s] != 0 && io_of(service, reached);
  if (!io && state.io) state.io_since = now_;
  if (io && !state.io && now_ - state.io_since > spec.patience) {
    state.restarted = now_ + draw(spec.restart);
    if (state.restarted > now_) queue_.push(state.restarted, {.kind = Kind::look, .cause = cause});
  }
  state.io = io;
  // What moves to another host starts there anyhow: that is no pause of input and output.
  const bool served = io && state.restarted <= now_ && state.takeover <= now_;
  if (!served && state.served) {
    state.since = now_;
    state.cause = cause;
    ++logs_[s].interruptions[static_cast<std::size_t>(cause)];
  }
  if (served && !state.served) {
    logs_[s].longest = std::max(logs_[s].longest, (now_ - state.since).value);
  }
  state.served = served;
}

bool ServiceMission::all_served() const { return std::ranges::all_of(states_, &State::served); }

bool ServiceMission::resynchronising() const {
  return std::ranges::any_of(missing_, [](char missing) { return missing != 0; });
}

}  // namespace models::paths
