// What is lost when disks fail: the damage half of Mission.
#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "models/fleet/mission.h"

namespace models::fleet {

using topology::Unit;

Home Mission::home_of(const State& state, std::uint32_t shard) const {
  const std::uint32_t width = fleet_->map().width();
  return state.catalogue.home_of(fleet_->map(), shard / width, shard % width);
}

/// Disks of a group's shards by slot; no_disk where the shard is missing.
void Mission::homes(const State& state, std::uint32_t group, std::span<std::uint32_t> homes) const {
  state.catalogue.homes_of(fleet_->map(), state.lost_disks, group, repair::no_disk, homes);
}

codes::ShardSet Mission::missing(const State& state, std::uint32_t group) const {
  homes(state, group, homes_);
  codes::ShardSet set;
  for (std::size_t slot = 0; slot < homes_.size(); ++slot) {
    if (homes_[slot] == repair::no_disk) set.set(slot);
  }
  return set;
}

/// How many shards of a group are known to be lost.
int Mission::known_missing(const State& state, std::uint32_t group) const {
  state.catalogue.homes_of(fleet_->map(), state.known.lost, group, repair::no_disk, homes_);
  return static_cast<int>(std::ranges::count(homes_, repair::no_disk));
}

/// Share of a group's stripes of which rebuilds under way have made a shard whole: all go through
/// the stripes in the same order.
double Mission::rebuilt_share(const State& state, std::uint32_t group) const {
  if (fleet_->whole_at_once()) return 0;
  double most = 0;
  const std::uint32_t width = fleet_->map().width();
  for (const Job& job : state.jobs) {
    if (job.ticket) {
      const OpenTicket& open = *state.catalogue.open_ticket(job.ticket->number);
      const auto place = state.catalogue.waiting_of(open, group, width);
      if (place) most = std::max(most, job.share_done_at(*place));
      continue;
    }
    for (const repair::Task& task : job.open()) {
      if (task.shard.group != group || task.shard.is_copy()) continue;
      most = std::max(most, 1 - task.shard.remaining * (1.0 - job.share_done(task)));
    }
  }
  return fleet_->whole_stripes(most);
}

/// From a failure to its report by whatever tells of it first.
Seconds Mission::until_report(sim::Stream& stream) const {
  const scenario::Detection& detection = fleet_->repair().detection;
  const Seconds process = detection.process.sample(stream);
  if (!(detection.client_rate > PerYear{})) return process;
  const Seconds client{stream.exponential() / per_second(detection.client_rate).value};
  return std::min(process, client);
}

/// When the scrubber comes to read one of these disks; never where it would not tell.
Seconds Mission::next_reading(const State& state, std::span<const std::uint32_t> disks) const {
  Seconds next{std::numeric_limits<double>::infinity()};
  if (fleet_->repair().detection.scrub == scenario::ScrubReports::none) return next;
  for (const std::uint32_t disk : disks) {
    next = std::min(next, fleet_->scrubber().next_reading(disk, state.now));
  }
  return next;
}

/// @param report  until the loss is reported, unless the scrubber meets it before
/// @return the loss, to add orders to; valid until the next one
LossEvent* Mission::lose_disks(State& state, std::span<const std::uint32_t> disks, Unit cause,
                               Seconds report, sim::Stream& stream) {
  settle(state);
  if (change_ != nullptr) change_->exposure_changed = true;
  for (const std::uint32_t disk : disks) end_life(state, topology::UnitKind::disk, disk);
  const std::uint32_t first_new = disks.empty() ? state.next_incident++ : state.next_incident;
  LossEvent event;
  event.id = first_new;
  event.reported_at = std::min(state.now + report, next_reading(state, disks));
  for (const std::uint32_t disk : disks) {
    Incident& incident = open_incident(state, disk);
    incident.event = first_new;
    ++event.open;
    event.lost += incident.lost;
    if (fleet_->repair().rebuild_time) {
      incident.rebuild_time = fleet_->repair().rebuild_time->sample(stream);
    }
  }
  event.report = state.queue.push(event.reported_at, Event{Event::Kind::reported, first_new, 0, 0});
  state.loss_events.push_back(std::move(event));
  outcome_->disks_lost += disks.size();
  look_for_loss(state, first_new, cause);
  refuse_dead(state, disks);
  retarget(state, disks);
  if (fleet_->repair().detection.hears_errors()) await_errors(state);
  if (looks_for_unreadable_ && may_be_unreadable(state)) look_for_unreadable(state, disks);
  return &state.loss_events.back();
}

/// Shards whose home a working disk is, ascending.
std::vector<std::uint32_t> Mission::shards_on(const State& state, std::uint32_t disk) const {
  const DiskState* record = state.disks.find(disk);
  const std::uint32_t generation = record == nullptr ? 0 : record->generation;
  std::vector<std::uint32_t> shards;
  if (generation == 0) {
    const auto first = fleet_->map().shards_of(disk);
    shards.assign(first.begin(), first.end());
  }
  const std::size_t first_ones = shards.size();
  if (const auto* added = state.catalogue.added.find(disk)) {
    shards.insert(shards.end(), added->begin(), added->end());
  }
  state.catalogue.add_brought(fleet_->map(), {disk, generation}, shards);
  const std::uint32_t width = fleet_->map().width();
  const bool may_leave = fleet_->repair().moves_shards();  // without loss: copied elsewhere
  if (shards.size() > first_ones) {
    const auto more = shards.begin() + static_cast<std::ptrdiff_t>(first_ones);
    std::sort(more, shards.end());
    std::inplace_merge(shards.begin(), more, shards.end());
    // A shard that left and came back stands in the map and among those added.
    shards.erase(std::unique(shards.begin(), shards.end()), shards.end());
  }
  if (state.gone.empty() && !may_leave) return shards;
  std::erase_if(shards, [&](std::uint32_t shard) {
    if (state.gone.find(shard / width) != nullptr) return true;
    return may_leave && home_of(state, shard) != Home{disk, generation};
  });
  return shards;
}

Incident& Mission::open_incident(State& state, std::uint32_t disk) {
  auto shards = std::make_shared<std::vector<std::uint32_t>>(shards_on(state, disk));
  DiskState& record = state.disks.at(disk);
  outcome_->group_touches += shards->size();
  Incident incident;
  incident.id = state.next_incident++;
  incident.disk = disk;
  incident.generation = record.generation;
  incident.lost = static_cast<std::uint32_t>(shards->size());
  incident.left = incident.lost;
  incident.held = incident.lost;
  if (fleet_->by_ticket()) {
    const auto* added = state.catalogue.added.find(disk);
    const std::size_t first = record.generation == 0 ? fleet_->map().shards_of(disk).size() : 0;
    incident.held = static_cast<std::uint32_t>(first + (added == nullptr ? 0 : added->size()));
    state.catalogue.lose(fleet_->map(), {disk, record.generation});
  }
  incident.shards = std::move(shards);
  if (state.catalogue.added.find(disk) != nullptr) state.catalogue.added.at(disk).clear();
  ++record.generation;
  record.working = false;
  state.dead_disks.push_back(disk);
  state.lost_disks.add({disk, incident.generation});
  state.catalogue.left.add(disk);
  state.incidents.push_back(std::move(incident));
  return state.incidents.back();
}

/// Looks at every group that has just lost shards, once, however many it lost.
void Mission::look_for_loss(State& state, std::uint32_t first_new, Unit cause) {
  const std::uint32_t width = fleet_->map().width();
  // With fewer damaged disks than it takes, no group can be lost, nor any be at a deeper level.
  // A group has one shard on a disk; how far it is rebuilt matters only where shards are whole one
  // by one.
  const auto tolerance = static_cast<std::size_t>(fleet_->code().tolerance());
  const std::size_t most = fleet_->whole_at_once() && change_ == nullptr ? tolerance : 1;
  const bool harmless = state.incidents.size() <= std::min(most, tolerance);
  if (harmless && change_ == nullptr) return;
  hits_.clear();
  common_.clear();
  const std::uint32_t disks = state.next_incident - first_new;
  const auto older = [first_new](const Incident& incident) { return incident.id < first_new; };
  const bool any_older = std::ranges::any_of(state.incidents, older);
  for (const Incident& incident : state.incidents) {
    if (older(incident)) continue;
    for (const std::uint32_t shard : *incident.shards) hits_.push_back(shard / width);
    if (any_older) still_missing(state, *incident.shards, older, common_);
  }
  // Of codes over codes it matters which of their shards go.
  const auto alike = fleet_->code().arrays() > 1 ? std::min<std::size_t>(1, tolerance) : tolerance;
  // One disk names a group once.
  if (disks > 1) std::sort(hits_.begin(), hits_.end());
  std::sort(common_.begin(), common_.end());
  common_.erase(std::unique(common_.begin(), common_.end()), common_.end());
  lost_shares_.clear();
  auto common = common_.begin();
  for (std::size_t i = 0; i < hits_.size();) {
    std::size_t next = i + 1;
    while (next < hits_.size() && hits_[next] == hits_[i]) ++next;
    const auto shards = static_cast<int>(next - i);
    while (common != common_.end() && *common / width < hits_[i]) ++common;
    int missed = shards;
    for (; common != common_.end() && *common / width == hits_[i]; ++common) ++missed;
    if (harmless || (missed == shards && next - i <= alike)) {
      if (change_ != nullptr) change_->deeper.push_back({hits_[i], 0, shards});
      if (!state.deep.empty() && state.deep.find(hits_[i]) != nullptr) {
        state.deep.at(hits_[i]) = 1.0F;
      }
    } else {
      hit_group(state, hits_[i], first_new, {missed - shards, missed}, cause);
    }
    i = next;
  }
  if (change_ != nullptr && !lost_shares_.empty()) fill_amounts();
}

/// Shards that the incidents `with` took and that are still missing, perhaps with repeats, of the
/// groups that have one among these.
/// @param shards  ascending
void Mission::still_missing(const State& state, std::span<const std::uint32_t> shards,
                            const std::function<bool(const Incident&)>& with,
                            std::vector<std::uint32_t>& missing) const {
  const std::uint32_t width = fleet_->map().width();
  for (const Incident& incident : state.incidents) {
    if (incident.shards->empty() || !with(incident)) continue;
    const Home lost{incident.disk, incident.generation};
    const std::span others(*incident.shards);
    auto other = others.begin();
    for (const std::uint32_t shard : shards) {
      const std::uint32_t first = shard / width * width;
      while (other != others.end() && *other < first) ++other;
      if (other == others.end()) break;
      if (*other < first + width && home_of(state, *other) == lost) missing.push_back(*other);
    }
  }
}

/// How deep a group of a code over codes is that misses these, and how deep it was before the
/// incidents from `first_new` on.
sim::Crossing Mission::crossing(const State& state, std::uint32_t group, const codes::ShardSet& set,
                                std::uint32_t first_new) {
  codes::ShardSet before = set;
  const std::uint32_t width = fleet_->map().width();
  for (std::uint32_t slot = 0; slot < width; ++slot) {
    if (!set.test(slot)) continue;
    const Home home = home_of(state, group * width + slot);
    before.set(slot, std::ranges::none_of(state.incidents, [&](const Incident& incident) {
                 return incident.id >= first_new && incident.disk == home.disk &&
                        incident.generation == home.generation;
               }));
  }
  return {group, code_.depth(before), code_.depth(set)};
}

void Mission::hit_group(State& state, std::uint32_t group, std::uint32_t first_new, Missed missed,
                        Unit cause) {
  // Which they are matters only there; how many is known.
  const bool over_codes = fleet_->code().arrays() > 1;
  const bool beyond = missed.now > fleet_->code().tolerance();
  const codes::ShardSet set = over_codes || beyond ? missing(state, group) : codes::ShardSet{};
  const sim::Crossing crossing = over_codes ? this->crossing(state, group, set, first_new)
                                            : sim::Crossing{group, missed.before, missed.now};
  if (missed.before == 0) {
    if (state.deep.find(group) != nullptr) state.deep.at(group) = 1.0F;
  } else {
    // Stripes of which a missing shard is rebuilt already are not as deep as the others.
    const double whole = rebuilt_share(state, group);
    if (whole > 0 || state.deep.find(group) != nullptr) {
      state.deep.at(group) = static_cast<float>(1 - whole);
    }
  }
  if (!beyond || code_.recoverable(set)) {
    if (change_ != nullptr && crossing.after > crossing.before) {
      change_->deeper.push_back(crossing);
    }
    return;
  }
  const double share = lose_group(state, group, cause);
  if (change_ == nullptr) return;
  change_->lost.push_back(crossing);
  lost_shares_.push_back(share);
}

/// Two payoffs for each group just lost: its share of all stripes, and its part of the share of
/// objects that this instant loses.
void Mission::fill_amounts() {
  const double groups = fleet_->map().groups();
  double all = 0;
  for (const double share : lost_shares_) all += share / groups;
  const double objects = fleet_->objects_lost(all);
  for (const double share : lost_shares_) {
    change_->amounts.push_back(share / groups);
    change_->amounts.push_back(objects * (share / groups / all));
  }
}

/// Returns the share of its stripes that is lost.
double Mission::lose_group(State& state, std::uint32_t group, Unit cause) {
  const float* deep = state.deep.find(group);
  const double share = deep != nullptr && *deep > 0 ? static_cast<double>(*deep) : 1.0;
  outcome_->groups_lost += share;
  auto& booked = outcome_->lost_by_family;
  booked.resize(std::max({booked.size(), fleet_->families().size(), family_ + std::size_t{1}}));
  booked[family_] += share;
  if (!outcome_->first_loss) {
    outcome_->first_loss = state.now;
    outcome_->loss_ended_by = cause.kind;
  }
  tell(state, "data lost", cause, "group " + std::to_string(group));
  state.gone.at(group) = 1;
  if (std::binary_search(state.unreadable.begin(), state.unreadable.end(), group)) {
    account_unreadable(state);
    std::erase(state.unreadable, group);
  }
  // Its missing shards will not be rebuilt: their incidents have that much less to do.
  forget_on_tickets(state, group);
  const std::uint32_t width = fleet_->map().width();
  for (std::uint32_t slot = 0; slot < width; ++slot) {
    const Home home = home_of(state, group * width + slot);
    for (const Incident& incident : state.incidents) {
      if (incident.disk != home.disk || incident.generation != home.generation) continue;
      close_one(state, incident.id, state.now);
      break;
    }
  }
  return share;
}

}  // namespace models::fleet
