// Which fleets rebuild lost disks by a rule, and what that asks of disks, machines and links.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "models/fleet/catalogue.h"
#include "models/fleet/fleet.h"

namespace models::fleet {

namespace {

/// Shards that are looked at for averages over all.
constexpr std::uint32_t looks = 2048;
/// Machines that are tried for each of them.
constexpr std::uint32_t tried_machines = 64;
/// With fewer places to choose from, some machine takes much more than the others.
constexpr double enough_places = 0.15;

/// Reads of a rebuild of one missing shard, on average over the slots.
double reads_of(const codes::Code& code) {
  const int all = code.shape().total();
  double reads = 0;
  for (int slot = 0; slot < all; ++slot) {
    codes::ShardSet missing;
    missing.set(static_cast<std::size_t>(slot));
    if (const auto plan = code.repair_plan(missing, slot)) {
      reads += static_cast<double>(plan->required.count()) + plan->any_count;
    }
  }
  return reads / all;
}

}  // namespace

/// Rules are for rebuilds that spread evenly, and whose shards need no look at each of them.
void Fleet::add_tickets() {
  const scenario::Repair& repair = strategy_.repair;
  const std::uint32_t width = map_.width();
  const auto strained = std::ranges::any_of(
      families_, [](const Family& family) { return family.harm == Harm::strain; });
  // A rebuild that still has redundancy loses nothing to errors that it meets, and what it reads
  // need not be known as sound where all is scrubbed soon anyway.
  const bool scrubbed = scrubber_.pass() > Seconds{} && (scrubber_.finds(true) || !errors_ ||
                                                         !(errors_->silent > sim::PerSecond{}));
  const bool errors_matter = errors_ && (code_->tolerance() < 2 || !scrubbed);
  if (!planner_.goes_by_rule() || strategy_.placement.kind != "declustered" || errors_matter ||
      strained || repair.rebuild_time || repair.sharing == scenario::FlowSharing::exact ||
      repair.threshold > 1 || repair.detection.hears_errors() || width > Catalogue::most_shards ||
      topology_.machines() < 2 * width) {
    return;
  }
  ShardTraffic& traffic = shard_traffic_;
  const placement::Limits& limits = placement_->limits();
  const std::uint64_t shards = std::uint64_t{map_.groups()} * width;
  const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(looks, shards));
  double places = 0;
  double asked = 0;
  double machines = 0;
  double racks = 0;
  double sites = 0;
  std::vector<std::uint32_t> others;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto shard = static_cast<std::uint32_t>(shards * i / count);
    const auto members = map_.members(shard / width);
    const std::uint32_t lost = members[shard % width];
    others.assign(members.begin(), members.end());
    others.erase(others.begin() + shard % width);
    for (std::uint32_t tried = 0; tried < tried_machines; ++tried) {
      const std::uint32_t machine = (i + tried * 7919) % topology_.machines();
      if (topology_.racks() > 1 && topology_.rack_of(machine) == topology_.rack_of_disk(lost)) {
        continue;
      }
      ++asked;
      if (limits.allow(topology_, others, machine)) ++places;
    }
    const repair::TargetRule rule = planner_.rule_for(lost, enough_places, topology_, i);
    if (rule.passed(i, others) >= rule.tries()) return;
    const std::uint32_t to = topology_.machine_of(rule.target(i, others, {}));
    const std::uint32_t to_rack = topology_.rack_of(to);
    for (const std::uint32_t disk : others) {
      const std::uint32_t from = topology_.machine_of(disk);
      const std::uint32_t from_rack = topology_.rack_of(from);
      if (from != to) ++machines;
      if (from_rack != to_rack) ++racks;
      if (topology_.site_of(from_rack) != topology_.site_of(to_rack)) ++sites;
    }
  }
  if (!(asked > 0) || places / asked < enough_places) return;
  traffic.elsewhere = places / asked;
  traffic.reads = reads_of(*code_);
  const double per_other = traffic.reads / (static_cast<double>(width - 1)) / count;
  traffic.from_machines = machines * per_other;
  traffic.from_racks = racks * per_other;
  traffic.from_sites = sites * per_other;
  least_room_ = disk_slots_;
  for (std::uint32_t disk = 0; disk < topology_.disks(); ++disk) {
    least_room_ =
        std::min(least_room_, disk_slots_ - static_cast<std::int64_t>(map_.shards_of(disk).size()));
  }
  by_ticket_ = true;
}

/// Machines and disks take whole shards, each as many as any other, so the last turn is as long as
/// the others.
TicketWork Fleet::ticket_work(double shards) const {
  TicketWork work;
  work.bytes = shard_bytes_.value * shards;
  const Resources& r = resources_;
  double longest = 0;
  Resources::Kind tightest = Resources::Kind::machine_reads;
  // `of` those that have a part in it, and all are `all`; 0: in no whole shards.
  const auto add = [&](bool counted, Resources::Kind kind, double per_shard, double of,
                       double all) {
    if (!counted) return;
    double asked = shards * per_shard;
    if (of > 0) asked = std::ceil(asked / of - 1e-9) * all;
    const double bytes = shard_bytes_.value * asked;
    work.demands.push_back({r.all(kind), bytes});
    const double time = bytes / r.capacity[r.all(kind)];
    if (!(time > longest)) return;
    longest = time;
    tightest = kind;
  };
  using enum Resources::Kind;
  const ShardTraffic& t = shard_traffic_;
  const double machines = r.machines;
  const double disks = r.disks;
  const double each = topology_.disks_per_machine();
  // The others of a group are in other machines, or racks, if it may have one shard in each.
  const placement::Limits& limits = placement_->limits();
  const double beside = limits.rack == 1      ? topology_.machines_per_rack()
                        : limits.machine == 1 ? 1.0
                                              : 0.0;
  const double sources = machines - beside;
  const double targets = each > 1 ? machines : machines - 1;
  add(r.limits.machine_reads, machine_reads, t.reads, sources, machines);
  add(r.limits.machine_writes, machine_writes, 1, targets, machines);
  add(r.limits.machine_both, machine_both, 1 + t.reads, sources, machines);
  add(r.limits.machine_network, machine_out, t.from_machines * machines / sources, 0, 0);
  add(r.limits.machine_network, machine_in, t.from_machines * machines / targets, 0, 0);
  add(r.limits.rack, rack_out, t.from_racks, 0, 0);
  add(r.limits.rack, rack_in, t.from_racks, 0, 0);
  add(r.limits.core, core, t.from_racks, 0, 0);
  add(r.limits.disk_reads, disk_reads, t.reads, sources * each, disks);
  add(r.limits.disk_writes, disk_writes, 1, disks - 1, disks);
  add(r.limits.disk_both, disk_both, 1 + t.reads, sources * each, disks);
  // All targets write side by side; where the network binds, fewer of them in the last turn take
  // less time. Sources read for one shard after another.
  const bool by_source = tightest == machine_reads || tightest == disk_reads;
  const bool by_network = tightest >= machine_out && tightest <= core;
  work.turns.abreast = by_source ? 1 : static_cast<std::uint32_t>(targets);
  work.turns.work = shards;
  if (!by_source && !by_network) work.turns.work = std::ceil(shards / targets - 1e-6) * targets;
  return work;
}

}  // namespace models::fleet
