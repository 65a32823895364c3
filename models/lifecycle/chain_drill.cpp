#include "models/lifecycle/chain_drill.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "models/lifecycle/piece_store.h"
#include "sim/random.h"

namespace models::lifecycle {
namespace {

using Content = std::vector<std::byte>;
using Volume = std::vector<Content>;

constexpr std::uint32_t never = ~std::uint32_t{0};
constexpr std::uint32_t array_side = 0;
constexpr std::uint32_t cloud_side = 1;

/// What makes a snapshot a snapshot: pieces without it are waste.
struct Manifest {
  std::optional<std::uint32_t> parent;
  std::set<std::uint32_t> blocks;
  Seconds taken{};
};

struct Trouble {
  std::uint32_t crash{never};      ///< at this step
  std::uint32_t bad_write{never};  ///< the number of the write that goes wrong
};

/// A move of blocks to a snapshot: how the three things that are done to snapshots look alike.
struct Job {
  std::uint32_t side{};
  std::uint32_t snapshot{};           ///< that blocks are written to
  std::vector<std::uint32_t> blocks;  ///< which
  std::function<std::optional<Content>(std::uint32_t)> content;
  std::function<bool()> switched;
  std::function<void()> switch_over;
  std::vector<std::function<bool()>> source_there;   ///< what is removed at the end ...
  std::vector<std::function<void()>> remove_source;  ///< ... and how
};

class Course {
 public:
  Course(const ChainDrill& drill, const ChainPolicies& policies, const Trouble& trouble,
         DrillReport& report)
      : drill_(drill),
        policies_(policies),
        trouble_(trouble),
        report_(report),
        array_(drill.array),
        cloud_(drill.cloud),
        store_(2),
        live_(drill.blocks, Content(drill.block_bytes)),
        stream_(drill.seed, sim::Purpose::drill, {0, 0x636861, 0, 0}) {
    for (std::uint32_t block = 0; block < drill.blocks; ++block) dirty_.insert(block);
  }

  /// Steps that were made.
  std::uint32_t run() {
    ++report_.courses;
    for (std::uint32_t round = 0; round < drill_.rounds; ++round) {
      write_some();
      const Seconds now = drill_.array.every * (round + 1.0);
      while (!play(round, now)) check();
      collect();
      check();
    }
    restore_volume();
    return step_;
  }

  std::uint32_t writes() const { return writes_; }

 private:
  void write_some() {
    const std::uint64_t count = 1 + stream_.below(drill_.blocks / 2 + 1);
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto block = static_cast<std::uint32_t>(stream_.below(drill_.blocks));
      for (std::byte& byte : live_[block]) byte = static_cast<std::byte>(stream_.bits() & 0xFFU);
      dirty_.insert(block);
    }
  }

  /// What there is to do at `now`; false if a crash came, and then all is asked again.
  bool play(std::uint32_t round, Seconds now) {
    policy::SnapshotScheduler::Memory memory = memory_;
    policy::SnapshotScheduler::Actions actions;
    array_.decide(memory, now, snapshots(array_side), actions);
    if (actions.take && !take(now, memory)) return false;
    for (const std::uint32_t id : actions.drop) {
      if (!drop(array_side, id)) return false;
    }
    const bool line_up = round % 4 != 3;
    for (int sent = 0; line_up && sent < 2; ++sent) {
      if (!send(now)) return false;
    }
    std::vector<std::uint32_t> old;
    cloud_.expired(now, snapshots(cloud_side), old);
    return std::ranges::all_of(old, [&](std::uint32_t id) { return drop(cloud_side, id); });
  }

  std::vector<policy::Snapshot> snapshots(std::uint32_t side) const {
    std::vector<policy::Snapshot> list;
    for (const auto& [id, manifest] : listed_[side]) list.push_back({id, manifest.taken});
    return list;
  }

  std::optional<std::uint32_t> newest(std::uint32_t side) const {
    if (listed_[side].empty()) return std::nullopt;
    return listed_[side].rbegin()->first;
  }

  bool take(Seconds now, const policy::SnapshotScheduler::Memory& memory) {
    const std::uint32_t id = next_id_;
    Job job{.side = array_side,
            .snapshot = id,
            .blocks = {dirty_.begin(), dirty_.end()},
            .content = [this](std::uint32_t block) { return std::optional(live_[block]); },
            .switched = [this, id] { return listed_[array_side].contains(id); },
            .switch_over =
                [&, this] {
                  truth_[id] = live_;
                  listed_[array_side][id] = {newest(array_side), dirty_, now};
                  dirty_.clear();
                  memory_ = memory;
                  ++next_id_;
                },
            .source_there = {},
            .remove_source = {}};
    return perform(job);
  }

