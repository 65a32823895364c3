// Paired differences between strategies.
#include <algorithm>
#include <cmath>
#include <limits>

#include "models/fleet/tally.h"
#include "sim/interval.h"

namespace models::fleet {

namespace {

/// log10(a/b) from paired missions, where both sides saw something.
bool set_paired(Difference& difference, const sim::PairedMoments& moments, sim::Method method) {
  if (moments.x().non_zero() < 2 || moments.y().non_zero() < 2) return false;
  // ratio_interval() is of mean(y)/mean(x); x is the first strategy.
  const sim::Interval ratio = sim::ratio_interval(moments);
  difference.log10_ratio = std::log10(moments.x().mean() / moments.y().mean());
  difference.ci95 = {-std::log10(ratio.high), ratio.low > 0
                                                  ? -std::log10(ratio.low)
                                                  : std::numeric_limits<double>::infinity()};
  difference.method = method;
  return true;
}

/// The same from an estimator of rare loss: over the replicates that both have, which share their
/// random numbers. Stages may have taken the two to replicates apart: then any pairs will do, of
/// independent ones.
bool set_rare(Difference& difference, const RareRun& a, const RareRun& b) {
  sim::PairedMoments moments;
  const std::uint64_t from = std::max(a.first, b.first);
  const std::uint64_t to = std::min(a.first + a.objects.size(), b.first + b.objects.size());
  const std::size_t either = std::min(a.objects.size(), b.objects.size());
  const bool shared = to > from && 2 * (to - from) > either;
  const std::size_t first_a = shared ? from - a.first : 0;
  const std::size_t first_b = shared ? from - b.first : 0;
  const std::size_t both = shared ? to - from : either;
  for (std::size_t i = 0; i < both; ++i) {
    moments.add(a.objects[first_a + i], b.objects[first_b + i]);
  }
  return set_paired(difference, moments, a.method);
}

/// The same from the textbook figures, where simulation saw nothing on one side.
void set_analytic(Difference& difference, const StrategyResult& a, const StrategyResult& b) {
  const auto figure = [&](const StrategyResult& strategy) -> std::optional<double> {
    const Metric* metric = strategy.find(difference.metric);
    if (metric == nullptr) return std::nullopt;
    if (metric->analytic) return metric->analytic->value;
    return metric->estimate.value;
  };
  const auto x = figure(a);
  const auto y = figure(b);
  difference.method = sim::Method::analytic;
  if (!x || !y || !(*x > 0) || !(*y > 0)) return;
  difference.log10_ratio = std::log10(*x / *y);
  difference.ci95 = {*difference.log10_ratio, *difference.log10_ratio};
}

}  // namespace

std::vector<Difference> differences(const std::vector<StrategyResult>& strategies,
                                    const Comparison* comparison, std::span<const RareRun> rare) {
  std::vector<Difference> all;
  for (std::size_t i = 1; i < strategies.size(); ++i) {
    for (const char* metric : {"annual_object_loss", "data_unavailability"}) {
      Difference difference;
      difference.a = strategies[0].name;
      difference.b = strategies[i].name;
      difference.metric = metric;
      const bool loss = difference.metric == "annual_object_loss";
      // Where branches were cut off before the first was over, missions are what there is.
      const bool branches =
          loss && !rare.empty() && rare[0].tally.replicates() > 0 && rare[i].tally.replicates() > 0;
      const bool paired = branches ? set_rare(difference, rare[0], rare[i])
                          : comparison == nullptr
                              ? false
                              : set_paired(difference,
                                           loss ? comparison->lost_pairs[i - 1]
                                                : comparison->unavailable_pairs[i - 1],
                                           sim::Method::direct);
      if (!paired) set_analytic(difference, strategies[0], strategies[i]);
      all.push_back(std::move(difference));
    }
  }
  return all;
}

}  // namespace models::fleet
