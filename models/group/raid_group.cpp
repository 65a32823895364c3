#include "models/group/raid_group.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "sim/contract.h"
#include "sim/execution/blocks.h"

namespace models::group {

namespace {

constexpr Seconds never{std::numeric_limits<double>::infinity()};
constexpr std::size_t steps = 2048;
/// Longer than all but so few defects stay.
constexpr double last_of_them = 1e-9;
/// Times that; then the chance is that of long ago: what is left of the start falls with each by
/// the share of time that a disk has a defect.
constexpr double memory = 3;
constexpr std::uint64_t block_size = 4096;

}  // namespace

/// Of one at a time: U(t) = integral of rate (1 - U(u)) S(t - u) over u up to t, S being the chance
/// to be not yet mended (trapezoidal rule, forwards). Of independent ones the number is Poisson
/// distributed, with the rate times the integral of S as mean.
DefectChance::DefectChance(const Defects& defects) {
  const double rate = defects.rate.value;
  step_ =
      memory * defects.mended.time_at_hazard(-std::log(last_of_them)) / static_cast<double>(steps);
  std::vector<double> still(steps + 1);
  for (std::size_t i = 0; i <= steps; ++i) {
    still[i] = defects.mended.survival(static_cast<double>(i) * step_);
  }
  chance_.assign(steps + 1, 0.0);
  const double h = step_.value * rate;
  double waiting = 0;
  for (std::size_t i = 1; i <= steps; ++i) {
    if (defects.order == DefectOrder::independent) {
      waiting += 0.5 * h * (still[i - 1] + still[i]);
      chance_[i] = -std::expm1(-waiting);
      continue;
    }
    double sum = 0.5 * still[i];
    for (std::size_t j = 1; j < i; ++j) sum += (1 - chance_[j]) * still[i - j];
    chance_[i] = h * (sum + 0.5) / (1 + 0.5 * h);
  }
}

double DefectChance::at(Seconds age) const {
  const double at = age / step_;
  if (!(at < static_cast<double>(steps))) return chance_.back();
  const auto below = static_cast<std::size_t>(std::max(at, 0.0));
  const double part = at - static_cast<double>(below);
  return chance_[below] + part * (chance_[below + 1] - chance_[below]);
}

GroupMission::GroupMission(const RaidGroup& group, const DefectChance* chance, std::uint64_t seed)
    : group_(group),
      chance_(chance),
      seed_(seed),
      stream_(seed, sim::Purpose::failure),
      count_(group.disks()) {
  EXPECTS(group.parity >= 1 && group.data >= 1 && group.disks() <= most_disks);
  EXPECTS(chance != nullptr || !group.defects);
}

void GroupMission::start(std::uint64_t replicate) {
  stream_ = sim::Stream(seed_, sim::Purpose::failure, {replicate, 0, 0, 0});
  for (int i = 0; i < count_; ++i)
    disks_[static_cast<std::size_t>(i)] = {{}, never, never, {}, false};
  down_ = 0;
  renewed_ = 0;
  candidate_hazard_ = 0;
  loss_ = {};
  spared_ = 1;
}

/// Of the disks of the start: one process for all, thinned by those that were renewed since.
Seconds GroupMission::next_candidate() {
  candidate_hazard_ += stream_.exponential() / count_;
  return group_.life.time_at_hazard(candidate_hazard_);
}

GroupLoss GroupMission::play(std::uint64_t replicate) {
  start(replicate);
  Seconds candidate = next_candidate();
  Seconds now{};
  const auto disks = std::span(disks_).first(static_cast<std::size_t>(count_));
  while (true) {
    Seconds next = candidate;
    Disk* disk = nullptr;
    if (renewed_ > 0) {
      for (Disk& one : disks) {
        const Seconds at = std::min(one.fails, one.whole);
        if (at < next) {
          next = at;
          disk = &one;
        }
      }
    }
    const Seconds until = std::min(next, group_.mission);
    if (down_ == group_.parity) {
      const double gained = hazard(now, until);
      loss_.failures += gained;
      if (!loss_.seen) loss_.too_many_disks += gained;
    }
    if (next >= group_.mission) break;
    now = next;
    if (disk == nullptr) {
      disk = &disks[static_cast<std::size_t>(stream_.below(static_cast<std::uint64_t>(count_)))];
      candidate = next_candidate();
      if (!disk->renewed) fail(*disk, now);
    } else if (disk->whole <= now) {
      heal(*disk, now);
    } else {
      fail(*disk, now);
    }
  }
  loss_.defect = 1 - spared_;
  return loss_;
}

void GroupMission::fail(Disk& disk, Seconds now) {
  if (!disk.renewed) ++renewed_;
  disk.renewed = true;
  disk.fails = never;
  disk.whole = now + group_.repair.sample(stream_);
  ++down_;
  if (down_ > group_.parity) loss_.seen = true;
  if (down_ != group_.parity || !group_.defects) return;
  if (group_.defects->met == DefectMet::at_the_failure) meet_defects(now);
}

void GroupMission::heal(Disk& disk, Seconds now) {
  const bool bare = down_ == group_.parity;
  if (bare && group_.defects && group_.defects->met == DefectMet::by_the_rebuild) {
    meet_defects(now);
    for (Disk& one : disks_) one.free_since = now;
  }
  disk.born = now;
  disk.free_since = now;
  disk.whole = never;
  disk.fails = now + group_.life.sample(stream_);
  --down_;
}

/// Each disk that works has to be read.
void GroupMission::meet_defects(Seconds now) {
  double none = 1;
  const auto disks = std::span(disks_).first(static_cast<std::size_t>(count_));
  double same_age = -1;
  double same = 0;
  for (const Disk& disk : disks) {
    if (disk.whole < never) continue;
    const double age = (now - disk.free_since).value;
    if (age != same_age) {
      same_age = age;
      same = 1 - chance_->at({age});
    }
    none *= same;
  }
  loss_.defects += 1 - none;
  spared_ *= none;
}

/// That one of the disks that work fails between the two times.
double GroupMission::hazard(Seconds from, Seconds to) const {
  double sum = 0;
  int of_the_start = count_ - renewed_;
  for (int i = 0; i < count_ && renewed_ > 0; ++i) {
    const Disk& disk = disks_[static_cast<std::size_t>(i)];
    if (!disk.renewed || disk.whole < never) continue;
    sum += group_.life.cumulative_hazard(to - disk.born) -
           group_.life.cumulative_hazard(from - disk.born);
  }
  if (of_the_start > 0) {
    sum += of_the_start * (group_.life.cumulative_hazard(to) - group_.life.cumulative_hazard(from));
  }
  return sum;
}

void GroupTally::merge(const GroupTally& later) {
  too_many_disks.merge(later.too_many_disks);
  defect.merge(later.defect);
  failures.merge(later.failures);
  defects.merge(later.defects);
  seen += later.seen;
}

GroupTally play_missions(const RaidGroup& group, std::uint64_t missions, std::uint64_t seed,
                         int threads) {
  std::optional<DefectChance> chance;
  if (group.defects) chance.emplace(*group.defects);
  sim::BlockPlan plan;
  plan.end = missions;
  plan.block_size = block_size;
  plan.threads = threads;
  return sim::run_blocks(
             plan, GroupTally{},
             [&] { return GroupMission(group, chance ? &*chance : nullptr, seed); },
             [](std::uint64_t replicate, GroupMission& mission, GroupTally& tally) {
               const GroupLoss loss = mission.play(replicate);
               tally.too_many_disks.add(loss.too_many_disks);
               tally.defect.add(loss.defect);
               tally.failures.add(loss.failures);
               tally.defects.add(loss.defects);
               if (loss.seen) ++tally.seen;
             })
      .accumulator;
}

}  // namespace models::group
