#include "models/repair/target_queue.h"

#include <algorithm>
#include <utility>

namespace models::repair {

void TargetQueue::begin(const FleetView& view, std::span<const UnderWay> under_way,
                        sim::Stream& stream) {
  view_ = &view;
  stream_ = &stream;
  const topology::Topology& topology = view.topology();
  load_.clear(topology.machines());
  place_.clear(topology.machines());
  order_.clear(topology.machines());
  room_.clear(topology.disks());
  for (std::size_t level = 0; level < used_; ++level) levels_[level].clear();
  lowest_ = 0;
  used_ = 0;
  drawn_ = 0;
  std::vector<std::uint32_t> busy;
  for (const UnderWay& shard : under_way) {
    const std::uint32_t machine = topology.machine_of(shard.target);
    if (load_.at(machine)++ == 0) busy.push_back(machine);
  }
  for (std::size_t i = busy.size(); i > 1; --i) std::swap(busy[i - 1], busy[stream.below(i)]);
  for (const std::uint32_t machine : busy) put(machine, load_.get(machine));
  first_disk_ = static_cast<std::uint32_t>(stream.below(topology.disks_per_machine()));
}

std::uint32_t TargetQueue::take(const placement::Placement& placement,
                                const placement::Occupancy& others, std::uint32_t group, int slot,
                                std::uint32_t rack) {
  const topology::Topology& topology = view_->topology();
  if (levels_.empty()) levels_.emplace_back();
  while (lowest_ + 1 < used_ && levels_[lowest_].empty() && drawn_ == topology.machines()) {
    ++lowest_;
  }
  for (std::size_t level = lowest_; level < std::max<std::size_t>(used_, 1); ++level) {
    for (std::size_t i = 0;; ++i) {
      if (i == levels_[level].size()) {
        const std::uint32_t next = level == 0 ? draw() : none;
        if (next == none) break;
        put(next, 0);
      }
      const std::uint32_t machine = levels_[level][i];
      if (rack != any_rack && topology.rack_of(machine) != rack) continue;
      if (!placement.fits(others, machine)) continue;
      const std::uint32_t disk = disk_on(machine, placement, others, group, slot);
      if (disk == no_disk) continue;
      note(disk);
      return disk;
    }
  }
  return no_disk;
}

void TargetQueue::note(std::uint32_t disk) {
  --room_of(disk);
  const std::uint32_t machine = view_->topology().machine_of(disk);
  std::uint32_t& load = load_.at(machine);
  if (place_.has(machine)) remove(machine, load);
  put(machine, ++load);
}

/// The view is asked once for each disk.
std::int64_t& TargetQueue::room_of(std::uint32_t disk) {
  if (!room_.has(disk)) room_.at(disk) = view_->free_shards(disk);
  return room_.at(disk);
}

std::uint32_t TargetQueue::disk_on(std::uint32_t machine, const placement::Placement& placement,
                                   const placement::Occupancy& others, std::uint32_t group,
                                   int slot) {
  const auto& topology = view_->topology();
  const std::uint32_t count = topology.disks_per_machine();
  std::uint32_t i = (load_.get(machine) + first_disk_) % count;
  for (std::uint32_t tried = 0; tried < count; ++tried, i = i + 1 == count ? 0 : i + 1) {
    const std::uint32_t disk = topology.first_disk(machine) + i;
    if (!others.holds(disk) && has_room(disk) &&
        placement.serves(topology, view_->first_homes(), group, slot, disk)) {
      return disk;
    }
  }
  return no_disk;
}

/// The next machine of a random order that has nothing to write; `none` after the last.
std::uint32_t TargetQueue::draw() {
  const std::uint32_t machines = view_->topology().machines();
  const auto entry = [&](std::uint32_t i) { return order_.has(i) ? order_.get(i) : i; };
  while (drawn_ < machines) {
    const auto other = drawn_ + static_cast<std::uint32_t>(stream_->below(machines - drawn_));
    const std::uint32_t machine = entry(other);
    order_.at(other) = entry(drawn_);
    ++drawn_;
    if (load_.get(machine) == 0) return machine;
  }
  return none;
}

void TargetQueue::put(std::uint32_t machine, std::uint32_t load) {
  if (levels_.size() <= load) levels_.resize(load + std::size_t{1});
  used_ = std::max(used_, load + std::size_t{1});
  place_.at(machine) = static_cast<std::uint32_t>(levels_[load].size());
  levels_[load].push_back(machine);
}

void TargetQueue::remove(std::uint32_t machine, std::uint32_t load) {
  std::vector<std::uint32_t>& level = levels_[load];
  const std::uint32_t place = place_.get(machine);
  level[place] = level.back();
  place_.at(level[place]) = place;
  level.pop_back();
}

void TargetsByGroup::clear() {
  entries_.clear();
  std::ranges::fill(heads_, end);
}

void TargetsByGroup::add(std::uint32_t group, std::uint32_t target) {
  if (entries_.size() >= heads_.size()) grow();
  std::uint32_t& head = heads_[bucket(group)];
  entries_.push_back({group, target, head});
  head = static_cast<std::uint32_t>(entries_.size() - 1);
}

void TargetsByGroup::grow() {
  constexpr std::size_t least = 64;
  heads_.assign(std::max(least, 2 * heads_.size()), end);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    std::uint32_t& head = heads_[bucket(entries_[i].group)];
    entries_[i].next = std::exchange(head, i);
  }
}

}  // namespace models::repair
