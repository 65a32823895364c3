#include "models/records/resampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/random.h"

namespace models::records {
namespace {

/// Middle 95 % of what was drawn.
sim::Interval middle_of(std::vector<double> drawn) {
  if (drawn.empty()) return {0, 0};
  std::sort(drawn.begin(), drawn.end());
  const auto last = static_cast<double>(drawn.size() - 1);
  const auto at = [&](double p) { return drawn[static_cast<std::size_t>(std::lround(p * last))]; };
  return {at(0.025), at(0.975)};
}

}  // namespace

double ratio_of(std::span<const Part> parts) {
  double above = 0;
  double below = 0;
  for (const Part& part : parts) {
    above += part.above;
    below += part.below;
  }
  return below > 0 ? above / below : 0;
}

sim::Estimate block_bootstrap(std::span<const Part> parts, const Draws& draws,
                              std::uint64_t number) {
  std::vector<double> drawn;
  for (int draw = 0; draw < draws.count; ++draw) {
    sim::Stream stream(draws.seed, sim::Purpose::records,
                       {number, 1, static_cast<std::uint64_t>(draw)});
    Part sum;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Part& part = parts[stream.below(parts.size())];
      sum.above += part.above;
      sum.below += part.below;
    }
    if (sum.below > 0) drawn.push_back(sum.above / sum.below);
  }
  sim::Estimate estimate = sim::Estimate::exact(ratio_of(parts), sim::Method::direct,
                                                "blocks of 30 days drawn with replacement");
  estimate.ci95 = middle_of(std::move(drawn));
  estimate.counted = "failures";
  return estimate;
}

double NullDraws::mean() const {
  if (drawn_.empty()) return 0;
  return std::accumulate(drawn_.begin(), drawn_.end(), 0.0) / static_cast<double>(drawn_.size());
}

sim::Interval NullDraws::range() const { return middle_of(drawn_); }

double NullDraws::p() const {
  const auto large = std::ranges::count_if(drawn_, [&](double drawn) { return drawn >= seen_; });
  return (1.0 + static_cast<double>(large)) / (1.0 + static_cast<double>(drawn_.size()));
}

}  // namespace models::records
