// What the store knows of its disks: losses, restarts, reports, and what the planner may see.
#include "models/drill/object_store.h"

#include <algorithm>

#include "models/codes/slots.h"

namespace models::drill {

void Work::add(const Work& other) {
  bytes_encoded += other.bytes_encoded;
  encode_s += other.encode_s;
  bytes_decoded += other.bytes_decoded;
  decode_s += other.decode_s;
  bytes_rebuilt += other.bytes_rebuilt;
  rebuild_reads += other.rebuild_reads;
  rebuild_s += other.rebuild_s;
  bytes_md5 += other.bytes_md5;
  md5_s += other.md5_s;
  verify_s += other.verify_s;
}

ObjectStore::ObjectStore(const Parts& parts)
    : code_(parts.code),
      topology_(parts.topology),
      map_(parts.map),
      safeguards_(parts.safeguards),
      width_(parts.map.width()),
      object_bytes_(parts.object_bytes),
      shard_bytes_((parts.object_bytes + static_cast<std::size_t>(code_.shape().data) - 1) /
                   static_cast<std::size_t>(code_.shape().data)),
      disks_(parts.medium, topology_.disks(), parts.places, header_bytes + shard_bytes_),
      catalogue_(parts.medium, parts.map.groups(), width_),
      reachability_(topology_),
      cut_(reachability_.cut_off({})),
      away_(topology_.machines()),
      stripe_(width_ * disks_.place_bytes()) {}

bool ObjectStore::reachable(std::uint32_t disk) const {
  const std::uint32_t machine = topology_.machine_of(disk);
  return !away_[machine] && !cut_->contains(machine);
}

bool ObjectStore::readable(std::uint32_t disk) const {
  return disks_.working(disk) && reachable(disk);
}

void ObjectStore::set_missing(std::uint32_t group, std::uint32_t slot) {
  if (watch_) watch_(group, slot);
  catalogue_.set_missing(group, slot);
  catalogue_.append(group, catalogue_.entry(group));
}

// The log first: were the place used again and power failed, it would have two owners in the log,
// and while its disk is away nobody could tell that one of them is wrong.
void ObjectStore::give_up(std::uint32_t group, std::uint32_t slot) {
  const Entry& entry = catalogue_.entry(group);
  const Home& home = entry.homes[slot];
  set_missing(group, slot);
  catalogue_.sync();
  disks_.release(home.disk, home.place, {group, static_cast<std::uint16_t>(slot), entry.version});
}

// By the catalogue, not by what the disk is known to hold: after a restart that is not known of a
// disk that is away, and it may have been replaced meanwhile.
void ObjectStore::lose_disk(std::uint32_t disk) {
  if (!disks_.working(disk)) return;
  for (std::uint32_t group = 0; group < catalogue_.groups(); ++group) {
    for (std::uint32_t slot = 0; slot < width_; ++slot) {
      const Entry& entry = catalogue_.entry(group);
      const bool here = slot < entry.homes.size() && entry.homes[slot].disk == disk;
      if (here && entry.version != 0 && !entry.missing.test(slot)) set_missing(group, slot);
    }
  }
  catalogue_.sync();
  disks_.lose(disk);
}

void ObjectStore::find_places(std::uint32_t disk, std::vector<Identity>& owners) const {
  owners.assign(disks_.places(), {});
  std::vector<std::byte> buffer;
  for (std::uint32_t place = 0; place < disks_.places(); ++place) {
    const auto header = read_header(disks_.read(disk, place, buffer));
    if (!header || header->identity.group >= catalogue_.groups()) continue;
    const Identity& shard = header->identity;
    if (shard.slot >= width_) continue;
    const Entry& entry = catalogue_.entry(shard.group);
    if (entry.version != shard.version || entry.missing.test(shard.slot)) continue;
    const Home& home = entry.homes[shard.slot];
    if (home.disk == disk && home.place == place) owners[place] = shard;
  }
}

void ObjectStore::report(std::uint32_t disk) {
  if (!disks_.working(disk)) return;
  std::vector<Identity> owners;
  find_places(disk, owners);
  disks_.restore(disk, owners);
  for (std::uint32_t group = 0; group < catalogue_.groups(); ++group) {
    const Entry& entry = catalogue_.entry(group);
    for (std::uint32_t slot = 0; slot < entry.homes.size(); ++slot) {
      const Home& home = entry.homes[slot];
      if (home.disk != disk || entry.missing.test(slot)) continue;
      const Identity shard{group, static_cast<std::uint16_t>(slot), entry.version};
      if (owners[home.place] != shard) set_missing(group, slot);
    }
  }
  catalogue_.sync();
}

void ObjectStore::restart_machine(std::uint32_t machine, std::uint32_t draw) {
  const std::uint32_t first = topology_.first_disk(machine);
  for (std::uint32_t i = 0; i < topology_.disks_per_machine(); ++i) {
    if (!disks_.working(first + i)) continue;
    disks_.crash(first + i, draw + i);
    report(first + i);
  }
}

void ObjectStore::restart(std::uint32_t draw) {
  for (std::uint32_t disk = 0; disk < disks_.count(); ++disk) disks_.crash(disk, draw + disk);
  catalogue_.crash(draw);
  open();
}

void ObjectStore::open() {
  promises_.clear();
  losing_.reset();
  copy_of_.reset();
  restart_of_.reset();
  catalogue_.replay();
  std::vector<std::vector<Identity>> owners(disks_.count());
  for (std::uint32_t disk = 0; disk < disks_.count(); ++disk) {
    if (!readable(disk)) continue;  // what is away reports when it comes back
    find_places(disk, owners[disk]);
    disks_.restore(disk, owners[disk]);
  }
  for (std::uint32_t group = 0; group < catalogue_.groups(); ++group) {
    const Entry& entry = catalogue_.entry(group);
    for (std::uint32_t slot = 0; slot < entry.homes.size(); ++slot) {
      const Home& home = entry.homes[slot];
      if (disks_.working(home.disk) && !reachable(home.disk)) continue;
      const Identity shard{group, static_cast<std::uint16_t>(slot), entry.version};
      const bool found = disks_.working(home.disk) && owners[home.disk][home.place] == shard;
      if (!found && !entry.missing.test(slot)) set_missing(group, slot);
    }
  }
  catalogue_.sync();
}

void ObjectStore::drop_promise(const repair::Task& task) {
  const auto kept = std::ranges::find_if(promises_, [&](const Promise& promise) {
    return promise.group == task.shard.group && promise.disk == task.target;
  });
  if (kept != promises_.end()) promises_.erase(kept);
}

std::int64_t ObjectStore::free_shards(std::uint32_t disk) const {
  if (!readable(disk) || disks_.full(disk)) return 0;
  const auto left = static_cast<std::int64_t>(disks_.free(disk)) - 1 -
                    std::ranges::count(promises_, disk, &Promise::disk);
  return std::max<std::int64_t>(left, 0);
}

bool ObjectStore::empty(std::uint32_t disk) const {
  return readable(disk) && disks_.free(disk) == disks_.places() &&
         std::ranges::find(promises_, disk, &Promise::disk) == promises_.end();
}

void ObjectStore::members(std::uint32_t group, std::span<std::uint32_t> homes) const {
  const Entry& entry = catalogue_.entry(group);
  for (std::size_t slot = 0; slot < homes.size(); ++slot) {
    homes[slot] = entry.missing.test(slot) ? repair::no_disk : entry.homes[slot].disk;
  }
}

void ObjectStore::under_way(std::vector<repair::UnderWay>& shards) const {
  for (const Promise& promise : promises_) shards.push_back({promise.group, promise.disk});
}

}  // namespace models::drill
