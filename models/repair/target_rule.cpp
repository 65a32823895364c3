#include "models/repair/target_rule.h"

#include <cmath>

namespace models::repair {

/// Enough for all but one shard in 10^12; and where limits bind by rack, each rack twice will do.
std::uint32_t TargetRule::tries_for(const topology::Topology& topology, double elsewhere) {
  constexpr double too_rare = 1e-12;
  constexpr double least = 1e-3;
  const double misses = std::clamp(1 - elsewhere, least, 1 - least);
  const auto enough = static_cast<std::uint32_t>(std::ceil(std::log(too_rare) / std::log(misses)));
  return std::min({topology.machines(), 2 * topology.racks() + 8, enough + 4});
}

/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators": the finaliser.
std::uint64_t TargetRule::mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EB;
  return x ^ (x >> 31U);
}

/// By how much the machines of a rack are turned in the row.
std::uint32_t TargetRule::shift(std::uint32_t rack) const {
  return static_cast<std::uint32_t>(mixed(seed_ + rack) % topology_->machines_per_rack());
}

std::uint32_t TargetRule::machine_at(std::uint32_t position) const {
  const std::uint32_t racks = topology_->racks();
  const std::uint32_t in_rack = topology_->machines_per_rack();
  const auto rack = static_cast<std::uint32_t>((position + seed_ % racks) % racks);
  return rack * in_rack + (position / racks + shift(rack)) % in_rack;
}

std::uint32_t TargetRule::position_of(std::uint32_t machine) const {
  const std::uint32_t racks = topology_->racks();
  const std::uint32_t in_rack = topology_->machines_per_rack();
  const std::uint32_t rack = topology_->rack_of(machine);
  const std::uint32_t turned = (machine % in_rack + in_rack - shift(rack)) % in_rack;
  return turned * racks + static_cast<std::uint32_t>((rack + racks - seed_ % racks) % racks);
}

std::uint32_t TargetRule::first_disk(std::uint32_t place, std::uint32_t machine) const {
  const std::uint32_t disks = topology_->disks_per_machine();
  const std::uint32_t round = place / topology_->machines();
  return topology_->first_disk(machine) +
         static_cast<std::uint32_t>((round + mixed(seed_ ^ machine)) % disks);
}

/// Does it refuse a whole disk of the machine? Then shards of any place may stand on another.
bool TargetRule::refused_at_once(std::uint32_t machine, std::span<const Refusal> refusals) const {
  const std::uint32_t first = topology_->first_disk(machine);
  return std::ranges::any_of(refusals, [&](const Refusal& refusal) {
    return refusal.first < first + topology_->disks_per_machine() && refusal.end > first;
  });
}

std::uint32_t TargetRule::disk_on(std::uint32_t machine, std::uint32_t place,
                                  std::span<const Refusal> refusals) const {
  const std::uint32_t first = topology_->first_disk(machine);
  const std::uint32_t disks = topology_->disks_per_machine();
  std::uint32_t disk = first_disk(place, machine);
  for (std::uint32_t tried = 0; tried < disks; ++tried) {
    if (!refused(disk, place, refusals)) return disk;
    disk = disk + 1 == first + disks ? first : disk + 1;
  }
  return no_target;
}

std::uint32_t TargetRule::tries_with(std::span<const Refusal> refusals) const {
  std::uint32_t disks = 0;
  for (const Refusal& refusal : refusals) disks += refusal.end - refusal.first;
  constexpr std::uint32_t few = 64;  // one in so many
  const bool many = disks / topology_->disks_per_machine() >= tries_ / 4 &&
                    std::uint64_t{disks} * few >= topology_->disks();
  return many ? topology_->machines() : tries_;
}

/// The rack of the lost disk, in the first turn through the racks.
bool TargetRule::passes_on(std::uint32_t machine, std::uint32_t place) const {
  if (topology_->rack_of(machine) != own_rack_ || elsewhere_ >= 1) return false;
  return static_cast<double>(mixed(seed_ + place) >> 11U) * 0x1p-53 >= elsewhere_;
}

std::uint32_t TargetRule::target(std::uint32_t place, std::span<const std::uint32_t> others,
                                 std::span<const Refusal> refusals) const {
  const std::uint32_t machines = topology_->machines();
  std::uint32_t position = place % machines;
  std::uint32_t fallback = no_target;
  const std::uint32_t most = tries_with(refusals);
  for (std::uint32_t tried = 0; tried < most; ++tried) {
    const std::uint32_t machine = machine_at(position);
    const std::uint32_t disk = disk_on(machine, place, refusals);
    if (disk != no_target && std::ranges::find(others, disk) == others.end()) {
      const bool first_turn = tried < topology_->racks();
      if (limits_.allow(*topology_, others, machine) &&
          !(first_turn && passes_on(machine, place))) {
        return disk;
      }
      if (fallback == no_target) fallback = disk;
    }
    position = position + 1 == machines ? 0 : position + 1;
  }
  return fallback;
}

std::uint32_t TargetRule::passed(std::uint32_t place, std::span<const std::uint32_t> others) const {
  const std::uint32_t machines = topology_->machines();
  std::uint32_t position = place % machines;
  std::uint32_t count = 0;
  while (count < tries() && !limits_.allow(*topology_, others, machine_at(position))) {
    ++count;
    position = position + 1 == machines ? 0 : position + 1;
  }
  return count;
}

}  // namespace models::repair
