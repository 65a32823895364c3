#include "models/drill/course.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "models/codes/slots.h"
#include "models/drill/chunk_store.h"
#include "models/drill/misplaced.h"
#include "models/topology/topology.h"
#include "sim/contract.h"
#include "sim/random.h"

namespace models::drill {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::size_t violations_told = 20;

/// One use of randomness each, so that what a planner draws never moves the faults.
enum Draws : std::uint64_t { placing, contents, faults, planning, reading };

sim::Stream stream_for(const DrillOptions& options, Draws draws) {
  return {options.seed, sim::Purpose::drill, {0, draws, 0, 0}};
}

std::size_t index(std::uint64_t number) { return static_cast<std::size_t>(number); }

/// Shards that a disk holds: its share at the start, and what `usable_fill` leaves free above it.
std::size_t capacity_for(const placement::PlacementMap& map, const topology::Topology& topology,
                         double usable_fill) {
  std::size_t most = 0;
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    most = std::max(most, map.shards_of(disk).size());
  }
  return static_cast<std::size_t>(static_cast<double>(most) / usable_fill) + 1;
}

/// A task of a plan that has not run yet.
struct Pending {
  repair::Task task;
  std::vector<std::pair<std::uint16_t, std::uint32_t>> reads;  ///< slot, and its disk when planned
};

/// One strategy's drill under way.
class Course {
 public:
  Course(const Subject& subject, const DrillOptions& options, const Decide& decide)
      : code_(subject.code),
        limits_(subject.limits),
        decide_(decide),
        topology_(subject.hardware),
        width_(static_cast<std::uint32_t>(code_.shape().total())),
        groups_(static_cast<std::uint32_t>(options.objects)),
        object_bytes_(options.object_bytes),
        placing_(stream_for(options, placing)),
        faults_(stream_for(options, faults)),
        planning_(stream_for(options, planning)),
        reading_(stream_for(options, reading)),
        map_(subject.placement.build(topology_, static_cast<int>(width_), options.objects,
                                     placing_)),
        store_(topology_, map_, capacity_for(map_, topology_, subject.hardware.usable_fill)),
        lost_(groups_) {
    const auto data = static_cast<std::size_t>(code_.shape().data);
    shard_bytes_ = (object_bytes_ + data - 1) / data;
    result_.code = code_.name();
    result_.objects = options.objects;
    store_objects(stream_for(options, contents));
  }

  StrategyDrill run(int steps) {
    audit();
    for (int step = 0; step < steps; ++step) {
      strike();
      while (faults_.below(3) == 0) {  // the next loss does not wait for the rebuild
        plan();
        execute(index(faults_.below(pending_.size() + 1)));
        if (!pending_.empty()) ++result_.faults_during_rebuild;
        strike();
      }
      recover();
      if (faults_.below(4) == 0) continue;  // the spare comes late, the next loss first
      for (std::uint32_t disk = 0; disk < topology_.disks(); ++disk) store_.replace_disk(disk);
      recover();
    }
    return std::move(result_);
  }

 private:
  void store_objects(sim::Stream stream) {
    written_.resize(std::size_t{groups_} * width_);
    for (std::uint32_t group = 0; group < groups_; ++group) {
      const std::span shards = std::span(written_).subspan(std::size_t{group} * width_, width_);
      for (Bytes& shard : shards) shard.resize(shard_bytes_);
      std::uint64_t bits = 0;
      for (std::size_t at = 0; at < object_bytes_; ++at) {
        bits = at % sizeof bits == 0 ? stream.bits() : bits >> 8U;
        shards[at / shard_bytes_][at % shard_bytes_] = static_cast<std::byte>(bits & 0xFFU);
      }
      const std::vector<codes::Code::Block> from(shards.begin(),
                                                 shards.begin() + code_.shape().data);
      const std::vector<codes::Code::MutableBlock> to(shards.begin() + code_.shape().data,
                                                      shards.end());
      code_.encode(from, to);
      for (std::uint32_t slot = 0; slot < width_; ++slot) {
        const std::uint32_t disk = map_.members(group)[slot];
        if (!store_.write(group, slot, disk, shards[slot])) {
          complain(fmt::format("disk {} refused shard {} of object {}", disk, slot, group));
        }
      }
      result_.bytes_written += object_bytes_;
      result_.bytes_encoded += shard_bytes_ * width_;
    }
  }

