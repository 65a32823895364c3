#include "models/repair/rebuild_planner.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

namespace models::repair {

namespace {

constexpr std::uint32_t any_rack = 0xFFFFFFFF;

/// Hands out targets, always on the machine with the fewest shards to write that may take one;
/// among equals in random order. Machines stand sorted by load, so the first that fits is the one.
class TargetQueue {
 public:
  TargetQueue(const FleetView& view, sim::Stream& stream)
      : view_(view),
        load_(view.topology().machines()),
        order_(load_.size()),
        place_(load_.size()),
        room_(view.topology().disks(), unknown) {
    view.outstanding(load_);
    for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
    for (std::size_t i = order_.size(); i > 1; --i) {
      std::swap(order_[i - 1], order_[stream.below(i)]);
    }
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return load_[a] < load_[b]; });
    least_ = load_[order_.front()];
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
      place_[order_[i]] = i;
      end_.resize(load_[order_[i]] - least_ + std::size_t{1}, i);
      end_.back() = i + 1;
    }
    first_disk_ = static_cast<std::uint32_t>(stream.below(view.topology().disks_per_machine()));
  }

  /// @param rack  that it has to be in; any_rack for no matter which
  std::uint32_t take(const placement::Placement& placement, const placement::Occupancy& others,
                     const LostShard& shard, std::uint32_t rack) {
    for (const std::uint32_t machine : order_) {
      if (rack != any_rack && view_.topology().rack_of(machine) != rack) continue;
      if (!placement.fits(others, machine)) continue;
      const std::uint32_t disk = disk_on(machine, placement, others, shard);
      if (disk == no_disk) continue;
      note(disk);
      return disk;
    }
    return no_disk;
  }

  /// Room on the disk behind what this plan has already put there.
  bool has_room(std::uint32_t disk) { return room_of(disk) > 0; }

  void note(std::uint32_t disk) {
    --room_of(disk);
    // The machine becomes the first of those with one shard more: O(1).
    const std::uint32_t machine = view_.topology().machine_of(disk);
    const std::uint32_t level = load_[machine]++ - least_;
    const std::uint32_t last = --end_[level];
    const std::uint32_t other = order_[last];
    std::swap(order_[place_[machine]], order_[last]);
    std::swap(place_[machine], place_[other]);
    if (level + std::size_t{1} == end_.size()) {
      end_.push_back(static_cast<std::uint32_t>(order_.size()));
    }
  }

 private:
  /// The view is asked once for each disk.
  std::int64_t& room_of(std::uint32_t disk) {
    std::int64_t& room = room_[disk];
    if (room == unknown) room = view_.free_shards(disk);
    return room;
  }

  std::uint32_t disk_on(std::uint32_t machine, const placement::Placement& placement,
                        const placement::Occupancy& others, const LostShard& shard) {
    const auto& topology = view_.topology();
    const std::uint32_t count = topology.disks_per_machine();
    std::uint32_t i = (load_[machine] + first_disk_) % count;
    for (std::uint32_t tried = 0; tried < count; ++tried, i = i + 1 == count ? 0 : i + 1) {
      const std::uint32_t disk = topology.first_disk(machine) + i;
      if (!others.holds(disk) && has_room(disk) &&
          placement.serves(topology, view_.first_homes(), shard.group, shard.slot, disk)) {
        return disk;
      }
    }
    return no_disk;
  }

  const FleetView& view_;
  std::vector<std::uint32_t> load_;   ///< shards still to write, by machine
  std::vector<std::uint32_t> order_;  ///< machines by load
  std::vector<std::uint32_t> place_;  ///< where in order_ a machine stands
  std::vector<std::uint32_t> end_;    ///< end of the machines with load least_ + i in order_
  static constexpr std::int64_t unknown = std::numeric_limits<std::int64_t>::min();
  std::vector<std::int64_t> room_;  ///< shards that fit on a disk behind those of this plan
  std::uint32_t least_{};
  std::uint32_t first_disk_{};
};

