#include "models/drill/misplaced.h"

#include <fmt/format.h>

#include <map>
#include <string_view>

#include "models/placement/domains.h"
#include "models/repair/fleet_view.h"

namespace models::drill {
namespace {

using Counts = std::map<std::uint32_t, int>;

void check_limit(std::string_view kind, const Counts& counts, int limit,
                 std::vector<std::string>& faults) {
  for (const auto& [unit, count] : counts) {
    if (count <= limit) continue;
    faults.push_back(fmt::format("{} shards on {} {}, allowed is {}", count, kind, unit, limit));
  }
}

void check_sides(const topology::Topology& topology, scenario::Domain across,
                 const codes::Code& code, std::span<const std::uint32_t> homes,
                 std::vector<std::string>& faults) {
  std::map<std::uint32_t, int> array_in;
  for (std::size_t slot = 0; slot < homes.size(); ++slot) {
    if (homes[slot] == repair::no_disk) continue;
    const std::uint32_t domain = placement::domain_of(topology, across, homes[slot]);
    const int array = code.array_of(static_cast<int>(slot));
    if (array_in.emplace(domain, array).first->second == array) continue;
    faults.emplace_back("two arrays on one side");
  }
}

void check_pools(const topology::Topology& topology, const scenario::Placement& limits,
                 const codes::Code& code, std::span<const std::uint32_t> homes,
                 std::vector<std::string>& faults) {
  const placement::Pools pools{static_cast<std::uint32_t>(limits.pool), limits.within};
  std::map<int, std::uint32_t> pool_of;  // by array; partitioned groups have one pool in all
  for (std::size_t slot = 0; slot < homes.size(); ++slot) {
    if (homes[slot] == repair::no_disk) continue;
    const int array = limits.across ? code.array_of(static_cast<int>(slot)) : 0;
    const auto pool = pools.of(topology, homes[slot]);
    if (pool && pool_of.emplace(array, *pool).first->second == *pool) continue;
    faults.push_back(fmt::format("shard {} outside its pool", slot));
  }
}

}  // namespace

std::vector<std::string> misplaced(const topology::Topology& topology,
                                   const scenario::Placement& limits, const codes::Code& code,
                                   std::span<const std::uint32_t> homes) {
  Counts disks;
  Counts machines;
  Counts racks;
  Counts sites;
  for (const std::uint32_t disk : homes) {
    if (disk == repair::no_disk) continue;
    const std::uint32_t rack = topology.rack_of_disk(disk);
    ++disks[disk];
    ++machines[topology.machine_of(disk)];
    ++racks[rack];
    ++sites[topology.site_of(rack)];
  }
  std::vector<std::string> faults;
  check_limit("disk", disks, 1, faults);
  check_limit("machine", machines, limits.max_per_machine, faults);
  check_limit("rack", racks, limits.max_per_rack, faults);
  check_limit("site", sites, limits.max_per_site, faults);
  if (limits.racks > 0 && racks.size() > static_cast<std::size_t>(limits.racks)) {
    faults.push_back(fmt::format("in {} racks, of {}", racks.size(), limits.racks));
  }
  if (limits.across) check_sides(topology, *limits.across, code, homes, faults);
  if (limits.pool > 0) check_pools(topology, limits, code, homes, faults);
  return faults;
}

}  // namespace models::drill
