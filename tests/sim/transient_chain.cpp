#include "tests/sim/transient_chain.h"

#include <algorithm>
#include <cmath>

namespace sim::testing {

void TransientChain::add(std::size_t from, std::size_t to, double rate) {
  if (rate > 0.0) out_[from].push_back({to, rate});
}

TransientChain::Result TransientChain::run(std::size_t start, double t) const {
  std::vector<double> here(out_.size());
  here[start] = 1.0;
  return run(here, t);
}

TransientChain::Result TransientChain::run(const std::vector<double>& start, double t) const {
  double fastest = 0.0;
  std::vector<double> leaving(out_.size());
  for (std::size_t s = 0; s < out_.size(); ++s) {
    for (const Edge& edge : out_[s]) leaving[s] += edge.rate;
    fastest = std::max(fastest, leaving[s]);
  }
  const double jumps = fastest * t;
  const auto most = static_cast<std::size_t>(jumps + 12.0 * std::sqrt(jumps) + 60.0);
  std::vector<double> weight(most);       // P(exactly i jumps)
  std::vector<double> beyond(most, 0.0);  // P(more than i jumps)
  for (std::size_t i = 0; i < most; ++i) {
    const auto count = static_cast<double>(i);
    weight[i] = std::exp(count * std::log(jumps) - jumps - std::lgamma(count + 1.0));
  }
  for (std::size_t i = most - 1; i > 0; --i) beyond[i - 1] = beyond[i] + weight[i];
  Result result{0.0, 0.0, std::vector<double>(out_.size())};
  std::vector<double> here = start;
  double lost = 0.0;
  for (std::size_t i = 0; i < most; ++i) {
    result.lost += weight[i] * lost;
    std::vector<double> next(out_.size());
    for (std::size_t s = 0; s < out_.size(); ++s) {
      result.time[s] += beyond[i] / fastest * here[s];
      next[s] += here[s] * ((fastest - leaving[s]) / fastest);
      for (const Edge& edge : out_[s]) {
        (edge.to == absorbed ? lost : next[edge.to]) += here[s] * (edge.rate / fastest);
      }
    }
    here = std::move(next);
  }
  for (const double time : result.time) result.alive += time;
  return result;
}

}  // namespace sim::testing
