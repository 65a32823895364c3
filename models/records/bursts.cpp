#include "models/records/bursts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "models/records/resampling.h"
#include "sim/contract.h"
#include "sim/random.h"

namespace models::records {
namespace {

/// Failures by block of 30 days. Each statistic is a ratio of sums over blocks.
class Blocks {
 public:
  Blocks(std::span<const Seconds> at, Seconds resolution) : resolution_(resolution) {
    EXPECTS(!at.empty() && resolution.value > 0);
    first_ = start_of(day_of(at.front()));
    for (const Seconds time : at) steps_.push_back(step_of(time));
    const auto count = static_cast<std::size_t>(block_of(steps_.back())) + 1;
    ends_.assign(count, 0);
    for (const double step : steps_) ++ends_[static_cast<std::size_t>(block_of(step))];
    for (std::size_t b = 1; b < count; ++b) ends_[b] += ends_[b - 1];
  }

  std::size_t count() const { return ends_.size(); }
  const std::vector<double>& steps() const { return steps_; }
  double steps_of(Seconds time) const { return std::floor(time / resolution_); }

  /// New times, as many in each block as before.
  std::vector<double> drawn(sim::Stream& stream) const {
    std::vector<double> steps(steps_.size());
    const double in_block = block_length / resolution_;
    for (std::size_t b = 0, i = 0; b < count(); ++b) {
      for (; i < ends_[b]; ++i) {
        steps[i] = std::floor((static_cast<double>(b) + stream.uniform()) * in_block);
      }
    }
    std::sort(steps.begin(), steps.end());
    return steps;
  }

  /// Failures that have another within `window` steps, and all of them.
  std::vector<Part> near(const std::vector<double>& steps, double window) const {
    std::vector<Part> parts(count());
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool before = i > 0 && steps[i] - steps[i - 1] <= window;
      const bool after = i + 1 < steps.size() && steps[i + 1] - steps[i] <= window;
      Part& part = parts[static_cast<std::size_t>(block_of(steps[i]))];
      part.above += before || after ? 1 : 0;
      part.below += 1;
    }
    return parts;
  }

  /// Squares of daily counts about the block's mean, and what they are on average for a Poisson
  /// process: (days - 1) times the mean.
  std::vector<Part> dispersion(const std::vector<double>& steps) const {
    const double days = block_length / sim::day;
    std::vector<Part> parts(count());
    for (std::size_t i = 0; i < steps.size();) {
      const Part::Index block = block_of(steps[i]);
      std::size_t all = 0;
      double squares = 0;
      while (i < steps.size() && block_of(steps[i]) == block) {
        const double day = day_of_step(steps[i]);
        std::size_t next = i;
        while (next < steps.size() && day_of_step(steps[next]) == day) ++next;
        const auto of_day = static_cast<double>(next - i);
        squares += of_day * of_day;
        all += next - i;
        i = next;
      }
      const double mean = static_cast<double>(all) / days;
      parts[static_cast<std::size_t>(block)] = {squares - days * mean * mean, (days - 1) * mean};
    }
    return parts;
  }

 private:
  double step_of(Seconds time) const { return std::floor((time - first_) / resolution_); }
  Part::Index block_of(double step) const {
    return static_cast<Part::Index>((step + 0.5) / (block_length / resolution_));
  }
  double day_of_step(double step) const {
    return std::floor((step + 0.5) * (resolution_ / sim::day));
  }

  Seconds resolution_;
  Seconds first_;
  std::vector<double> steps_;      ///< since the first day, in steps of the resolution
  std::vector<std::size_t> ends_;  ///< one past the last failure of each block
};

using Measure = std::function<std::vector<Part>(const std::vector<double>&)>;

Clustering judge(const Blocks& blocks, const Measure& measure, std::string name, std::string unit,
                 const Draws& draws, std::uint64_t number) {
  const std::vector<Part> parts = measure(blocks.steps());
  NullDraws null(ratio_of(parts));
  for (int draw = 0; draw < draws.count; ++draw) {
    sim::Stream stream(draws.seed, sim::Purpose::records,
                       {number, 0, static_cast<std::uint64_t>(draw)});
    null.add(ratio_of(measure(blocks.drawn(stream))));
  }
  Clustering result;
  result.name = std::move(name);
  result.unit = std::move(unit);
  result.seen = block_bootstrap(parts, draws, number);
  result.seen.replicates = blocks.steps().size();
  result.expected = null.mean();
  result.null95 = null.range();
  result.p = null.p();
  return result;
}

std::string window_text(Seconds window) {
  if (window < sim::day) return fmt::format("{:g} h", window / sim::hour);
  return window == sim::day ? "1 day" : fmt::format("{:g} days", window / sim::day);
}

}  // namespace

std::vector<Clustering> bursts(std::span<const Seconds> at, Seconds resolution,
                               std::span<const Seconds> windows, const Draws& draws) {
  const Blocks blocks(at, resolution);
  std::vector<Clustering> results;
  results.push_back(judge(
      blocks, [&](const auto& steps) { return blocks.dispersion(steps); },
      "daily counts within 30 days", "variance/mean", draws, 1));
  std::uint64_t number = 2;
  if (resolution >= sim::day) {
    results.push_back(judge(
        blocks, [&](const auto& steps) { return blocks.near(steps, 0); },
        "failures on a day with another", "share", draws, number++));
  }
  for (const Seconds window : windows) {
    if (window <= resolution) continue;
    results.push_back(judge(
        blocks, [&](const auto& steps) { return blocks.near(steps, blocks.steps_of(window)); },
        "failures within " + window_text(window) + " of another", "share", draws, number++));
  }
  return results;
}

Silence longest_silence(std::span<const Seconds> at) {
  Silence longest;
  longest.p = 1;
  for (std::size_t i = 1; i < at.size(); ++i) {
    if (at[i] - at[i - 1] > longest.until - longest.from) longest = {at[i - 1], at[i], 1};
  }
  if (at.size() < 2) return longest;
  const Seconds length = longest.until - longest.from;
  const Seconds middle = longest.from + 0.5 * length;
  const Seconds half_a_year = 0.5 * sim::year;
  const Seconds from = std::max(at.front(), middle - std::max(half_a_year, length));
  const Seconds until = std::min(at.back(), middle + std::max(half_a_year, length));
  const auto near =
      std::ranges::count_if(at, [&](Seconds time) { return from <= time && time <= until; });
  const double expected = static_cast<double>(near) * (length / (until - from));
  longest.p = std::min(1.0, static_cast<double>(at.size()) * std::exp(-expected));
  return longest;
}

}  // namespace models::records
