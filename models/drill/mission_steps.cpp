// What each kind of step does.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/codes/slots.h"
#include "models/drill/mission.h"

namespace models::drill {

std::array<Mission::Handler, step_kinds> Mission::handlers() {
  return {&Mission::lose_disk,      &Mission::lose_machine,  &Mission::lose_rack,
          &Mission::lose_site,      &Mission::cut_switch,    &Mission::cut_machine,
          &Mission::flip_bit,       &Mission::spoil_write,   &Mission::spoil_write,
          &Mission::spoil_write,    &Mission::spoil_write,   &Mission::make_stale,
          &Mission::slow_down,      &Mission::fill,          &Mission::crash_machine,
          &Mission::crash_write,    &Mission::crash_rebuild, &Mission::lose_messages,
          &Mission::repeat_message, &Mission::write_anew,    &Mission::read,
          &Mission::scrub,          &Mission::rebuild,       &Mission::recover,
          &Mission::replace,        &Mission::heal};
}

std::uint32_t Mission::disk_of(const Step& step) const {
  return store_.catalogue().entry(step.group).homes[step.slot].disk;
}

bool Mission::lose_range(std::uint32_t first, std::uint32_t end) {
  bool any = false;
  for (std::uint32_t disk = first; disk < end; ++disk) {
    if (!store_.disks().working(disk)) continue;
    store_.lose_disk(disk);
    ++result_.disks_lost;
    any = true;
  }
  return any;
}

bool Mission::lose_place(topology::UnitKind kind, const Step& step) {
  const std::uint32_t place = subject_.topology.place_of_disk(kind, disk_of(step));
  const auto range = subject_.topology.disks_of({kind, place});
  return lose_range(range.first, range.end);
}

bool Mission::lose_disk(const Step& step) { return lose_range(disk_of(step), disk_of(step) + 1); }
bool Mission::lose_machine(const Step& step) {
  return lose_place(topology::UnitKind::machine, step);
}
bool Mission::lose_rack(const Step& step) { return lose_place(topology::UnitKind::rack, step); }
bool Mission::lose_site(const Step& step) { return lose_place(topology::UnitKind::site, step); }

bool Mission::cut_switch(const Step& step) {
  const auto each = static_cast<std::uint32_t>(subject_.hardware.network.rack_switches);
  const std::uint32_t rack = subject_.topology.rack_of_disk(disk_of(step));
  const topology::Unit unit{topology::UnitKind::rack_switch, rack * each + step.draw % each};
  if (std::ranges::find(down_, unit) != down_.end()) return false;
  down_.push_back(unit);
  std::ranges::sort(down_);
  store_.set_down(down_);
  return true;
}

bool Mission::cut_machine(const Step& step) {
  store_.set_away(subject_.topology.machine_of(disk_of(step)), true);
  return true;
}

bool Mission::flip_bit(const Step& step) {
  const Entry& entry = store_.catalogue().entry(step.group);
  const Home& home = entry.homes[step.slot];
  if (entry.missing.test(step.slot) || !store_.disks().working(home.disk)) return false;
  store_.disks().flip_bit(home.disk, home.place, step.draw % (store_.disks().place_bytes() * 8));
  return true;
}

bool Mission::make_stale(const Step& step) {
  const Entry& entry = store_.catalogue().entry(step.group);
  const Home& home = entry.homes[step.slot];
  if (entry.missing.test(step.slot) || !store_.disks().working(home.disk)) return false;
  const std::uint32_t before = entry.version - 1;
  store_.disks().overwrite(
      home.disk, home.place,
      ledger_.record(step.group, step.slot, before, ledger_.make_content(step.group, before)));
  return true;
}

/// Within a client's write, or within the next rebuild where one is planned.
bool Mission::spoil_write(const Step& step) {
  static constexpr std::array faults{WriteFault::torn, WriteFault::short_count,
                                     WriteFault::misdirected, WriteFault::lost};
  const auto fault =
      faults[static_cast<std::size_t>(step.kind) - static_cast<std::size_t>(StepKind::torn_write)];
  if (step.draw % 2 == 0) queue_.plan_if_none(complaints());
  const auto target = step.draw % 2 == 0 ? queue_.next_target() : std::nullopt;
  const std::uint32_t disk = target.value_or(disk_of(step));
  store_.disks().arm(disk, fault, step.draw / 2);
  if (target) {
    queue_.execute(1, complaints());
  } else {
    write(step.group);
  }
  store_.disks().disarm(disk);
  return true;
}

bool Mission::slow_down(const Step& step) {
  store_.disks().set_slow(disk_of(step), true);
  return true;
}

bool Mission::fill(const Step& step) {
  store_.disks().set_full(disk_of(step), true);
  return true;
}

bool Mission::crash_machine(const Step& step) {
  store_.restart_within_put(step.slot, step.draw);
  excuse(step.group, subject_.topology.machine_of(disk_of(step)));
  write(step.group);
  return true;
}

bool Mission::crash_write(const Step& step) {
  store_.crash_after(step.draw % store_.points_of_put());
  return write(step.group, step.draw);
}

bool Mission::crash_rebuild(const Step& step) {
  queue_.plan_if_none(complaints());
  if (!queue_.next_target()) return false;
  store_.crash_after(step.draw % ObjectStore::points_of_rebuild);
  try {
    queue_.execute(1, complaints());
  } catch (const Crashed&) {
    restart(step.draw);
    return true;
  }
  store_.no_crash();
  return false;
}

bool Mission::lose_messages(const Step& step) {
  excused_[step.group].set(step.slot);
  store_.lose_messages(step.slot, 1 + step.draw / 2 % 4, step.draw % 2 == 0);
  write(step.group);
  return true;
}

bool Mission::repeat_message(const Step& step) {
  store_.keep_copy(step.slot);
  write(step.group);
  return true;
}

bool Mission::write_anew(const Step& step) { return write(step.group); }

bool Mission::read(const Step& step) {
  store_.get(step.group, {}, scratch_, got_);
  if (got_.readable && !store_.md5_agrees(step.group, got_, scratch_.work)) {
    complain(fmt::format("object {} does not agree with its MD5", step.group));
  }
  result_.work.add(std::exchange(scratch_.work, {}));
  for (const std::size_t slot : codes::slots_of(got_.unsound)) {
    store_.give_up(step.group, static_cast<std::uint32_t>(slot));
  }
  result_.damage_found += got_.unsound.count();
  return true;
}

/// The strategy's scrubber reads for one pass; where it has no timetable, one disk is verified on
/// command.
bool Mission::scrub(const Step& step) {
  const repair::Scrubber& scrubber = subject_.scrubber;
  if (!(scrubber.pass() > Seconds{})) return verify({disk_of(step), 0, 1, {}});
  if (!scrubber.finds(true)) return false;  // it looks for disks that do not answer, not at sums
  clock_ += scrubber.pass();
  store_.set_now(clock_);
  repair::ScrubActions due;
  scrubber.decide(scrubbed_, {}, store_, due);
  bool any = false;
  for (const repair::Verify& one : due.verify) any = verify(one) || any;
  for (std::uint32_t disk = 0; disk < subject_.topology.disks(); ++disk) check_scrubbed(disk);
  return any;
}

bool Mission::verify(const repair::Verify& part) {
  if (!store_.readable(part.disk)) return false;
  const auto failed = store_.scrub(part.disk, part.from, part.to, result_.bytes_scrubbed);
  repair::ScrubActions answer;
  subject_.scrubber.decide(scrubbed_, {repair::ScrubFact::Kind::checked, failed}, store_, answer);
  for (const repair::LostShard& shard : answer.repair) store_.give_up(shard.group, shard.slot);
  result_.damage_found += answer.repair.size();
  if (part.from <= 0 && part.to >= 1) check_scrubbed(part.disk);
  return true;
}

/// All of the disk has just been verified: what is damaged must have been found.
void Mission::check_scrubbed(std::uint32_t disk) {
  if (!store_.readable(disk)) return;
  for (std::uint32_t group = 0; group < groups_; ++group) {
    const Entry& entry = store_.catalogue().entry(group);
    const codes::ShardSet overlooked = ledger_.damaged(group, store_) & ~entry.missing;
    for (const std::size_t slot : codes::slots_of(overlooked)) {
      if (entry.homes[slot].disk != disk) continue;
      complain(fmt::format("the scrub of disk {} passes shard {} of object {}, which is damaged",
                           disk, slot, group));
    }
  }
}

bool Mission::rebuild(const Step& step) {
  if (step.draw % 2 == 0) queue_.plan(complaints());
  queue_.plan_if_none(complaints());
  return queue_.execute(1 + step.draw / 2 % 4, complaints()) > 0;
}

bool Mission::recover(const Step& /*step*/) {
  store_.deliver_late();
  // A rebuild may find its sources damaged; what it gives up is planned in the next round.
  constexpr int most_rounds = 8;
  bool any = false;
  for (int round = 0; round < most_rounds; ++round) {
    queue_.plan(complaints());
    if (queue_.execute(queue_.pending(), complaints()) == 0) break;
    any = true;
  }
  return any;
}

bool Mission::replace(const Step& /*step*/) {
  bool any = false;
  for (std::uint32_t disk = 0; disk < subject_.topology.disks(); ++disk) {
    any = any || !store_.disks().working(disk);
    store_.disks().replace(disk);
  }
  return any;
}

bool Mission::heal(const Step& /*step*/) {
  store_.deliver_late();
  std::vector<std::uint32_t> back;
  for (std::uint32_t disk = 0; disk < subject_.topology.disks(); ++disk) {
    store_.disks().set_full(disk, false);
    store_.disks().set_slow(disk, false);
    if (!store_.reachable(disk)) back.push_back(disk);
  }
  down_.clear();
  store_.set_down(down_);
  for (std::uint32_t machine = 0; machine < subject_.topology.machines(); ++machine) {
    store_.set_away(machine, false);
  }
  for (const std::uint32_t disk : back) store_.report(disk);
  return true;
}

}  // namespace models::drill