/// Reads already planned, by disk and by machine: the next read goes where least is asked.
class ReadLoad {
 public:
  explicit ReadLoad(const topology::Topology& topology)
      : topology_(topology), disks_(topology.disks()), machines_(topology.machines()) {}
  std::uint32_t of(std::uint32_t disk) const {
    return disks_[disk] * topology_.disks_per_machine() + machines_[topology_.machine_of(disk)];
  }
  void add(std::uint32_t disk) {
    ++disks_[disk];
    ++machines_[topology_.machine_of(disk)];
  }

 private:
  const topology::Topology& topology_;
  std::vector<std::uint32_t> disks_;
  std::vector<std::uint32_t> machines_;
};

/// One call of decide(): what it has handed out so far.
class Drafter {
 public:
  Drafter(const codes::Code& code, const placement::Placement& placement, const SparePolicy& spares,
          scenario::RebuildOrder order, scenario::Traffic traffic, bool moves,
          const FleetView& view, sim::Stream& stream)
      : code_(code),
        placement_(placement),
        spares_(spares),
        order_(order),
        traffic_(traffic),
        moves_(moves),
        view_(view),
        targets_(view, stream),
        reads_(view.topology()),
        width_(static_cast<std::size_t>(code.shape().total())),
        homes_(width_),
        readable_(view.topology().disks(), Answer::unknown),
        others_(view.topology()),
        known_(patterns_kept) {}

  /// A disk that was promised to some shards of a lost disk is the heir of all.
  void keep_promises(const Batch& batch) {
    if (!spares_.one_heir()) return;
    for (const LostShard& shard : batch.shards) {
      if (shard.promised == no_disk || view_.free_shards(shard.promised) == 0) continue;
      if (std::ranges::find(lost_disks_, shard.from_disk) != lost_disks_.end()) continue;
      lost_disks_.push_back(shard.from_disk);
      heirs_.push_back(shard.promised);
    }
  }

  void add(const Batch& batch, Plan& plan) {
    RebuildAction action{batch.redundancy_left, {}, {}, {}};
    const std::size_t reads = batch.shards.size() * static_cast<std::size_t>(code_.shape().data);
    action.tasks.reserve(batch.shards.size());
    action.read_slots.reserve(reads);
    action.read_disks.reserve(reads);
    for (const LostShard& shard : batch.shards) {
      if (!draft(shard, action)) plan.waiting.push_back(shard);
    }
    if (action.tasks.empty()) return;
    set_windows(action);
    plan.rebuild.push_back(std::move(action));
  }

 private:
  bool draft(const LostShard& shard, RebuildAction& action) {
    view_.members(shard.group, homes_);
    codes::ShardSet gone;
    for (std::size_t slot = 0; slot < width_; ++slot) {
      if (homes_[slot] == no_disk || !readable(homes_[slot])) gone.set(slot);
    }
    // What is still there is copied as it is.
    const bool plain = shard.is_copy() && !gone.test(shard.slot);
    const auto* repair = plain ? nullptr : &repair_of(gone, shard.slot);
    if (!plain && !*repair) return false;
    const std::uint32_t target = target_for(shard);
    if (target == no_disk) return false;
    Task task{shard, target, static_cast<std::uint32_t>(action.read_slots.size()), 0, 0, 1};
    if (plain) {
      add_read(shard.slot, action);
    } else {
      choose_reads(**repair, target, action);
    }
    task.reads = static_cast<std::uint32_t>(action.read_slots.size()) - task.first_read;
    if (two_missing_) planned_.emplace(shard.group, target);
    action.tasks.push_back(task);
    return true;
  }

  /// The view is asked once for each disk.
  bool readable(std::uint32_t disk) {
    Answer& answer = readable_[disk];
    if (answer == Answer::unknown) answer = view_.readable(disk) ? Answer::yes : Answer::no;
    return answer == Answer::yes;
  }

