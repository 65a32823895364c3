// Cidon et al.: 1 % of 5000 machines fail at once, three copies, scatter width 10 (Facebook HDFS).
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "models/analytic/closed_forms.h"
#include "models/placement/placement.h"
#include "models/verify/families.h"
#include "sim/interval.h"

namespace models::verify {

namespace {

constexpr std::string_view source = "Cidon et al.: Copysets, USENIX ATC 2013";
constexpr std::string_view reading = "1 - (1 - C(50,3)/C(5000,3))^copysets";
constexpr std::string_view played =
    "50 of 5000 machines drawn at random, again and again, against groups that the placement laid "
    "out";

constexpr int machines = 5000;
constexpr int failing = 50;
constexpr int copies = 3;
/// Groups of the random case: a group is a copyset there. 5000 C(11, 2): each machine is first copy
/// with two others of a window of scatter width 10.
constexpr int random_copysets = 275000;

double loss_percent(double copysets) {
  return 100 * analytic::copyset_loss(machines, failing, copies, copysets);
}

/// Machines of one disk, in one rack: the case knows neither racks nor disks.
placement::PlacementMap laid_out(std::string_view kind, int scatter_width, std::uint64_t seed) {
  scenario::Hardware hardware;
  hardware.machines_per_rack = machines;
  scenario::Placement spec;
  spec.kind = kind;
  spec.max_per_rack = copies;
  spec.scatter_width = scatter_width;
  sim::Stream stream(seed, sim::Purpose::placement);
  const topology::Topology topology(hardware);
  return placement::make_placement(spec)->build(topology, copies, random_copysets, stream);
}

/// Is some group on failed machines alone? `failed` holds a mark for each machine.
bool loses(const placement::PlacementMap& map, std::span<const std::uint32_t> down,
           const std::vector<char>& failed) {
  for (const std::uint32_t machine : down) {
    for (const std::uint32_t shard : map.shards_of(machine)) {
      if (shard % copies != 0) continue;  // a lost group is met at its first copy
      const auto members = map.members(shard / copies);
      if (failed[members[1]] != 0 && failed[members[2]] != 0) return true;
    }
  }
  return false;
}

template <int scatter_width>
sim::Estimate played_percent(const Effort& effort) {
  constexpr std::uint64_t draws = 60000;
  const placement::PlacementMap map =
      laid_out(scatter_width > 0 ? "copysets" : "declustered", scatter_width, effort.seed);
  sim::Stream stream(effort.seed, sim::Purpose::failure);
  std::vector<char> failed(machines);
  std::vector<std::uint32_t> down;
  std::uint64_t lost = 0;
  for (std::uint64_t draw = 0; draw < draws; ++draw) {
    while (down.size() < failing) {
      const auto machine = static_cast<std::uint32_t>(stream.below(machines));
      if (failed[machine] != 0) continue;
      failed[machine] = 1;
      down.push_back(machine);
    }
    lost += loses(map, down, failed) ? 1 : 0;
    for (const std::uint32_t machine : down) failed[machine] = 0;
    down.clear();
  }
  const sim::Interval share = sim::wilson_interval(lost, draws);
  sim::Estimate found;
  found.value = 100.0 * static_cast<double>(lost) / static_cast<double>(draws);
  found.ci95 = {100 * share.low, 100 * share.high};
  found.method = sim::Method::direct;
  found.model = std::string(played);
  found.converged = true;
  found.replicates = draws;
  found.counted = "draws";
  return found;
}

double copysets_laid_out() {
  const placement::PlacementMap map = laid_out("copysets", 10, 1);
  std::set<std::array<std::uint32_t, copies>> sets;
  for (std::uint32_t group = 0; group < map.groups(); ++group) {
    const auto members = map.members(group);
    sets.insert({members[0], members[1], members[2]});
  }
  return static_cast<double>(sets.size());
}

constexpr std::array cases{
    Case{.id = "copysets/random",
         .title = "loss when 50 machines fail, random replication (275,000 copysets)",
         .source = source,
         .unit = "%",
         .published = "22.8",
         .reading = reading,
         .analytic = [] { return loss_percent(random_copysets); }},
    Case{.id = "copysets/copyset",
         .title = "the same, copyset replication (8,333 copysets)",
         .source = source,
         .unit = "%",
         .published = "0.78",
         .reading = reading,
         .analytic = [] { return loss_percent(8333); }},
    Case{.id = "copysets/sets-laid-out",
         .title = "copysets that the placement makes at scatter width 10",
         .source = source,
         .unit = "copysets",
         .published = "8333",
         .reading = "counted in the groups of the placement \"copysets\"",
         .analytic = copysets_laid_out},
    Case{.id = "copysets/random-placed",
         .title = "loss when 50 machines fail, 275,000 groups placed \"declustered\"",
         .source = source,
         .unit = "%",
         .published = "22.8",
         .reading = played,
         .simulated = played_percent<0>},
    Case{.id = "copysets/copyset-placed",
         .title = "the same groups placed \"copysets\" with scatter width 10",
         .source = source,
         .unit = "%",
         .published = "0.78",
         .reading = played,
         .simulated = played_percent<10>},
};

}  // namespace

std::span<const Case> copysets_cases() { return cases; }

}  // namespace models::verify
