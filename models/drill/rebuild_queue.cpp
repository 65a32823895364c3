#include "models/drill/rebuild_queue.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/codes/slots.h"
#include "models/drill/draws.h"

namespace models::drill {
namespace {

std::string describe(std::uint32_t group, std::uint32_t slot) {
  return fmt::format("shard {} of object {}", slot, group);
}

}  // namespace

std::vector<repair::LostShard> RebuildQueue::lost_shards(Shards& asked) const {
  std::vector<repair::LostShard> shards;
  for (std::uint32_t group = 0; group < store_.catalogue().groups(); ++group) {
    const Entry& entry = store_.catalogue().entry(group);
    if (entry.missing.none()) continue;
    for (const std::size_t slot : codes::slots_of(entry.missing)) {
      repair::LostShard lost;
      lost.group = group;
      lost.slot = static_cast<std::uint16_t>(slot);
      lost.from_disk = entry.homes[slot].disk;
      const auto promise = promises_.find({group, lost.slot});
      if (promise != promises_.end() && store_.readable(promise->second)) {
        lost.promised = promise->second;
      }
      shards.push_back(lost);
      asked[{group, lost.slot}] = 1;
    }
  }
  return shards;
}

void RebuildQueue::accept(const repair::RebuildAction& action, const repair::Task& task,
                          Shards& asked, const Complain& complain) {
  const auto [group, slot] = std::pair(task.shard.group, task.shard.slot);
  --asked[{group, slot}];
  Pending pending{task, {}};
  const Entry& entry = store_.catalogue().entry(group);
  for (std::uint32_t i = task.first_read; i < task.first_read + task.reads; ++i) {
    const std::uint16_t from = action.read_slots[i];
    const std::uint32_t disk = action.read_disks[i];
    if (entry.missing.test(from) || entry.homes[from].disk != disk || !store_.readable(disk)) {
      complain(fmt::format("the rebuild of {} is to read slot {} from disk {}, where it is not",
                           describe(group, slot), from, disk));
    }
    pending.reads.emplace_back(from, disk);
  }
  if (store_.free_shards(task.target) <= 0) {
    complain(
        fmt::format("disk {} is to take {} and has no room", task.target, describe(group, slot)));
  }
  store_.promise(task);
  promises_[{group, slot}] = task.target;
  pending_.push_back(std::move(pending));
}

void RebuildQueue::plan(const Complain& complain) {
  pending_.clear();
  store_.drop_promises();
  Shards asked;
  const std::vector<repair::LostShard> lost = lost_shards(asked);
  promises_.clear();
  if (lost.empty()) return;
  sim::Stream stream = stream_for(seed_, mission_, planning, ++plans_);
  const repair::Plan plan = subject_.decide(lost, store_, stream);
  waited_ += plan.waiting.size();
  for (const repair::RebuildAction& action : plan.rebuild) {
    for (const repair::Task& task : action.tasks) accept(action, task, asked, complain);
  }
  for (const repair::LostShard& shard : plan.waiting) --asked[{shard.group, shard.slot}];
  for (const auto& [shard, open] : asked) {
    if (open == 0) continue;
    complain(fmt::format("the planner was asked for {} and {}", describe(shard.first, shard.second),
                         open > 0 ? "forgot it" : "answers twice"));
  }
}

/// Tasks that no slow disk takes part in go first.
void RebuildQueue::quick_first() {
  std::stable_partition(pending_.begin(), pending_.end(), [&](const Pending& pending) {
    const auto slow = [&](const auto& read) { return store_.disks().slow(read.second); };
    return !store_.disks().slow(pending.task.target) && std::ranges::none_of(pending.reads, slow);
  });
}

std::optional<std::uint32_t> RebuildQueue::next_target() {
  quick_first();
  return pending_.empty() ? std::nullopt : std::optional(pending_.front().task.target);
}

std::size_t RebuildQueue::execute(std::size_t tasks, const Complain& complain) {
  quick_first();
  std::size_t done = 0;
  for (; tasks > 0 && !pending_.empty(); --tasks) {
    const Pending next = std::move(pending_.front());
    pending_.pop_front();
    const auto [group, slot] = std::pair(next.task.shard.group, next.task.shard.slot);
    if (!store_.catalogue().entry(group).missing.test(slot)) continue;
    switch (store_.rebuild(next.task, next.reads)) {
      case ObjectStore::Rebuilt::done:
        ++done;
        ++rebuilt_;
        break;
      case ObjectStore::Rebuilt::not_now:
        ++put_off_;
        break;
      case ObjectStore::Rebuilt::wrong:
        complain(fmt::format("the planned reads give {} with other bytes, or do not suffice",
                             describe(group, slot)));
        break;
    }
  }
  return done;
}

}  // namespace models::drill