  /// The answer for one pattern is asked again and again within a batch.
  const std::optional<codes::RepairPlan>& repair_of(const codes::ShardSet& gone, int slot) {
    const std::size_t hash = std::hash<codes::ShardSet>{}(gone) + static_cast<std::size_t>(slot);
    Known& entry = known_[hash % patterns_kept];
    if (entry.slot != slot || entry.gone != gone) {
      entry = {gone, slot, code_.repair_plan(gone, slot)};
    }
    return entry.plan;
  }

  std::uint32_t target_for(const LostShard& shard) {
    others_.clear();
    for (std::size_t slot = 0; slot < width_; ++slot) {
      // A shard that is copied still has a home, which does not count.
      if (homes_[slot] != no_disk && slot != shard.slot) others_.add(homes_[slot]);
    }
    // Only then, or if shards move, can another shard of the group have a target already.
    two_missing_ = others_.disks().size() + 1 < width_ || moves_;
    if (two_missing_) add_targets(shard.group);
    if (shard.promised != no_disk && targets_.has_room(shard.promised) &&
        placement_.allowed(others_, view_.first_homes(), shard.group, shard.slot, shard.promised)) {
      targets_.note(shard.promised);
      return shard.promised;
    }
    if (shard.incident == moving_back) return no_disk;  // there or nowhere
    if (spares_.one_heir()) return take_heir(shard);
    if (traffic_ != scenario::Traffic::balanced) {
      const std::uint32_t near = targets_.take(placement_, others_, shard, fullest_rack());
      if (near != no_disk) return near;
    }
    return targets_.take(placement_, others_, shard, any_rack);
  }

  /// The rack with most of the group's other shards among those that may hold one more; the first
  /// of them by slot.
  std::uint32_t fullest_rack() const {
    const auto& topology = view_.topology();
    std::uint32_t fullest = any_rack;
    int most = 0;
    for (const std::uint32_t disk : others_.disks()) {
      const std::uint32_t rack = topology.rack_of_disk(disk);
      const int held = others_.in_rack(rack);
      if (held <= most || held >= placement_.limits().rack) continue;
      most = held;
      fullest = rack;
    }
    return fullest;
  }

  std::uint32_t take_heir(const LostShard& shard) {
    const std::uint32_t heir = heir_of(shard);
    if (heir == no_disk || !targets_.has_room(heir) ||
        !placement_.allowed(others_, view_.first_homes(), shard.group, shard.slot, heir)) {
      return no_disk;
    }
    targets_.note(heir);
    return heir;
  }

  /// Asked once for every lost disk.
  std::uint32_t heir_of(const LostShard& shard) {
    for (std::size_t i = 0; i < lost_disks_.size(); ++i) {
      if (lost_disks_[i] == shard.from_disk) return heirs_[i];
    }
    lost_disks_.push_back(shard.from_disk);
    heirs_.push_back(spares_.heir(shard.from_disk, heirs_, view_));
    return heirs_.back();
  }

  /// Counts in the disks that other missing shards of the group will go to.
  void add_targets(std::uint32_t group) {
    promised_.clear();
    view_.promised(group, promised_);
    for (const std::uint32_t disk : promised_) others_.add(disk);
    const auto [first, last] = planned_.equal_range(group);
    for (auto entry = first; entry != last; ++entry) others_.add(entry->second);
  }

  /// How little a read is wanted, before its load: reads in the target's rack first; where racks
  /// send sums, racks of many shards before others, so that few racks send.
  std::uint64_t distance(std::uint32_t disk, std::uint32_t target) const {
    if (traffic_ == scenario::Traffic::balanced) return 0;
    const auto& topology = view_.topology();
    const std::uint32_t rack = topology.rack_of_disk(disk);
    if (rack == topology.rack_of_disk(target)) return 0;
    if (traffic_ == scenario::Traffic::near) return 1;
    return 1 + width_ - static_cast<std::size_t>(others_.in_rack(rack));
  }

