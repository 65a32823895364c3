#include "models/repair/rebuild_planner.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "models/codes/code_memo.h"
#include "models/repair/stamped.h"
#include "models/repair/target_queue.h"

namespace models::repair {

/// What calls of decide() use one after another, none of it with a meaning between them.
struct PlanningSpace::Scratch {
  explicit Scratch(const topology::Topology& fleet) : topology(&fleet), others(fleet) {}

  enum class Answer : std::uint8_t { unknown, yes, no };
  const topology::Topology* topology;
  TargetQueue targets;
  ReadLoad reads;
  TargetsByGroup on_their_way;  ///< filled when a group misses two shards, or shards move
  Stamped<Answer> readable;     ///< by disk
  placement::Occupancy others;
  Stamped<float> written;              ///< by machine
  std::vector<std::uint64_t> choices;  ///< load and slot, in one number to compare
  std::vector<std::uint32_t> homes;    ///< of the group at hand
  std::vector<UnderWay> under_way;     ///< before this plan
  const codes::Code* code{};           ///< that `memo` is of
  std::optional<codes::CodeMemo> memo;
};

PlanningSpace::PlanningSpace() = default;
PlanningSpace::PlanningSpace(const PlanningSpace& /*other*/) {}
PlanningSpace::PlanningSpace(PlanningSpace&& other) noexcept = default;
PlanningSpace::~PlanningSpace() = default;

PlanningSpace::Scratch& PlanningSpace::scratch_for(const topology::Topology& topology) {
  if (!scratch_ || scratch_->topology != &topology) scratch_ = std::make_unique<Scratch>(topology);
  return *scratch_;
}

namespace {

/// One call of decide(): what it has handed out so far.
class Drafter {
 public:
  using Scratch = PlanningSpace::Scratch;
  Drafter(const codes::Code& code, const placement::Placement& placement, const SparePolicy& spares,
          scenario::RebuildOrder order, scenario::Traffic traffic, bool moves,
          const FleetView& view, sim::Stream& stream, Scratch& scratch)
      : code_(code),
        placement_(placement),
        spares_(spares),
        order_(order),
        traffic_(traffic),
        moves_(moves),
        view_(view),
        scratch_(scratch),
        width_(static_cast<std::size_t>(code.shape().total())),
        homes_(scratch.homes),
        others_(scratch.others),
        targets_(scratch.targets),
        reads_(scratch.reads) {
    scratch.under_way.clear();
    view.under_way(scratch.under_way);
    targets_.begin(view, scratch.under_way, stream);
    reads_.begin(view.topology());
    scratch.readable.clear(view.topology().disks());
    homes_.resize(width_);
    others_.clear();
    if (scratch.code == &code) return;
    scratch.code = &code;
    scratch.memo.emplace(code);
  }

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
    const auto* repair = plain ? nullptr : &scratch_.memo->repair_plan(gone, shard.slot);
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
    if (two_missing_) scratch_.on_their_way.add(shard.group, target);
    action.tasks.push_back(task);
    return true;
  }

  /// The view is asked once for each disk.
  bool readable(std::uint32_t disk) {
    using Answer = Scratch::Answer;
    Answer& answer = scratch_.readable.at(disk);
    if (answer == Answer::unknown) answer = view_.readable(disk) ? Answer::yes : Answer::no;
    return answer == Answer::yes;
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
      const std::uint32_t near =
          targets_.take(placement_, others_, shard.group, shard.slot, fullest_rack());
      if (near != no_disk) return near;
    }
    return targets_.take(placement_, others_, shard.group, shard.slot, any_rack);
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
    if (!targets_known_) {
      scratch_.on_their_way.clear();
      for (const UnderWay& shard : scratch_.under_way) {
        scratch_.on_their_way.add(shard.group, shard.target);
      }
      targets_known_ = true;
    }
    scratch_.on_their_way.each(group, [this](std::uint32_t disk) { others_.add(disk); });
    expected_.clear();
    view_.expected(group, expected_);
    for (const std::uint32_t disk : expected_) others_.add(disk);
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
    for (std::size_t slot = 0; slot < width_; ++slot) {
      if (repair.required.test(slot)) add_read(slot, action);
    }
    std::vector<std::uint64_t>& choices = scratch_.choices;
    choices.clear();
    for (std::size_t slot = 0; slot < width_; ++slot) {
      if (!repair.any_of.test(slot)) continue;
      choices.push_back(distance(homes_[slot], target) << 48U |
                        std::uint64_t{reads_.of(homes_[slot])} << 16U | slot);
    }
    const auto count = static_cast<std::size_t>(repair.any_count);
    // The few busiest are left out; a full sort would cost more than the rest of the plan.
    constexpr std::size_t few = 4;
    const std::size_t extra = choices.size() - count;
    if (extra > few) {
      std::ranges::nth_element(choices, choices.begin() + static_cast<std::ptrdiff_t>(extra),
                               std::greater<>());
      choices.erase(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(extra));
    }
    while (choices.size() > count) {
      const auto busiest = std::ranges::max_element(choices);
      *busiest = choices.back();
      choices.pop_back();
    }
    for (const std::uint64_t choice : choices) add_read(choice & 0xFFFFU, action);
  }

