// What rebuild traffic shares, and the limits on it.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "models/fleet/fleet.h"

namespace models::fleet {

namespace {

/// The resources that a throttle bounds: from `first` on, so many.
struct Bounded {
  std::uint32_t first{};
  std::uint32_t count{};
};

/// Cards and uplinks have a capacity for each direction; machines and disks one for both as well.
std::vector<Bounded> bounded(const Resources& r, const scenario::Throttle& throttle) {
  using At = scenario::ThrottleAt;
  using Counts = scenario::ThrottleCounts;
  struct Choice {
    At at;
    Bounded reads, writes, both;
  };
  const std::array choices{
      Choice{At::machine,
             {r.machine_reads(0), r.machines},
             {r.machine_writes(0), r.machines},
             {r.machine_both(0), r.machines}},
      Choice{At::disk,
             {r.disk_reads(0), r.disks},
             {r.disk_writes(0), r.disks},
             {r.disk_both(0), r.disks}},
      Choice{At::link, {r.machine_out(0), r.machines}, {r.machine_in(0), r.machines}, {}},
      Choice{At::rack, {r.rack_out(0), r.racks}, {r.rack_in(0), r.racks}, {}},
  };
  const Choice& choice = *std::ranges::find(choices, throttle.at, &Choice::at);
  if (throttle.counts == Counts::reads) return {choice.reads};
  if (throttle.counts == Counts::writes) return {choice.writes};
  if (choice.both.count > 0) return {choice.both};
  return {choice.reads, choice.writes};
}

}  // namespace

void Fleet::add_resources(const scenario::Hardware& hardware) {
  Resources& r = resources_;
  r.machines = topology_.machines();
  r.disks = topology_.disks();
  r.racks = topology_.racks();
  r.sites = topology_.sites();
  const double infinite = std::numeric_limits<double>::infinity();
  r.capacity.assign(r.core(r.sites) + 3 * std::size_t{r.disks} + Resources::kinds, infinite);
  const auto limit = [&](std::uint32_t first, std::uint32_t count, double rate) {
    if (!(rate > 0)) return;
    for (std::uint32_t i = first; i < first + count; ++i) {
      r.capacity[i] = std::min(r.capacity[i], rate);
    }
  };
  const auto& net = hardware.network;
  limit(r.machine_out(0), r.machines, net.machine.value * net.rebuild_share);
  limit(r.machine_in(0), r.machines, net.machine.value * net.rebuild_share);
  limit(r.rack_out(0), r.racks, net.rack_uplink.value * net.rebuild_share);
  limit(r.rack_in(0), r.racks, net.rack_uplink.value * net.rebuild_share);
  limit(r.core(0), r.sites, net.core.value * net.rebuild_share);
  limit(r.disk_reads(0), r.disks, hardware.disk.read.value);
  limit(r.disk_writes(0), r.disks, hardware.disk.write.value);
  for (const scenario::Throttle& throttle : strategy_.repair.throttles) {
    for (const Bounded& part : bounded(r, throttle)) {
      limit(part.first, part.count, throttle.rate.value);
    }
  }
  const auto sum = [&](Resources::Kind kind, std::uint32_t first, std::uint32_t count) {
    r.capacity[r.all(kind)] = count * r.capacity[first];
  };
  using enum Resources::Kind;
  sum(machine_reads, r.machine_reads(0), r.machines);
  sum(machine_writes, r.machine_writes(0), r.machines);
  sum(machine_both, r.machine_both(0), r.machines);
  sum(machine_out, r.machine_out(0), r.machines);
  sum(machine_in, r.machine_in(0), r.machines);
  sum(rack_out, r.rack_out(0), r.racks);
  sum(rack_in, r.rack_in(0), r.racks);
  sum(core, r.core(0), r.sites);
  sum(disk_reads, r.disk_reads(0), r.disks);
  sum(disk_writes, r.disk_writes(0), r.disks);
  sum(disk_both, r.disk_both(0), r.disks);
  const auto finite = [&](std::uint32_t resource) { return std::isfinite(r.capacity[resource]); };
  // What a machine can read and write, and what flows to it then, bounds what the network carries.
  const double disks = topology_.disks_per_machine();
  const auto most = [&](std::uint32_t machine, std::uint32_t disk) {
    return std::min({r.capacity[machine], r.capacity[r.machine_both(0)], disks * r.capacity[disk],
                     disks * r.capacity[r.disk_both(0)]});
  };
  const double out = most(r.machine_reads(0), r.disk_reads(0));
  const double in = most(r.machine_writes(0), r.disk_writes(0)) * (code_->shape().total() - 1);
  const double all = r.machines * out;
  const double of_rack = std::min(all, topology_.machines_per_rack() * std::max(out, in));
  // A disk's limit at or above its machine's never binds.
  const auto tighter = [&](std::uint32_t disk, std::uint32_t machine) {
    return r.capacity[disk] < r.capacity[machine];
  };
  r.limits = {finite(r.machine_reads(0)),
              finite(r.machine_writes(0)),
              finite(r.machine_both(0)),
              r.capacity[r.machine_in(0)] < std::max(out, in),
              tighter(r.disk_reads(0), r.machine_reads(0)),
              tighter(r.disk_writes(0), r.machine_writes(0)),
              tighter(r.disk_both(0), r.machine_both(0)),
              r.capacity[r.rack_in(0)] < of_rack,
              r.capacity[r.core(0)] < all};
}

}  // namespace models::fleet
