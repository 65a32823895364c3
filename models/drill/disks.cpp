#include "models/drill/disks.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace models::drill {

Disks::Disks(Medium& medium, std::uint32_t disks, std::uint32_t places, std::size_t place_bytes)
    : medium_(medium), places_(places), place_bytes_(place_bytes), disks_(disks) {
  for (Disk& disk : disks_) empty(disk);
}

void Disks::empty(Disk& disk) const {
  disk.owners.assign(places_, {});
  disk.free.resize(places_);
  for (std::uint32_t i = 0; i < places_; ++i) disk.free[i] = places_ - 1 - i;
  disk.excused.assign(places_, false);
  disk.unsynced.clear();
}

std::optional<std::uint32_t> Disks::reserve(std::uint32_t disk, const Identity& owner) {
  Disk& d = disks_[disk];
  if (!d.working || d.full || d.free.empty()) return std::nullopt;
  const std::uint32_t place = d.free.back();
  d.free.pop_back();
  d.owners[place] = owner;
  return place;
}

void Disks::release(std::uint32_t disk, std::uint32_t place, const Identity& owner) {
  Disk& d = disks_[disk];
  if (!d.working || d.owners[place] != owner) return;
  d.owners[place] = {};
  d.free.push_back(place);
}

void Disks::restore(std::uint32_t disk, std::span<const Identity> owners) {
  Disk& d = disks_[disk];
  d.owners.assign(owners.begin(), owners.end());
  d.free.clear();
  for (std::uint32_t place = places_; place-- > 0;) {
    if (d.owners[place].version == 0) d.free.push_back(place);
  }
}

void Disks::remember(std::uint32_t disk, std::uint32_t place) {
  Disk& d = disks_[disk];
  if (std::ranges::find(d.unsynced, place, &Unsynced::place) != d.unsynced.end()) return;
  std::vector<std::byte> buffer;
  const auto before = medium_.read(disk, place, buffer);
  d.unsynced.push_back({place, {before.begin(), before.end()}, d.excused[place]});
}

std::size_t Disks::write(std::uint32_t disk, std::uint32_t place, std::span<const std::byte> record,
                         std::size_t from) {
  Disk& d = disks_[disk];
  const WriteFault fault = std::exchange(d.fault, WriteFault::none);
  const std::size_t size = record.size() - from;
  if (fault == WriteFault::lost) {
    d.excused[place] = true;
    return size;
  }
  if (fault == WriteFault::misdirected) {
    const std::uint32_t other = (place + 1 + d.draw % std::max(1U, places_ - 1)) % places_;
    d.excused[place] = true;
    d.excused[other] = true;
    medium_.write(disk, other, from, record.subspan(from));  // nobody knows of it: no sync waits
    return size;
  }
  remember(disk, place);
  const bool cut = fault == WriteFault::torn || fault == WriteFault::short_count;
  const std::size_t taken = cut ? d.draw % size : size;
  medium_.write(disk, place, from, record.subspan(from, taken));
  if (fault == WriteFault::short_count) return taken;
  d.excused[place] = fault == WriteFault::torn;
  return size;
}

void Disks::sync(std::uint32_t disk) {
  medium_.sync(disk);
  disks_[disk].unsynced.clear();
}

void Disks::lose(std::uint32_t disk) {
  disks_[disk].working = false;
  disks_[disk].unsynced.clear();
  medium_.wipe(disk);
}

void Disks::replace(std::uint32_t disk) {
  Disk& d = disks_[disk];
  if (d.working) return;
  const std::uint32_t incarnation = d.incarnation + 1;
  d = {};
  d.incarnation = incarnation;
  empty(d);
  d.excused.assign(places_, true);  // what the catalogue still looks for here went with the old one
}

void Disks::undo(std::uint32_t disk, const Unsynced& write, std::size_t from) {
  std::vector<std::byte> before = write.before;
  before.resize(place_bytes_);
  medium_.write(disk, write.place, from, std::span(before).subspan(from));
  // With what comes back, its damage does.
  if (write.excused) disks_[disk].excused[write.place] = true;
}

void Disks::crash(std::uint32_t disk, std::uint32_t draw) {
  Disk& d = disks_[disk];
  ++d.incarnation;
  for (const Unsynced& write : std::views::reverse(d.unsynced)) {
    draw = draw * 2654435761U + 1;  // Knuth's multiplicative hash: a new choice for each write
    const std::uint32_t choice = draw >> 16U;
    if (choice % 3 == 0) continue;
    undo(disk, write, choice % 3 == 1 ? 0 : choice % place_bytes_);
  }
  d.unsynced.clear();
  medium_.sync(disk);
}

void Disks::flip_bit(std::uint32_t disk, std::uint32_t place, std::size_t bit) {
  std::vector<std::byte> buffer;
  const auto record = medium_.read(disk, place, buffer);
  if (record.empty()) return;
  const std::size_t at = bit / 8 % record.size();
  const std::byte turned = record[at] ^ (std::byte{1} << (bit % 8));
  medium_.write(disk, place, at, std::span(&turned, 1));
  disks_[disk].excused[place] = true;
}

void Disks::overwrite(std::uint32_t disk, std::uint32_t place, std::span<const std::byte> record) {
  medium_.write(disk, place, 0, record);
  disks_[disk].excused[place] = true;
}

}  // namespace models::drill
