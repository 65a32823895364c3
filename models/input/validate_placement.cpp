#include "models/input/validate_placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "models/input/fit.h"
#include "models/input/validate.h"
#include "models/placement/domains.h"
#include "models/placement/limits.h"
#include "models/placement/placement.h"
#include "models/repair/spares.h"
#include "models/topology/topology.h"

namespace models::scenario {
namespace {

std::string_view name_of(Domain domain) {
  const auto domains = all_domains();
  return std::ranges::find(domains, domain, &std::pair<Domain, std::string_view>::first)->second;
}

template <class Kinds>
std::string names_of(const Kinds& kinds) {
  std::string names;
  for (const auto& kind : kinds) {
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", kind.name);
  }
  return names;
}

/// Adds faults below one pointer and remembers whether there were any.
class Expectations {
 public:
  Expectations(std::string pointer, FaultList& faults)
      : pointer_(std::move(pointer)), faults_(faults) {}
  void expect(bool holds, std::string_view key, const std::string& message) {
    if (holds) return;
    good_ = false;
    faults_.error(fmt::format("{}/{}", pointer_, key), message);
  }
  bool good() const { return good_; }

 private:
  std::string pointer_;
  FaultList& faults_;
  bool good_{true};
};

void expect_limits(const Placement& placement, Expectations& at) {
  const auto positive = [&](int limit, std::string_view key) {
    at.expect(limit >= 1, key, fmt::format("must be at least 1, got {}", limit));
  };
  positive(placement.max_per_site, "max_per_domain/site");
  positive(placement.max_per_rack, "max_per_domain/rack");
  positive(placement.max_per_machine, "max_per_domain/machine");
  at.expect(placement.groups >= 1 && placement.groups <= max_groups, "groups",
            fmt::format("must be 1 to {:.0f}, got {}", max_groups, placement.groups));
}

void expect_kind(const Placement& placement, Expectations& at) {
  const auto kinds = placement::all_placements();
  at.expect(
      std::ranges::find(kinds, placement.kind, &placement::PlacementKind::name) != kinds.end(),
      "kind", fmt::format("there is no placement \"{}\"; use {}", placement.kind, names_of(kinds)));
  const bool pools = placement.kind == "partitioned";
  const bool sides = placement.kind == "mirrored";
  at.expect(!pools || placement.pool >= 1, "pool",
            "is missing: partitioned groups need the disks of a pool");
  at.expect(pools || sides || placement.pool == 0, "pool",
            "is for \"partitioned\" and \"mirrored\"; remove it or change the kind");
  at.expect(placement.pool > 0 || placement.within == Domain::fleet, "within",
            "says where pools lie, and there are none; give \"pool\" as well");
  at.expect(!sides || placement.across, "across",
            "is missing: the arrays lie on different sites, racks or machines");
  at.expect(sides || !placement.across, "across", "is for \"mirrored\"; remove it");
  const bool sets = placement.kind == "copysets";
  at.expect(!sets || placement.scatter_width >= 1, "scatter_width",
            "is missing: copysets need the number of disks that share groups with a disk");
  at.expect(sets || placement.scatter_width == 0, "scatter_width",
            "is for \"copysets\"; remove it or change the kind");
  const bool levels = placement.kind == "hierarchical";
  at.expect(!levels || placement.racks >= 1, "racks",
            "is missing: hierarchical groups lie in a number of racks");
  at.expect(levels || placement.racks == 0, "racks",
            "is for \"hierarchical\"; remove it or change the kind");
}

void expect_spares(const Strategy& strategy, Expectations& at) {
  const Spares& spares = strategy.repair.spares;
  const auto kinds = repair::all_spares();
  at.expect(std::ranges::find(kinds, spares.kind, &repair::SpareKind::name) != kinds.end(), "kind",
            fmt::format("there are no spares \"{}\"; use {}", spares.kind, names_of(kinds)));
  const bool dedicated = spares.kind == "dedicated";
  const bool technician = spares.kind == "technician";
  at.expect(!dedicated || spares.count >= 1, "count",
            fmt::format("must be at least 1, got {}", spares.count));
  at.expect(dedicated || (spares.count == 0 && !spares.per), "count",
            "is for \"dedicated\" spares; remove it and \"per\"");
  at.expect(technician || !spares.visit, "visit", "is for \"technician\"; remove it");
  const bool pools = strategy.placement.pool > 0;
  at.expect(!dedicated || pools == !spares.per, "per",
            pools ? "must be \"pool\": a spare elsewhere cannot take what a pool loses"
                  : "must be \"machine\", \"rack\" or \"site\": the placement has no pools");
  at.expect(!dedicated || strategy.placement.scatter_width == 0, "kind",
            "must be \"distributed\" or \"technician\" with copysets: a spare is in no set");
  at.expect(spares.kind == "distributed" || !strategy.repair.rebuild_time, "kind",
            "must be \"distributed\" where rebuild_time says when a disk is whole again");
}

/// One strategy on its hardware.
struct Question {
  const Strategy& strategy;
  const codes::Code& code;
  const topology::Topology& topology;
  const std::string& pointer;
  FaultList& faults;

