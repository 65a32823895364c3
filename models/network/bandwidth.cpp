#include "models/network/bandwidth.h"

#include <algorithm>
#include <limits>

namespace models::network {

namespace {
/// A resource with less than this share of its capacity left is full; guards against rounding.
constexpr double full_share = 1e-9;
constexpr double infinite = std::numeric_limits<double>::infinity();
}  // namespace

SharedBandwidth::SharedBandwidth(std::vector<double> capacity)
    : capacity_(std::move(capacity)), left_(capacity_), wanted_(capacity_.size(), 0.0) {}

void SharedBandwidth::share(std::span<const Flow> flows, std::span<double> progress_per_s) {
  std::vector<std::size_t> order(flows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return flows[a].priority < flows[b].priority;
  });
  for (const Flow& flow : flows) {
    for (const Demand& demand : flow.demands) left_[demand.resource] = capacity_[demand.resource];
  }
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last < order.size() && flows[order[last]].priority == flows[order[first]].priority)
      ++last;
    fill_priority(flows, std::span(order).subspan(first, last - first), progress_per_s);
    first = last;
  }
}

void SharedBandwidth::fill_priority(std::span<const Flow> flows,
                                    std::span<const std::size_t> members,
                                    std::span<double> progress_per_s) {
  std::vector<std::size_t> rising(members.begin(), members.end());
  for (const std::size_t i : rising) progress_per_s[i] = 0;
  while (!rising.empty()) {
    touched_.clear();
    for (const std::size_t i : rising) {
      for (const Demand& demand : flows[i].demands) {
        if (wanted_[demand.resource] == 0) touched_.push_back(demand.resource);
        wanted_[demand.resource] += demand.bytes / flows[i].bytes;
      }
    }
    double step = infinite;  // bytes rebuilt per second that every rising flow gains
    for (const std::uint32_t r : touched_) step = std::min(step, left_[r] / wanted_[r]);
    if (step == infinite) {
      for (const std::size_t i : rising) progress_per_s[i] = infinite;
      for (const std::uint32_t r : touched_) wanted_[r] = 0;
      return;
    }
    for (const std::uint32_t r : touched_) {
      left_[r] = std::max(0.0, left_[r] - step * wanted_[r]);
      wanted_[r] = 0;
    }
    for (const std::size_t i : rising)
      progress_per_s[i] += step / (flows[i].bytes * flows[i].share);
    std::erase_if(rising, [&](std::size_t i) {
      return std::any_of(flows[i].demands.begin(), flows[i].demands.end(), [&](const Demand& d) {
        return left_[d.resource] <= full_share * capacity_[d.resource];
      });
    });
  }
}

}  // namespace models::network
