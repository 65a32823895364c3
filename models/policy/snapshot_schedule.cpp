#include "models/policy/snapshot_schedule.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/contract.h"
#include "sim/quantity.h"

namespace models::policy {

SnapshotScheduler::SnapshotScheduler(SnapshotRule rule) : rule_(std::move(rule)) {
  EXPECTS(rule_.every.value > 0 && rule_.most >= 1);
}

void SnapshotScheduler::expired(Seconds now, std::span<const Snapshot> snapshots,
                                std::vector<std::uint32_t>& drop) const {
  std::vector<bool> wanted(snapshots.size(), rule_.keep.empty());
  for (const KeepRule& keep : rule_.keep) {
    double last = -1;
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
      const double period = std::floor(snapshots[i].taken / keep.every);
      const bool first = period > last;
      last = period;
      if (first && now - snapshots[i].taken <= keep.keep_for) wanted[i] = true;
    }
  }
  if (!wanted.empty()) wanted.back() = true;
  auto surplus = std::ranges::count(wanted, true) - rule_.most;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    if (wanted[i] && surplus > 0) {
      wanted[i] = false;
      --surplus;
    }
    if (!wanted[i]) drop.push_back(snapshots[i].id);
  }
}

void SnapshotScheduler::decide(Memory& memory, Seconds now, std::span<const Snapshot> snapshots,
                               Actions& actions) const {
  actions = {};
  if (now >= memory.next) {
    actions.take = true;
    memory.next = now + rule_.every;
  }
  actions.wake_at = memory.next;
  std::vector<Snapshot> all(snapshots.begin(), snapshots.end());
  constexpr std::uint32_t to_be_taken = std::numeric_limits<std::uint32_t>::max();
  if (actions.take) all.push_back({to_be_taken, now});
  expired(now, all, actions.drop);
}

bool CopyScheduler::open(Seconds now) const {
  if (rule_.from == rule_.to) return true;
  const double hour = std::fmod(now.value, sim::day.value);
  if (rule_.from < rule_.to) return hour >= rule_.from.value && hour < rule_.to.value;
  return hour >= rule_.from.value || hour < rule_.to.value;
}

Seconds CopyScheduler::next_change(Seconds now) const {
  if (rule_.from == rule_.to) return {std::numeric_limits<double>::infinity()};
  const double midnight = std::floor(now / sim::day) * sim::day.value;
  double next = std::numeric_limits<double>::infinity();
  for (const double edge : {rule_.from.value, rule_.to.value}) {
    const double today = midnight + edge;
    next = std::min(next, today > now.value ? today : today + sim::day.value);
  }
  return {next};
}

void CopyScheduler::decide(Seconds now, std::span<const CopyFact> snapshots,
                           Actions& actions) const {
  actions = {};
  actions.wake_at = next_change(now);
  if (!open(now)) return;
  const auto next = std::ranges::find(snapshots, false, &CopyFact::copied);
  if (next != snapshots.end()) actions.send = next->id;
}

std::optional<std::size_t> next_restore(std::span<const std::uint8_t> applied) {
  const auto next = std::ranges::find(applied, std::uint8_t{0});
  if (next == applied.end()) return std::nullopt;
  return static_cast<std::size_t>(next - applied.begin());
}

}  // namespace models::policy