  const Placement& placement() const { return strategy.placement; }
  bool refuse(std::string_view key, const std::string& message) const {
    faults.error(fmt::format("{}/{}", pointer, key), message);
    return false;
  }
};

/// Disks that one array may use, region by region, have room for its shards?
bool regions_hold(const Question& q, int shards, std::string_view what) {
  const auto placement = placement::make_placement(q.strategy, q.code);
  const bool pools = q.placement().pool > 0;
  const placement::Pools cut{static_cast<std::uint32_t>(q.placement().pool), q.placement().within};
  const auto sides = static_cast<std::uint32_t>(q.code.arrays());
  const std::uint32_t count = pools ? cut.count(q.topology) : sides;
  std::vector<std::vector<std::uint32_t>> regions(count);
  for (const std::uint32_t disk : placement->usable_disks(q.topology)) {
    const auto region =
        pools ? cut.of(q.topology, disk) : std::optional(disk / (q.topology.disks() / sides));
    if (region) regions[*region].push_back(disk);
  }
  for (const auto& disks : regions) {
    const int places = placement::capacity(q.topology, disks, placement->limits());
    if (places >= shards) continue;
    return q.refuse("placement/max_per_domain",
                    fmt::format("{} shards of {} go to {} of {} disks, which has places for {} "
                                "with at most {} shard(s) in a rack and {} in a machine; raise the "
                                "limits or take more disks",
                                shards, q.code.name(), what, disks.size(), places,
                                q.placement().max_per_rack, q.placement().max_per_machine));
  }
  return true;
}

bool pools_fit(const Question& q, int shards) {
  const Placement& p = q.placement();
  const int spares = q.strategy.repair.spares.count;
  const std::uint32_t disks = placement::disks_in_domain(q.topology, p.within);
  if (static_cast<std::uint32_t>(p.pool) > disks) {
    return q.refuse("placement/pool", fmt::format("a pool of {} disks within a {}, which has {}",
                                                  p.pool, name_of(p.within), disks));
  }
  if (p.pool - spares < shards) {
    return q.refuse("placement/pool",
                    fmt::format("a pool of {} disks, {} of them spare, cannot keep {} shards on "
                                "different disks; take at least {}",
                                p.pool, spares, shards, shards + spares));
  }
  const std::uint32_t left = disks % static_cast<std::uint32_t>(p.pool);
  if (left > 0) {
    q.faults.warning(q.pointer + "/placement/pool",
                     fmt::format("{} of the {} disks of a {} are in no pool and stay empty", left,
                                 disks, name_of(p.within)));
  }
  return true;
}

bool sides_fit(const Question& q) {
  const Placement& p = q.placement();
  const Domain across = *p.across;
  const auto arrays = static_cast<std::uint32_t>(q.code.arrays());
  if (arrays < 2) {
    return q.refuse("placement/kind",
                    fmt::format("mirrored places codes over arrays (\"mirror\", \"nested\"), and "
                                "{} has one array; use \"declustered\" or \"partitioned\"",
                                q.code.name()));
  }
  const std::uint32_t count = placement::domains(q.topology, across);
  if (across == Domain::fleet || count % arrays != 0) {
    return q.refuse("placement/across",
                    fmt::format("{} {}(s) cannot be shared out evenly to the {} arrays of {}",
                                count, name_of(across), arrays, q.code.name()));
  }
  if (p.pool > 0 && p.within > across) {
    return q.refuse(
        "placement/within",
        fmt::format("must be \"{}\" or smaller: a pool lies on one side", name_of(across)));
  }
  // A limit that two sides share could leave the second without a place.
  const int width = q.code.shape().total();
  const bool rack_shared = across == Domain::machine && q.topology.racks() % arrays != 0;
  const bool site_shared = across != Domain::site && q.topology.sites() % arrays != 0;
  if (rack_shared && p.max_per_rack < width) {
    return q.refuse("placement/max_per_domain/rack",
                    fmt::format("must be at least {} where arrays on different machines share a "
                                "rack, got {}",
                                width, p.max_per_rack));
  }
  if (site_shared && p.max_per_site < width) {
    return q.refuse("placement/max_per_domain/site",
                    fmt::format("must be at least {} where arrays share a site, got {}", width,
                                p.max_per_site));
  }
  return true;
}

bool spares_leave_disks(const Question& q) {
  const Spares& spares = q.strategy.repair.spares;
  const std::uint32_t disks = placement::disks_in_domain(q.topology, *spares.per);
  if (static_cast<std::uint32_t>(spares.count) < disks) return true;
  return q.refuse("repair/spares/count",
                  fmt::format("{} spares in a {} of {} disks leave none for data", spares.count,
                              name_of(*spares.per), disks));
}

int largest_array(const codes::Code& code) {
  std::vector<int> shards(static_cast<std::size_t>(code.arrays()));
  for (int slot = 0; slot < code.shape().total(); ++slot) {
    ++shards[static_cast<std::size_t>(code.array_of(slot))];
  }
  return std::ranges::max(shards);
}

bool fleet_holds(const Hardware& hardware, const Strategy& strategy, const codes::Code& code,
                 std::int64_t places, const std::string& pointer, FaultList& faults) {
  const std::int64_t width = code.shape().total();
  if (width <= places) return true;
  const Placement& p = strategy.placement;
  const std::int64_t racks = hardware.racks();
  const std::int64_t per_rack = std::max<std::int64_t>(1, places / racks);
  const std::string site =
      p.max_per_site < width ? fmt::format("{} in a site, ", p.max_per_site) : std::string();
  faults.error(
      pointer + "/placement/max_per_domain",
      fmt::format("{} needs {} places, but {} rack(s) x {} machine(s) with at most {}{} shard(s) "
                  "in a rack and {} in a machine have {}; allow {} shards per rack (and enough per "
                  "machine), take {} racks, or use a code of at most {} shards",
                  code.name(), width, racks, hardware.machines_per_rack, site, p.max_per_rack,
                  p.max_per_machine, places, (width + racks - 1) / racks,
                  (width + per_rack - 1) / per_rack, places));
  return false;
}

/// A hierarchical group finds its racks, and room in each.
bool racks_fit(const Hardware& hardware, const Strategy& strategy, const codes::Code& code,
               const std::string& pointer, FaultList& faults) {
  const Placement& p = strategy.placement;
  if (p.racks == 0) return true;
  if (p.racks > hardware.racks()) {
    faults.error(pointer + "/placement/racks",
                 fmt::format("{} racks for a group, but there are {}", p.racks, hardware.racks()));
    return false;
  }
  const int in_rack = (code.shape().total() + p.racks - 1) / p.racks;
  const std::int64_t room = std::int64_t{hardware.machines_per_rack} *
                            std::min(p.max_per_machine, hardware.disks_per_machine);
  const std::int64_t most = std::min<std::int64_t>(p.max_per_rack, room);
  const std::int64_t in_site =
      std::min<std::int64_t>(p.max_per_site / in_rack, hardware.racks_per_site);
  if (in_site * hardware.sites < p.racks) {
    faults.error(pointer + "/placement/max_per_domain/site",
                 fmt::format("{} racks of {} shards need {} site(s) with at most {} in each; there "
                             "are {}",
                             p.racks, in_rack, in_site > 0 ? (p.racks + in_site - 1) / in_site : 0,
                             p.max_per_site, hardware.sites));
    return false;
  }
  if (in_rack <= most) return true;
  faults.error(pointer + "/placement/racks",
               fmt::format("{} in {} rack(s) has {} shards in a rack, which may hold {}; take more "
                           "racks or raise max_per_domain",
                           code.name(), p.racks, in_rack, most));
  return false;
}

}  // namespace

bool check_placement_values(const Strategy& strategy, const std::string& pointer,
                            FaultList& faults) {
  Expectations placement(pointer + "/placement", faults);
  expect_kind(strategy.placement, placement);
  expect_limits(strategy.placement, placement);
  Expectations spares(pointer + "/repair/spares", faults);
  expect_spares(strategy, spares);
  return placement.good() && spares.good();
}

bool check_places(const Hardware& hardware, const Strategy& strategy, const codes::Code& code,
                  const std::string& pointer, FaultList& faults) {
  const int width = code.shape().total();
  if (width > hardware.disks()) {
    faults.error(pointer + "/code",
                 fmt::format("{} keeps {} shards on {} different disks, but there are {}; use a "
                             "smaller code or more disks",
                             code.name(), width, width, hardware.disks()));
    return false;
  }
  const Placement& placement = strategy.placement;
  const Spares& spares = strategy.repair.spares;
  if (!racks_fit(hardware, strategy, code, pointer, faults)) return false;
  const bool sides = placement.kind == "mirrored";
  const bool pools = placement.pool > 0;
  if (!sides && !pools && !spares.per) {
    return fleet_holds(hardware, strategy, code, places(hardware, placement), pointer, faults);
  }
  const topology::Topology topology(hardware);
  const Question q{strategy, code, topology, pointer, faults};
  if (spares.per && !spares_leave_disks(q)) return false;
  const int shards = sides ? largest_array(code) : width;
  if (sides && !sides_fit(q)) return false;
  if (pools && !pools_fit(q, shards)) return false;
  if (sides || pools) return regions_hold(q, shards, pools ? "a pool" : "a side");
  const auto made = placement::make_placement(strategy, code);
  return fleet_holds(hardware, strategy, code,
                     placement::capacity(topology, made->usable_disks(topology), made->limits()),
                     pointer, faults);
}

}  // namespace models::scenario
