#include "models/repair/rebuild_planner.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace models::repair {

namespace {

/// Hands out targets: machines in random order, each taken once per round, busy ones skipped until
/// the others have caught up. A shard that a machine may not hold goes to the next in line.
class TargetQueue {
 public:
  TargetQueue(const FleetView& view, sim::Stream& stream)
      : view_(view), load_(view.topology().machines()), order_(load_.size()) {
    view.outstanding(load_);
    for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
    for (std::size_t i = order_.size(); i > 1; --i) {
      std::swap(order_[i - 1], order_[stream.below(i)]);
    }
    round_ = *std::min_element(load_.begin(), load_.end());
    first_disk_ = static_cast<std::uint32_t>(stream.below(view.topology().disks_per_machine()));
  }

  template <class Fits>
  std::uint32_t take(const Fits& fits, std::span<const std::uint32_t> others) {
    // The rest of this round, then a whole new one.
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t i = next_; i < order_.size(); ++i) {
        const std::uint32_t machine = order_[i];
        if (load_[machine] > round_) continue;
        const std::uint32_t disk = disk_on(machine, fits, others);
        if (disk == no_disk) continue;
        ++load_[machine];
        std::swap(order_[i], order_[next_++]);
        return disk;
      }
      ++round_;
      next_ = 0;
    }
    return least_loaded(fits, others);
  }

  void note(std::uint32_t disk) { ++load_[view_.topology().machine_of(disk)]; }

 private:
  template <class Fits>
  std::uint32_t disk_on(std::uint32_t machine, const Fits& fits,
                        std::span<const std::uint32_t> others) {
    if (!fits(machine)) return no_disk;
    const auto& topology = view_.topology();
    const std::uint32_t count = topology.disks_per_machine();
    std::uint32_t i = (load_[machine] + first_disk_) % count;
    for (std::uint32_t tried = 0; tried < count; ++tried, i = i + 1 == count ? 0 : i + 1) {
      const std::uint32_t disk = topology.first_disk(machine) + i;
      const bool taken = std::find(others.begin(), others.end(), disk) != others.end();
      if (!taken && view_.free_shards(disk) > 0) return disk;
    }
    return no_disk;
  }

  /// The slow way, when the queue found nothing: every machine, fewest shards first.
  template <class Fits>
  std::uint32_t least_loaded(const Fits& fits, std::span<const std::uint32_t> others) {
    std::uint32_t best = no_disk;
    std::uint32_t best_load = 0xFFFFFFFF;
    for (const std::uint32_t machine : order_) {
      if (load_[machine] >= best_load) continue;
      const std::uint32_t disk = disk_on(machine, fits, others);
      if (disk == no_disk) continue;
      best = disk;
      best_load = load_[machine];
    }
    if (best != no_disk) ++load_[view_.topology().machine_of(best)];
    return best;
  }

  const FleetView& view_;
  std::vector<std::uint32_t> load_;
  std::vector<std::uint32_t> order_;
  std::size_t next_{};
  std::uint32_t round_{};
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
  Drafter(const codes::Code& code, const placement::Placement& placement, const FleetView& view,
          sim::Stream& stream)
      : code_(code),
        placement_(placement),
        view_(view),
        targets_(view, stream),
        reads_(view.topology()),
        width_(static_cast<std::size_t>(code.shape().total())),
        homes_(width_) {}

  void add(const Batch& batch, Plan& plan) {
    RebuildAction action{batch.redundancy_left, {}, {}, {}};
    promised_.clear();
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
      if (homes_[slot] == no_disk || !view_.readable(homes_[slot])) gone.set(slot);
    }
    const auto repair = repair_of(gone, shard.slot);
    if (!repair) return false;
    const std::uint32_t target = target_for(shard);
    if (target == no_disk) return false;
    Task task{shard, target, static_cast<std::uint32_t>(action.read_slots.size()), 0, 0, 1};
    choose_reads(*repair, action);
    task.reads = static_cast<std::uint32_t>(action.read_slots.size()) - task.first_read;
    promised_.emplace_back(shard.group, target);
    action.tasks.push_back(task);
    return true;
  }

  /// The answer for one pattern is asked again and again within a batch.
  const std::optional<codes::RepairPlan>& repair_of(const codes::ShardSet& gone, int slot) {
    for (const auto& entry : known_) {
      if (entry.slot == slot && entry.gone == gone) return entry.plan;
    }
    if (known_.size() >= 64) known_.clear();
    known_.push_back({gone, slot, code_.repair_plan(gone, slot)});
    return known_.back().plan;
  }

  std::uint32_t target_for(const LostShard& shard) {
    others_.clear();
    for (std::size_t slot = 0; slot < width_; ++slot) {
      if (homes_[slot] != no_disk) others_.push_back(homes_[slot]);
    }
    if (others_.size() + 1 < width_) view_.promised(shard.group, others_);
    for (auto entry = promised_.rbegin(); entry != promised_.rend(); ++entry) {
      if (entry->first != shard.group) break;  // a group's shards stand together in a batch
      others_.push_back(entry->second);
    }
    const auto& topology = view_.topology();
    if (shard.promised != no_disk && view_.free_shards(shard.promised) > 0 &&
        placement_.allowed(topology, others_, shard.promised)) {
      targets_.note(shard.promised);
      return shard.promised;
    }
    return targets_.take(
        [&](std::uint32_t machine) { return placement_.fits(topology, others_, machine); },
        others_);
  }

  void choose_reads(const codes::RepairPlan& repair, RebuildAction& action) {
    choices_.clear();
    for (std::size_t slot = 0; slot < width_; ++slot) {
      if (repair.required.test(slot)) add_read(slot, action);
      if (repair.any_of.test(slot)) choices_.emplace_back(reads_.of(homes_[slot]), slot);
    }
    const auto wanted = static_cast<std::ptrdiff_t>(repair.any_count);
    if (wanted == 0) return;
    std::nth_element(choices_.begin(), choices_.begin() + wanted - 1, choices_.end());
    for (std::ptrdiff_t i = 0; i < wanted; ++i) {
      add_read(choices_[static_cast<std::size_t>(i)].second, action);
    }
  }

  void add_read(std::size_t slot, RebuildAction& action) {
    reads_.add(homes_[slot]);
    action.read_slots.push_back(static_cast<std::uint16_t>(slot));
    action.read_disks.push_back(homes_[slot]);
  }

  void set_windows(RebuildAction& action) {
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
  const FleetView& view_;
  TargetQueue targets_;
  ReadLoad reads_;
  std::size_t width_;
  std::vector<std::uint32_t> homes_;
  std::vector<std::uint32_t> others_;
  std::vector<std::pair<std::uint32_t, std::size_t>> choices_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> promised_;
  struct Known {
    codes::ShardSet gone;
    int slot{};
    std::optional<codes::RepairPlan> plan;
  };
  std::vector<Known> known_;
};

}  // namespace

RebuildPlanner::RebuildPlanner(const codes::Code& code, const placement::Placement& placement)
    : code_(code), placement_(placement) {}

Plan RebuildPlanner::decide(std::span<const Batch> batches, const FleetView& view,
                            sim::Stream& stream) const {
  std::vector<const Batch*> order;
  for (const Batch& batch : batches) order.push_back(&batch);
  std::stable_sort(order.begin(), order.end(), [](const Batch* a, const Batch* b) {
    return a->redundancy_left < b->redundancy_left;
  });
  Drafter drafter(code_, placement_, view, stream);
  Plan plan;
  for (const Batch* batch : order) drafter.add(*batch, plan);
  return plan;
}

}  // namespace models::repair