  /// A disk or a machine is lost; every other time one that hurts the object struck before.
  void strike() {
    if (faults_.below(2) == 0) focus_ = static_cast<std::uint32_t>(faults_.below(groups_));
    const auto slot = static_cast<std::uint32_t>(faults_.below(width_));
    std::uint32_t disk = store_.home(focus_, slot);
    if (disk == repair::no_disk)
      disk = static_cast<std::uint32_t>(faults_.below(topology_.disks()));
    const bool whole_machine = faults_.below(3) == 0;
    const std::uint32_t machine = topology_.machine_of(disk);
    const std::uint32_t first = whole_machine ? topology_.first_disk(machine) : disk;
    const std::uint32_t count = whole_machine ? topology_.disks_per_machine() : 1;
    int disks = 0;
    for (std::uint32_t d = first; d < first + count; ++d) {
      disks += store_.lose_disk(d, homeless_) ? 1 : 0;
    }
    result_.disks_lost += disks;
    result_.machines_lost += whole_machine && disks > 0 ? 1 : 0;
    take_back();
    judge();
  }

  /// Work that has not run is planned anew; what was promised stays promised where that can be.
  void take_back() {
    for (const Pending& pending : pending_) {
      repair::LostShard shard = pending.task.shard;
      shard.promised = store_.working(pending.task.target) ? pending.task.target : repair::no_disk;
      homeless_.push_back(shard);
    }
    pending_.clear();
    store_.drop_promises();
  }

  /// Objects that are lost from now on, as the code says.
  void judge() {
    for (std::uint32_t group = 0; group < groups_; ++group) {
      if (lost_[group] || code_.recoverable(store_.missing(group))) continue;
      lost_[group] = true;
      ++result_.objects_lost_predicted;
    }
    std::erase_if(homeless_, [&](const repair::LostShard& shard) { return lost_[shard.group]; });
  }

  void plan() {
    std::map<int, repair::Batch> by_danger;
    for (const repair::LostShard& shard : homeless_) {
      const int left = code_.tolerance() - static_cast<int>(store_.missing(shard.group).count());
      by_danger[left].redundancy_left = left;
      by_danger[left].shards.push_back(shard);
    }
    std::vector<repair::Batch> batches;
    batches.reserve(by_danger.size());
    for (auto& [left, batch] : by_danger) batches.push_back(std::move(batch));
    repair::Plan plan = decide_(batches, store_, planning_);
    homeless_ = std::move(plan.waiting);
    result_.shards_waited += homeless_.size();
    for (const repair::RebuildAction& action : plan.rebuild) {
      for (const repair::Task& task : action.tasks) {
        Pending pending{task, {}};
        for (std::uint32_t i = task.first_read; i < task.first_read + task.reads; ++i) {
          pending.reads.emplace_back(action.read_slots[i], action.read_disks[i]);
        }
        store_.promise(task);
        pending_.push_back(std::move(pending));
      }
    }
  }