  /// The next one later rests on it: what that needs goes there before it goes.
  bool drop(std::uint32_t side, std::uint32_t id) {
    auto& listed = listed_[side];
    if (!listed.contains(id)) return true;
    const std::set<std::uint32_t> own = listed[id].blocks;
    const auto child =
        std::ranges::find_if(listed, [id](const auto& entry) { return entry.second.parent == id; });
    Job job{.side = side,
            .snapshot = id,
            .blocks = {},
            .content = {},
            .switched = [] { return true; },
            .switch_over = [] {},
            .source_there = {},
            .remove_source = {}};
    if (child != listed.end()) {
      const std::uint32_t later = child->first;
      job.snapshot = later;
      std::ranges::set_difference(own, child->second.blocks, std::back_inserter(job.blocks));
      job.content = [this, side, id](std::uint32_t block) { return read(side, id, block); };
      job.switched = [&listed, later, id] { return listed[later].parent != id; };
      job.switch_over = [&listed, later, id, blocks = job.blocks] {
        listed[later].blocks.insert(blocks.begin(), blocks.end());
        listed[later].parent = listed[id].parent;
      };
    }
    job.source_there.emplace_back([&listed, id] { return listed.contains(id); });
    job.remove_source.emplace_back([&listed, id] { listed.erase(id); });
    for (const std::uint32_t block : own) {
      const PieceKey key{id, 0, 0, block};
      job.source_there.emplace_back([this, side, key] { return store_.present(side, key); });
      job.remove_source.emplace_back([this, side, key] { store_.remove(side, key); });
    }
    return perform(job);
  }

  bool send(Seconds now) {
    std::vector<policy::CopyFact> facts;
    const auto there = newest(cloud_side);
    for (const auto& [id, manifest] : listed_[array_side]) {
      facts.push_back({id, there.has_value() && id <= *there});
    }
    policy::CopyScheduler::Actions actions;
    policies_.copy(now, facts, actions);
    if (!actions.send) return true;
    const std::uint32_t id = *actions.send;
    const Manifest manifest = listed_[array_side].at(id);
    Job job{.side = cloud_side,
            .snapshot = id,
            .blocks = {manifest.blocks.begin(), manifest.blocks.end()},
            .content = [this, id](std::uint32_t block) { return read(array_side, id, block); },
            .switched = [this, id] { return listed_[cloud_side].contains(id); },
            .switch_over =
                [&, this] {
                  listed_[cloud_side][id] = {there, manifest.blocks, manifest.taken};
                },
            .source_there = {},
            .remove_source = {}};
    return perform(job);
  }

  bool perform(Job& job) {
    std::vector<bool> verified(job.blocks.size(), false);
    std::vector<bool> bad(job.blocks.size(), false);
    std::vector<PieceState> target(job.blocks.size());
    std::vector<PieceState> source(job.source_there.size());
    for (int step = 0; step < 1000; ++step) {
      for (std::size_t i = 0; i < target.size(); ++i) {
        const bool there = store_.present(job.side, {job.snapshot, 0, 0, job.blocks[i]});
        target[i] = !there        ? PieceState::absent
                    : bad[i]      ? PieceState::bad
                    : verified[i] ? PieceState::verified
                                  : PieceState::unverified;
      }
      for (std::size_t i = 0; i < source.size(); ++i) {
        source[i] = job.source_there[i]() ? PieceState::unverified : PieceState::absent;
      }
      const bool switched = job.switched();
      // Nothing is left of a finished move that could be verified again.
      if (switched) std::ranges::fill(target, PieceState::verified);
      const MoveAction action = policies_.move({switched, true, target, source});
      if (action.step == MoveStep::done) return true;
      const bool crash = step_++ == trouble_.crash;
      act(job, action, crash, verified, bad);
      if (crash) {
        ++report_.crashes;
        return false;
      }
    }
    report_.complain(words() + ": a move of a snapshot does not end");
    return true;
  }

  void act(Job& job, const MoveAction& action, bool crash, std::vector<bool>& verified,
           std::vector<bool>& bad) {
    if (action.step == MoveStep::write_piece) {
      const std::uint32_t block = job.blocks[action.piece];
      const auto content = job.content(block);
      if (!content) return report_.complain(words() + ": a block to be copied is gone");
      const bool wrong = writes_++ == trouble_.bad_write;
      store_.write(job.side, {job.snapshot, 0, 0, block}, *content,
                   crash   ? PieceStore::Write::torn
                   : wrong ? PieceStore::Write::flipped
                           : PieceStore::Write::whole);
      verified[action.piece] = bad[action.piece] = false;
      return;
    }
    if (crash) return;
    if (action.step == MoveStep::verify_piece) {
      const bool good = read(job.side, job.snapshot, job.blocks[action.piece]).has_value();
      verified[action.piece] = good;
      bad[action.piece] = !good;
    }
    if (action.step == MoveStep::switch_over) job.switch_over();
    if (action.step == MoveStep::remove_source) job.remove_source[action.piece]();
  }

