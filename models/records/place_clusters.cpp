#include "models/records/place_clusters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "models/records/resampling.h"
#include "sim/random.h"

namespace models::records {
namespace {

/// Streams of the tests of places lie behind those of bursts.
enum class Number : std::uint64_t { near = 100, crowded = 10'000, repeated = 20'000 };

sim::Stream stream_of(const Draws& draws, std::uint64_t number, int draw) {
  return {draws.seed, sim::Purpose::records, {number, 0, static_cast<std::uint64_t>(draw)}};
}

Clustering finish(std::string name, std::string unit, sim::Estimate seen, const NullDraws& null) {
  Clustering result;
  result.name = std::move(name);
  result.unit = std::move(unit);
  result.seen = std::move(seen);
  result.expected = null.mean();
  result.null95 = null.range();
  result.p = null.p();
  return result;
}

/// A pass over failures by time that remembers how many of each place lie within the window.
class Neighbours {
 public:
  Neighbours(std::vector<Seconds> at, std::uint32_t places, Seconds window)
      : at_(std::move(at)), window_(window), here_(places) {
    const double blocks = (at_.back() - at_.front()) / block_length;
    parts_.resize(static_cast<std::size_t>(blocks) + 1);
  }

  /// By block of the later failure: pairs within the window in one place, and all of them.
  const std::vector<Part>& count(std::span<const std::uint32_t> places) {
    std::fill(here_.begin(), here_.end(), 0);
    std::fill(parts_.begin(), parts_.end(), Part{});
    std::size_t first = 0;
    for (std::size_t i = 0; i < at_.size(); ++i) {
      while (at_[i] - at_[first] > window_) --here_[places[first++]];
      Part& part = parts_[static_cast<std::size_t>((at_[i] - at_.front()) / block_length)];
      part.above += here_[places[i]]++;
      part.below += static_cast<double>(i - first);
    }
    return parts_;
  }

 private:
  std::vector<Seconds> at_;
  Seconds window_;
  std::vector<std::uint32_t> here_;
  std::vector<Part> parts_;
};

void shuffle(std::vector<std::uint32_t>& values, sim::Stream& stream) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[stream.below(i)]);
}

double chi_squared(std::span<const double> seen, std::span<const double> shares, double all) {
  double sum = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const double expected = all * shares[i];
    sum += (seen[i] - expected) * (seen[i] - expected) / expected;
  }
  return sum / static_cast<double>(seen.size() - 1);
}

}  // namespace

std::optional<Clustering> near_in_time_and_place(std::span<const Happening> happenings,
                                                 PlaceOf place, std::string_view name,
                                                 Seconds window, const Draws& draws) {
  std::vector<Seconds> at;
  std::vector<std::uint32_t> places;
  for (const Happening& happening : happenings) {
    if (happening.*place == no_place) continue;
    at.push_back(happening.at);
    places.push_back(happening.*place);
  }
  if (places.size() < 2) return std::nullopt;
  Neighbours neighbours(std::move(at), *std::ranges::max_element(places) + 1, window);
  std::vector<Part> parts = neighbours.count(places);
  const double seen = ratio_of(parts);
  double pairs = 0;
  for (const Part& part : parts) pairs += part.below;
  if (pairs == 0) return std::nullopt;
  const double days = window / sim::day;
  const std::uint64_t number = static_cast<std::uint64_t>(Number::near) * 16 +
                               static_cast<std::uint64_t>(days) * 2 +
                               (place == &Happening::rack ? 0 : 1);
  NullDraws null(seen);
  for (int draw = 0; draw < draws.count; ++draw) {
    sim::Stream stream = stream_of(draws, number, draw);
    shuffle(places, stream);
    null.add(ratio_of(neighbours.count(places)));
  }
  // As a multiple of the expected: shares of pairs say little by themselves.
  const double expected = null.mean();
  if (expected <= 0) return std::nullopt;
  for (Part& part : parts) part.below *= expected;
  sim::Estimate estimate = block_bootstrap(parts, draws, number);
  estimate.replicates = places.size();
  Clustering result =
      finish(fmt::format("pairs within {:g} day{} in one {}", days, days == 1 ? "" : "s", name),
             "times the expected", std::move(estimate), null);
  result.null95 = {result.null95.low / expected, result.null95.high / expected};
  result.expected = 1;
  return result;
}