  void choose_reads(const codes::RepairPlan& repair, std::uint32_t target, RebuildAction& action) {
    choices_.clear();
    for (std::size_t slot = 0; slot < width_; ++slot) {
      if (repair.required.test(slot)) add_read(slot, action);
      if (repair.any_of.test(slot)) {
        choices_.push_back(distance(homes_[slot], target) << 48U |
                           std::uint64_t{reads_.of(homes_[slot])} << 16U | slot);
      }
    }
    // The few busiest are left out; a full sort would cost more than the rest of the plan.
    for (auto extra = choices_.size() - static_cast<std::size_t>(repair.any_count); extra > 0;
         --extra) {
      const auto busiest = std::max_element(choices_.begin(), choices_.end());
      *busiest = choices_.back();
      choices_.pop_back();
    }
    for (const std::uint64_t choice : choices_) add_read(choice & 0xFFFFU, action);
  }

  void add_read(std::size_t slot, RebuildAction& action) {
    reads_.add(homes_[slot]);
    action.read_slots.push_back(static_cast<std::uint16_t>(slot));
    action.read_disks.push_back(homes_[slot]);
  }

  void set_windows(RebuildAction& action) {
    if (order_ == scenario::RebuildOrder::arrival) return;  // all end together, at 1
    std::vector<float> written(view_.topology().machines());
    for (Task& task : action.tasks) {
      float& total = written[view_.topology().machine_of(task.target)];
      task.begin = total;
      total += task.shard.remaining;
      task.end = total;
    }
    const float most = *std::max_element(written.begin(), written.end());
    for (Task& task : action.tasks) {
      task.begin /= most;
      task.end /= most;
    }
    // The targets are handed out in rounds, so most plans are in order already.
    const auto earlier = [](const Task& a, const Task& b) { return a.end < b.end; };
    if (!std::is_sorted(action.tasks.begin(), action.tasks.end(), earlier)) {
      std::stable_sort(action.tasks.begin(), action.tasks.end(), earlier);
    }
  }

  const codes::Code& code_;
  const placement::Placement& placement_;
  const SparePolicy& spares_;
  scenario::RebuildOrder order_;
  scenario::Traffic traffic_;
  bool moves_;
  const FleetView& view_;
  TargetQueue targets_;
  ReadLoad reads_;
  std::size_t width_;
  std::vector<std::uint32_t> homes_;
  enum class Answer : std::uint8_t { unknown, yes, no };
  std::vector<Answer> readable_;  ///< by disk
  bool two_missing_{};            ///< of the group at hand
  placement::Occupancy others_;
  std::vector<std::uint32_t> promised_;
  std::vector<std::uint32_t> lost_disks_;  ///< those whose heir was asked for
  std::vector<std::uint32_t> heirs_;
  std::vector<std::uint64_t> choices_;  ///< load and slot, in one number to compare
  /// Targets of this plan by group, of groups that miss two or more shards.
  std::unordered_multimap<std::uint32_t, std::uint32_t> planned_;
  struct Known {
    codes::ShardSet gone;
    int slot{-1};
    std::optional<codes::RepairPlan> plan;
  };
  static constexpr std::size_t patterns_kept = 64;
  std::vector<Known> known_;
};

}  // namespace

RebuildPlanner::RebuildPlanner(const codes::Code& code, const placement::Placement& placement,
                               const scenario::Repair& repair)
    : code_(code),
      placement_(placement),
      spares_(make_spares(repair.spares, placement.spec())),
      order_(repair.order),
      traffic_(repair.traffic),
      moves_(repair.moves_shards()) {}

Plan RebuildPlanner::decide(std::span<const Batch> batches, const FleetView& view,
                            sim::Stream& stream) const {
  std::vector<const Batch*> order;
  for (const Batch& batch : batches) order.push_back(&batch);
  std::stable_sort(order.begin(), order.end(), [](const Batch* a, const Batch* b) {
    return a->redundancy_left < b->redundancy_left;
  });
  Drafter drafter(code_, placement_, *spares_, order_, traffic_, moves_, view, stream);
  Plan plan;
  for (const Batch* batch : order) drafter.keep_promises(*batch);
  for (const Batch* batch : order) drafter.add(*batch, plan);
  return plan;
}

}  // namespace models::repair