  void add_read(std::size_t slot, RebuildAction& action) {
    reads_.add(homes_[slot]);
    action.read_slots.push_back(static_cast<std::uint16_t>(slot));
    action.read_disks.push_back(homes_[slot]);
  }

  void set_windows(RebuildAction& action) {
    if (order_ == scenario::RebuildOrder::arrival) return;  // all end together, at 1
    Stamped<float>& written = scratch_.written;
    written.clear(view_.topology().machines());
    float most = 0;
    for (Task& task : action.tasks) {
      float& total = written.at(view_.topology().machine_of(task.target));
      task.begin = total;
      total += task.shard.remaining;
      task.end = total;
      most = std::max(most, total);
    }
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
  Scratch& scratch_;
  std::size_t width_;
  std::vector<std::uint32_t>& homes_;
  placement::Occupancy& others_;
  TargetQueue& targets_;
  ReadLoad& reads_;
  bool two_missing_{};                     ///< of the group at hand
  bool targets_known_{};                   ///< those under way are counted
  std::vector<std::uint32_t> lost_disks_;  ///< those whose heir was asked for
  std::vector<std::uint32_t> heirs_;
  std::vector<std::uint32_t> expected_;  ///< of one group
};

}  // namespace

RebuildPlanner::RebuildPlanner(const codes::Code& code, const placement::Placement& placement,
                               const scenario::Repair& repair)
    : code_(code),
      placement_(placement),
      spares_(make_spares(repair.spares, placement.spec())),
      // Drawn times fill a disk in order, whichever disk goes first.
      order_(repair.rebuild_time ? scenario::RebuildOrder::danger : repair.order),
      traffic_(repair.traffic),
      moves_(repair.moves_shards()) {}

/// A rebuild moves at the pace of its tightest resource: one for each lost disk, so that a busy
/// source does not hold up what was on the other disks of a lost machine. What is in more danger
/// than that goes together.
std::vector<Batch> RebuildPlanner::batches_of(std::span<const LostShard> shards,
                                              const FleetView& view) const {
  const int tolerance = code_.tolerance();
  const bool none_deep = view.none_deep();
  std::vector<std::uint32_t> homes(static_cast<std::size_t>(code_.shape().total()));
  const auto missing = [&](std::uint32_t group) {
    view.members(group, homes);
    return static_cast<int>(std::ranges::count(homes, no_disk));
  };
  using Key = std::pair<int, std::uint32_t>;
  std::map<Key, Batch> by_danger;
  Batch* batch = nullptr;
  Key last;
  std::unordered_map<std::uint32_t, int> before;  // shards of a deep group, so far
  for (const LostShard& shard : shards) {
    Key key;
    if (order_ == scenario::RebuildOrder::arrival) {
      key = {static_cast<int>(std::min(shard.incident, no_incident / 4)), shard.incident};
    } else {
      // One shard of each group first: with it whole, the rest is in less danger.
      int lost = none_deep ? 1 : missing(shard.group);
      if (lost > 1 && view.one_first()) lost = std::max(1, lost - before[shard.group]++);
      const int left = priority_of(lost);
      key = {left, left < tolerance - 1 ? 0 : shard.incident};
    }
    if (batch == nullptr || key != last) {
      batch = &by_danger[key];
      batch->redundancy_left = key.first;
      last = key;
    }
    batch->shards.push_back(shard);
  }
  std::vector<Batch> batches;
  for (auto& [key, found] : by_danger) {
    if (order_ != scenario::RebuildOrder::arrival && key.first < tolerance - 1) {
      std::ranges::sort(found.shards, {},
                        [](const LostShard& shard) { return std::pair(shard.group, shard.slot); });
    }
    batches.push_back(std::move(found));
  }
  return batches;
}

Plan RebuildPlanner::decide(std::span<const LostShard> shards, const FleetView& view,
                            sim::Stream& stream, PlanningSpace& space) const {
  return decide(batches_of(shards, view), view, stream, space);
}

Plan RebuildPlanner::decide(std::span<const Batch> batches, const FleetView& view,
                            sim::Stream& stream, PlanningSpace& space) const {
  std::vector<const Batch*> order;
  for (const Batch& batch : batches) order.push_back(&batch);
  std::ranges::stable_sort(order, {}, &Batch::redundancy_left);
  Drafter drafter(code_, placement_, *spares_, order_, traffic_, moves_, view, stream,
                  space.scratch_for(view.topology()));
  Plan plan;
  for (const Batch* batch : order) drafter.keep_promises(*batch);
  for (const Batch* batch : order) drafter.add(*batch, plan);
  return plan;
}

}  // namespace models::repair