std::optional<Clustering> crowded_places(std::span<const Happening> happenings, PlaceOf place,
                                         std::string_view name, std::span<const double> units,
                                         const Draws& draws) {
  if (units.size() < 2) return std::nullopt;
  const double all_units = std::accumulate(units.begin(), units.end(), 0.0);
  std::vector<double> shares;
  for (const double of_place : units) shares.push_back(of_place / all_units);
  std::vector<double> seen(units.size());
  double all = 0;
  for (const Happening& happening : happenings) {
    if (happening.*place == no_place) continue;
    seen[happening.*place] += 1;
    all += 1;
  }
  if (all == 0) return std::nullopt;
  std::vector<double> ends(shares.size());
  std::partial_sum(shares.begin(), shares.end(), ends.begin());
  const double index = chi_squared(seen, shares, all);
  NullDraws null(index);
  const std::uint64_t number =
      static_cast<std::uint64_t>(Number::crowded) + (place == &Happening::rack ? 0 : 1);
  std::vector<double> drawn(units.size());
  for (int draw = 0; draw < draws.count; ++draw) {
    sim::Stream stream = stream_of(draws, number, draw);
    std::fill(drawn.begin(), drawn.end(), 0);
    for (double i = 0; i < all; ++i) {
      const auto found = std::ranges::upper_bound(ends, stream.uniform() * ends.back());
      drawn[static_cast<std::size_t>(std::min(found, std::prev(ends.end())) - ends.begin())] += 1;
    }
    null.add(chi_squared(drawn, shares, all));
  }
  // A bootstrap of places: each adds its part of the sum.
  std::vector<Part> parts;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const double expected = all * shares[i];
    parts.push_back({(seen[i] - expected) * (seen[i] - expected) / expected,
                     static_cast<double>(seen.size() - 1) / static_cast<double>(seen.size())});
  }
  sim::Estimate estimate = block_bootstrap(parts, draws, number);
  estimate.model = "places drawn with replacement";
  estimate.replicates = static_cast<std::uint64_t>(all);
  return finish(fmt::format("failures of each {}", name), "variance/mean", std::move(estimate),
                null);
}

Clustering repeated_failures(std::span<const Happening> happenings, double units,
                             const Draws& draws) {
  std::unordered_set<std::uint32_t> failed;
  std::vector<Part> parts;
  const auto count = static_cast<double>(happenings.size());
  for (const Happening& happening : happenings) {
    const auto block =
        static_cast<std::size_t>((happening.at - happenings.front().at) / block_length);
    if (block >= parts.size()) parts.resize(block + 1);
    if (!failed.insert(happening.unit).second) parts[block].above += 1;
    parts[block].below += 1;
  }
  const auto number = static_cast<std::uint64_t>(Number::repeated);
  NullDraws null(ratio_of(parts));
  const auto all = static_cast<std::uint64_t>(units);
  for (int draw = 0; draw < draws.count; ++draw) {
    sim::Stream stream = stream_of(draws, number, draw);
    std::unordered_set<std::uint64_t> hit;
    for (std::size_t i = 0; i < happenings.size(); ++i) hit.insert(stream.below(all));
    null.add((count - static_cast<double>(hit.size())) / count);
  }
  sim::Estimate estimate = block_bootstrap(parts, draws, number);
  estimate.replicates = happenings.size();
  return finish("failures in a place that had failed before", "share", std::move(estimate), null);
}

}  // namespace models::records
