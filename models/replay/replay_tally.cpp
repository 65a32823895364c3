#include "models/replay/replay_tally.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/interval.h"

namespace models::replay {
namespace {

constexpr std::string_view how = "recorded failures, rebuilds share bandwidth";

sim::Estimate mean_of(const sim::Moments& moments) {
  sim::Estimate estimate =
      sim::Estimate::exact(moments.mean(), sim::Method::direct, std::string(how));
  estimate.replicates = moments.count();
  estimate.counted = "placements";
  if (moments.count() >= 2 && moments.variance() > 0) estimate.ci95 = sim::mean_interval(moments);
  if (moments.count() < 2) estimate.note = "one placement: no interval";
  return estimate;
}

/// No loss in any placement is a bound, not a zero.
sim::Estimate chance_of(const sim::Moments& lost) {
  sim::Estimate estimate = mean_of(lost);
  const std::uint64_t n = lost.count();
  if (n < 2) return estimate;  // it happened, or it did not: nothing was drawn
  if (lost.non_zero() == 0) {
    estimate.value.reset();
    estimate.ci95 = sim::zero_bound(n);
  } else {
    estimate.ci95 = sim::wilson_interval(lost.non_zero(), n);
  }
  return estimate;
}

sim::Estimate quantile_of(const sim::QuantileSketch& sketch, double p) {
  sim::Estimate estimate;
  estimate.model = how;
  estimate.replicates = sketch.count();
  estimate.counted = "rebuilds";
  const auto n = static_cast<double>(sketch.count());
  if (n == 0) {
    estimate.ci95 = {0, std::numeric_limits<double>::infinity()};
    estimate.note = "no disk was rebuilt";
    return estimate;
  }
  // Order statistics: ranks p n +- 1.96 sqrt(n p (1-p)).
  const double spread = 1.96 * std::sqrt(p * (1 - p) / n);
  estimate.value = sketch.quantile(p);
  estimate.ci95 = {sketch.quantile(std::max(0.0, p - spread)),
                   sketch.quantile(std::min(1.0, p + spread))};
  return estimate;
}

}  // namespace

void ReplayTally::add(const fleet::Outcome& outcome, const Exposure& exposure, int tolerance,
                      std::uint64_t in_empty_places, const Scale& scale) {
  Span sum;
  if (spans_.empty()) spans_.resize(exposure.spans().size());
  for (std::size_t i = 0; i < spans_.size(); ++i) {
    const Span& span = exposure.spans()[i];
    for (Span* into : {&sum, &spans_[i]}) {
      into->degraded += span.degraded;
      into->twice += span.twice;
      into->bare += span.bare;
      into->lost += span.lost;
    }
    spans_[i].peak += span.peak;
    sum.peak = std::max(sum.peak, span.peak);
  }
  const double group_time = scale.groups * scale.length.value;
  degraded_.add(sum.degraded / group_time);
  twice_.add(sum.twice / group_time);
  bare_.add(sum.bare / group_time);
  peak_.add(sum.peak);
  lost_.add(sum.lost > 0 ? 1 : 0);
  groups_lost_.add(outcome.groups_lost);
  bytes_lost_.add(outcome.groups_lost * scale.group_bytes.value);
  played_.push_back({sum.degraded / group_time, sum.twice / group_time, sum.bare / group_time,
                     sum.peak, static_cast<double>(outcome.groups_lost)});
  const double days = sim::in_days(scale.length);
  repair_per_day_.add(outcome.repair_bytes / days);
  cross_rack_per_day_.add(outcome.cross_rack_bytes / days);
  for (const double hours : outcome.rebuild_hours_per_tb) rebuild_hours_.add(hours);
  ++least_redundancy_[sum.lost > 0 ? -1 : std::max(0, tolerance - exposure.deepest())];
  in_empty_places_ += in_empty_places;
}

void ReplayTally::merge(const ReplayTally& later) {
  degraded_.merge(later.degraded_);
  twice_.merge(later.twice_);
  bare_.merge(later.bare_);
  peak_.merge(later.peak_);
  lost_.merge(later.lost_);
  groups_lost_.merge(later.groups_lost_);
  bytes_lost_.merge(later.bytes_lost_);
  repair_per_day_.merge(later.repair_per_day_);
  cross_rack_per_day_.merge(later.cross_rack_per_day_);
  rebuild_hours_.merge(later.rebuild_hours_);
  played_.insert(played_.end(), later.played_.begin(), later.played_.end());
  if (spans_.empty()) spans_.resize(later.spans_.size());
  for (std::size_t i = 0; i < later.spans_.size(); ++i) {
    spans_[i].degraded += later.spans_[i].degraded;
    spans_[i].twice += later.spans_[i].twice;
    spans_[i].bare += later.spans_[i].bare;
    spans_[i].lost += later.spans_[i].lost;
    spans_[i].peak += later.spans_[i].peak;
  }
  for (const auto& [redundancy, count] : later.least_redundancy_) {
    least_redundancy_[redundancy] += count;
  }
  in_empty_places_ += later.in_empty_places_;
}

std::vector<Figure> ReplayTally::resampled_figures() const {
  const auto middle = [&](double Played::*value) {
    sim::Estimate estimate = sim::Estimate::exact(0, sim::Method::direct, std::string(how));
    estimate.replicates = played_.size();
    estimate.counted = "records";
    std::vector<double> values;
    double sum = 0;
    for (const Played& one : played_) {
      values.push_back(one.*value);
      sum += one.*value;
    }
    if (values.empty()) return estimate;
    std::ranges::sort(values);
    const auto last = static_cast<double>(values.size() - 1);
    estimate.value = sum / static_cast<double>(values.size());
    estimate.ci95 = {values[static_cast<std::size_t>(std::floor(0.025 * last))],
                     values[static_cast<std::size_t>(std::ceil(0.975 * last))]};
    return estimate;
  };
  sim::Estimate loss = chance_of(lost_);
  loss.counted = "records";
  return {{"degraded", "group-time with a shard missing", "share", middle(&Played::degraded)},
          {"twice_degraded", "group-time with two or more shards missing", "share",
           middle(&Played::twice)},
          {"bare", "group-time without any redundancy left", "share", middle(&Played::bare)},
          {"peak_degraded", "most groups at once with a shard missing", "groups",
           middle(&Played::peak)},
          {"loss_probability", "resampled records that lose data", "share", loss},
          {"groups_lost", "groups lost, in shares", "groups", middle(&Played::groups_lost)}};
}

std::vector<Figure> ReplayTally::figures() const {
  return {
      {"degraded", "group-time with a shard missing", "share", mean_of(degraded_)},
      {"twice_degraded", "group-time with two or more shards missing", "share", mean_of(twice_)},
      {"bare", "group-time without any redundancy left", "share", mean_of(bare_)},
      {"peak_degraded", "most groups at once with a shard missing", "groups", mean_of(peak_)},
      {"loss_probability", "placements that lose data", "share", chance_of(lost_)},
      {"groups_lost", "groups lost, in shares", "groups", mean_of(groups_lost_)},
      {"bytes_lost", "user bytes lost", "bytes", mean_of(bytes_lost_)},
      {"repair_bytes_per_day.total", "read by rebuilds", "bytes/day", mean_of(repair_per_day_)},
      {"repair_bytes_per_day.cross_rack", "of them across racks", "bytes/day",
       mean_of(cross_rack_per_day_)},
      {"rebuild_hours_per_tb.p50", "rebuild, median", "h/TB", quantile_of(rebuild_hours_, 0.5)},
      {"rebuild_hours_per_tb.p99", "rebuild, 99 %", "h/TB", quantile_of(rebuild_hours_, 0.99)},
  };
}

}  // namespace models::replay