  void execute(std::size_t tasks) {
    for (std::size_t i = 0; i < tasks; ++i) rebuild(pending_[i]);
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(tasks));
  }

  void rebuild(const Pending& pending) {
    const auto [group, slot] = std::pair(pending.task.shard.group, pending.task.shard.slot);
    store_.drop_promise(pending.task);
    std::vector<codes::Code::Block> blocks(width_);
    codes::ShardSet reads;
    for (const auto& [from, disk] : pending.reads) {
      const auto bytes = store_.read(group, from, disk);
      if (!bytes) {
        return complain(fmt::format("rebuild of {} reads slot {} from disk {}, where it is not",
                                    describe(group, slot), from, disk));
      }
      blocks[from] = *bytes;
      reads.set(from);
      result_.bytes_read += bytes->size();
    }
    Bytes out(shard_bytes_);
    if (!code_.rebuild(slot, reads, blocks, out)) {
      return complain(
          fmt::format("the reads planned for {} do not suffice", describe(group, slot)));
    }
    compare(out, written_[std::size_t{group} * width_ + slot],
            [g = group, s = slot] { return "rebuilt " + describe(g, s); });
    if (!store_.write(group, slot, pending.task.target, out)) {
      return complain(
          fmt::format("disk {} cannot take {}", pending.task.target, describe(group, slot)));
    }
    ++result_.shards_rebuilt;
  }

  void recover() {
    take_back();
    plan();
    execute(pending_.size());
    audit();
  }

  void audit() {
    int seen = 0;
    for (std::uint32_t group = 0; group < groups_; ++group) {
      const bool whole = read_back(group);
      seen += whole ? 0 : 1;
      if (whole == lost_[group]) {
        complain(fmt::format("object {} {}", group,
                             whole ? "is read although its code calls it lost"
                                   : "cannot be read although its code can recover it"));
      }
      check_places(group);
      check_homeless(group);
    }
    result_.objects_lost_seen = seen;
  }

  /// Reads an object through a random least set of its shards and compares every byte.
  bool read_back(std::uint32_t group) {
    std::vector<Bytes> shards(width_, Bytes(shard_bytes_));
    codes::ShardSet absent = codes::first_slots(static_cast<int>(width_));
    std::vector<std::uint32_t> present;
    for (std::uint32_t slot = 0; slot < width_; ++slot) {
      const std::uint32_t disk = store_.home(group, slot);
      if (disk == repair::no_disk) continue;
      const auto bytes = store_.read(group, slot, disk);
      if (!bytes) {
        complain(fmt::format("{} is not on disk {}", describe(group, slot), disk));
        continue;
      }
      std::ranges::copy(*bytes, shards[slot].begin());
      absent.reset(slot);
      present.push_back(slot);
    }
    leave_out(present, absent);
    for (const std::size_t slot : codes::slots_of(absent)) {
      std::ranges::fill(shards[slot], std::byte{0xA5});
    }
    const std::vector<codes::Code::MutableBlock> blocks(shards.begin(), shards.end());
    if (!code_.decode(blocks, absent)) return false;
    bool same = true;
    for (std::uint32_t slot = 0; slot < width_; ++slot) {
      same = compare(shards[slot], written_[std::size_t{group} * width_ + slot],
                     [&] { return "read " + describe(group, slot); }) &&
             same;
    }
    return same;
  }

  void leave_out(std::vector<std::uint32_t>& present, codes::ShardSet& absent) {
    while (!present.empty()) {
      const std::size_t i = index(reading_.below(present.size()));
      absent.set(present[i]);
      if (!code_.recoverable(absent)) absent.reset(present[i]);
      present[i] = present.back();
      present.pop_back();
    }
  }

  void check_places(std::uint32_t group) {
    std::vector<std::uint32_t> homes(width_);
    store_.members(group, homes);
    for (const std::string& fault : misplaced(topology_, limits_, code_, homes)) {
      complain(fmt::format("object {} has {}", group, fault));
    }
  }

  /// A lost shard of a living object is rebuilt or waits: a planner must not forget it.
  void check_homeless(std::uint32_t group) {
    if (lost_[group]) return;
    const auto waiting = std::ranges::count(homeless_, group, &repair::LostShard::group);
    const auto missing = store_.missing(group).count();
    if (static_cast<std::size_t>(waiting) == missing) return;
    complain(fmt::format("object {} misses {} shards, of which {} wait", group, missing, waiting));
  }

  template <class What>
  bool compare(std::span<const std::byte> got, std::span<const std::byte> expected,
               const What& what) {
    result_.bytes_verified += expected.size();
    if (got.size() == expected.size() &&
        std::memcmp(got.data(), expected.data(), got.size()) == 0) {
      return true;
    }
    const auto at = std::ranges::mismatch(got, expected).in1;
    complain(fmt::format("{} differs from byte {} on", what(), at - got.begin()));
    return false;
  }

  static std::string describe(std::uint32_t group, std::uint32_t slot) {
    return fmt::format("shard {} of object {}", slot, group);
  }

  void complain(std::string what) {
    ++result_.violation_count;
    if (result_.violations.size() < violations_told) result_.violations.push_back(std::move(what));
  }

  const codes::Code& code_;
  const scenario::Placement& limits_;
  const Decide& decide_;
  topology::Topology topology_;
  std::uint32_t width_;
  std::uint32_t groups_;
  std::size_t object_bytes_;
  std::size_t shard_bytes_{};
  sim::Stream placing_;
  sim::Stream faults_;
  sim::Stream planning_;
  sim::Stream reading_;
  placement::PlacementMap map_;
  ChunkStore store_;
  std::vector<bool> lost_;
  std::vector<Bytes> written_;  ///< every shard as it was encoded
  std::vector<repair::LostShard> homeless_;
  std::vector<Pending> pending_;
  std::uint32_t focus_{};
  StrategyDrill result_;
};

}  // namespace

StrategyDrill drill_one(const Subject& subject, const DrillOptions& options, const Decide& decide) {
  EXPECTS(options.objects >= 1 && options.object_bytes >= 1 && options.faults >= 0);
  return Course(subject, options, decide).run(options.faults);
}

}  // namespace models::drill