  std::optional<Content> read(std::uint32_t side, std::uint32_t id, std::uint32_t block) const {
    const auto bytes = store_.read(side, {id, 0, 0, block});
    if (!bytes) return std::nullopt;
    return Content(bytes->begin(), bytes->end());
  }

  /// From the oldest on; empty if a link is missing.
  std::vector<std::uint32_t> chain_of(std::uint32_t side, std::uint32_t id) const {
    std::vector<std::uint32_t> chain;
    std::optional<std::uint32_t> at = id;
    while (at) {
      const auto found = listed_[side].find(*at);
      if (found == listed_[side].end()) return {};
      chain.push_back(*at);
      at = found->second.parent;
    }
    std::ranges::reverse(chain);
    return chain;
  }

  std::optional<Volume> content_of(std::uint32_t side, std::uint32_t id) {
    const auto chain = chain_of(side, id);
    if (chain.empty()) return std::nullopt;
    Volume volume(drill_.blocks, Content(drill_.block_bytes));
    for (const std::uint32_t link : chain) {
      for (const std::uint32_t block : listed_[side][link].blocks) {
        const auto content = read(side, link, block);
        if (!content) return std::nullopt;
        volume[block] = *content;
      }
    }
    report_.bytes_compared += drill_.blocks * drill_.block_bytes;
    return volume;
  }

  void check() {
    ++report_.states_checked;
    for (std::uint32_t side = 0; side < 2; ++side) {
      for (const policy::Snapshot& snapshot : snapshots(side)) {
        const auto volume = content_of(side, snapshot.id);
        if (volume && *volume == truth_[snapshot.id]) continue;
        report_.complain(fmt::format("{}: snapshot {} {} {}", words(), snapshot.id,
                                     side == array_side ? "on the array" : "in the cloud",
                                     volume ? "has other bytes" : "cannot be restored"));
      }
    }
  }

  /// Pieces that no manifest names are waste: of crashes, and of snapshots that went under way.
  void collect() {
    for (std::uint32_t side = 0; side < 2; ++side) {
      for (const PieceKey& key : store_.inventory()) {
        const auto found = listed_[side].find(key.object);
        if (found == listed_[side].end() || !found->second.blocks.contains(key.piece)) {
          store_.remove(side, key);
        }
      }
    }
  }

  /// A new volume from what the cloud has, through crashes: `applied` is its journal.
  void restore_volume() {
    const auto id = newest(cloud_side);
    if (!id) return report_.complain(words() + ": nothing is in the cloud");
    const auto chain = chain_of(cloud_side, *id);
    Volume volume(drill_.blocks, Content(drill_.block_bytes));
    std::vector<std::uint8_t> applied(chain.size(), 0);
    while (const auto next = policies_.restore(applied)) {
      bool crash = false;
      for (const std::uint32_t block : listed_[cloud_side][chain[*next]].blocks) {
        crash = step_++ == trouble_.crash;
        if (crash) break;
        volume[block] = read(cloud_side, chain[*next], block).value_or(Content{});
      }
      if (crash) {
        ++report_.crashes;
      } else {
        applied[*next] = 1;
      }
    }
    ++report_.states_checked;
    report_.bytes_compared += drill_.blocks * drill_.block_bytes;
    if (volume != truth_[*id]) {
      report_.complain(
          fmt::format("{}: the volume restored from snapshot {} has other bytes", words(), *id));
    }
  }

  std::string words() const {
    if (trouble_.crash != never) return fmt::format("crash at step {}", trouble_.crash);
    if (trouble_.bad_write != never) return fmt::format("bad write {}", trouble_.bad_write);
    return "no crash";
  }

  const ChainDrill& drill_;
  const ChainPolicies& policies_;
  Trouble trouble_;
  DrillReport& report_;
  policy::SnapshotScheduler array_;
  policy::SnapshotScheduler cloud_;
  PieceStore store_;  // what survives a crash, up to next_id_
  std::array<std::map<std::uint32_t, Manifest>, 2> listed_;
  Volume live_;
  std::set<std::uint32_t> dirty_;
  policy::SnapshotScheduler::Memory memory_;
  std::uint32_t next_id_{};
  std::map<std::uint32_t, Volume> truth_;
  sim::Stream stream_;
  std::uint32_t step_{};
  std::uint32_t writes_{};
};

}  // namespace

DrillReport drill_chain(const ChainDrill& drill, std::string name, const ChainPolicies& policies) {
  DrillReport report;
  report.name = std::move(name);
  Course plain(drill, policies, {}, report);
  const std::uint32_t steps = plain.run();
  for (std::uint32_t step = 0; step < steps; ++step) {
    Course(drill, policies, {.crash = step}, report).run();
  }
  for (std::uint32_t write = 0; write < plain.writes(); ++write) {
    Course(drill, policies, {.bad_write = write}, report).run();
  }
  return report;
}

}  // namespace models::lifecycle
