#include "models/records/posterior_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/execution/blocks.h"

namespace models::records {
namespace {

constexpr double days_of_block = 30;

struct Feature {
  std::string_view name;
  std::string_view by_day;  ///< its name where only days are known
  std::string_view unit;
};
constexpr std::array<Feature, 7> all_features{{
    {"failures of 30 days", "", "variance/mean"},
    {"longest time without a failure", "", "days"},
    {"bursts of 2 or 3, gaps within an hour", "days of 2 or 3 failures", "count"},
    {"bursts of 4 or more, gaps within an hour", "days of 4 failures or more", "count"},
    {"largest burst, gaps within an hour", "most failures of a day", "failures"},
    {"pairs within an hour in one machine", "pairs on one day in one machine", "count"},
    {"failures of the worst machine", "", "failures"},
}};
constexpr std::size_t features_without_places = 5;

bool by_day(const BurstInput& window) { return window.step >= sim::day; }
/// Failures that are so near are neighbours, in days.
double near(const BurstInput& window) {
  if (by_day(window)) return 0.5;
  return std::max(1.0 / 24, 1.01 * (window.step / sim::day));
}

double dispersion(const BurstInput& window) {
  const auto blocks = static_cast<std::size_t>(std::max(1.0, window.length / days_of_block));
  std::vector<double> counts(blocks);
  const double length = window.length / static_cast<double>(blocks);
  for (const double day : window.days) {
    counts[std::min(blocks - 1, static_cast<std::size_t>(day / length))] += 1;
  }
  const double mean = static_cast<double>(window.days.size()) / static_cast<double>(blocks);
  double squares = 0;
  for (const double count : counts) squares += (count - mean) * (count - mean);
  return mean > 0 && blocks > 1 ? squares / static_cast<double>(blocks - 1) / mean : 0;
}

double longest_gap(const BurstInput& window) {
  double longest = 0;
  double before = 0;
  for (const double day : window.days) {
    longest = std::max(longest, day - before);
    before = day;
  }
  return std::max(longest, window.length - before);
}

struct Runs {
  double small{}, large{}, largest{};
};
Runs runs_of(const BurstInput& window) {
  Runs runs;
  const double reach = near(window);
  for (std::size_t i = 0; i < window.days.size();) {
    std::size_t end = i + 1;
    while (end < window.days.size() && window.days[end] - window.days[end - 1] <= reach) ++end;
    const auto size = static_cast<double>(end - i);
    runs.small += size == 2 || size == 3 ? 1 : 0;
    runs.large += size >= 4 ? 1 : 0;
    runs.largest = std::max(runs.largest, size);
    i = end;
  }
  return runs;
}

const std::vector<std::uint32_t>& places_of(const BurstInput& window) {
  return window.machines > 1 ? window.machine : window.rack;
}
bool has_places(const BurstInput& window) { return window.machines > 1 || window.racks > 1; }

double pairs_in_place(const BurstInput& window) {
  const auto& place = places_of(window);
  const double reach = near(window);
  double pairs = 0;
  for (std::size_t i = 1; i < window.days.size(); ++i) {
    for (std::size_t j = i; j-- > 0 && window.days[i] - window.days[j] <= reach;) {
      pairs += place[i] != no_place && place[i] == place[j] ? 1 : 0;
    }
  }
  return pairs;
}

double worst_place(const BurstInput& window) {
  std::map<std::uint32_t, double> counts;
  double most = 0;
  for (const std::uint32_t place : places_of(window)) {
    if (place != no_place) most = std::max(most, counts[place] += 1);
  }
  return most;
}

/// Counts and lengths vary in proportion to their square root, or to themselves: on these scales a
/// difference means the same for every fit.
double even_scale(double value, std::size_t feature) {
  return feature == 1 ? std::log1p(value) : std::sqrt(value + 0.375);
}

using Values = std::vector<double>;

/// What was drawn, in the order of the windows.
struct Drawn {
  std::vector<Values> features;    ///< of windows of the model
  std::vector<Values> departures;  ///< of these from what their own fits expect
  void merge(const Drawn& later) {
    features.insert(features.end(), later.features.begin(), later.features.end());
    departures.insert(departures.end(), later.departures.begin(), later.departures.end());
  }
};

/// The model with the level of single failures, and the bursts, of another window.
FailureModel refitted(const FailureModel& model, const BurstInput& window) {
  constexpr int worlds = 10;
  FailureModel result = model;
  double singles = static_cast<double>(window.days.size());
  if (!model.burst.sizes.empty()) {
    result.burst = law_of_bursts(window, fit_triggering(window), worlds, 1);
    result.bursts = result.burst.count;
    singles -= result.burst.in_bursts;
  }
  const double expected =
      std::accumulate(model.singles_by_week.begin(), model.singles_by_week.end(), 0.0);
  for (double& week : result.singles_by_week) week *= expected > 0 ? singles / expected : 0;
  return result;
}

/// How far a window lies from the mean of windows of its fit.
Values departure(const FailureModel& fitted, const BurstInput& window, const CheckSize& size,
                 std::uint64_t number) {
  Values seen = features_of(window);
  for (std::size_t f = 0; f < seen.size(); ++f) seen[f] = even_scale(seen[f], f);
  for (int draw = 0; draw < size.inner; ++draw) {
    sim::Stream stream(size.seed, sim::Purpose::records,
                       {30'003, number, static_cast<std::uint64_t>(draw)});
    const Values simulated = features_of(simulated_window(fitted, stream));
    for (std::size_t f = 0; f < seen.size(); ++f) {
      seen[f] -= even_scale(simulated[f], f) / size.inner;
    }
  }
  return seen;
}

/// Among windows that are as likely: even on (0, 1) where the record is one of them, ties by lot.
double two_sided(double seen, const std::vector<double>& drawn, sim::Stream& stream) {
  double below = 0;
  double ties = 1;
  for (const double value : drawn) {
    below += value < seen ? 1 : 0;
    ties += value == seen ? 1 : 0;
  }
  const double rank = (below + ties * stream.uniform()) / static_cast<double>(drawn.size() + 1);
  return std::min(1.0, 2 * std::min(rank, 1 - rank));
}

std::string name_of(std::size_t feature, const BurstInput& window) {
  const Feature& entry = all_features[feature];
  std::string name{by_day(window) && !entry.by_day.empty() ? entry.by_day : entry.name};
  if (window.machines > 1) return name;
  if (const auto at = name.find("machine"); at != std::string::npos) name.replace(at, 7, "rack");
  return name;
}

}  // namespace

std::vector<double> features_of(const BurstInput& window) {
  const Runs runs = runs_of(window);
  Values values{dispersion(window), longest_gap(window), runs.small, runs.large, runs.largest};
  if (has_places(window)) {
    values.push_back(pairs_in_place(window));
    values.push_back(worst_place(window));
  }
  return values;
}

std::vector<FeatureCheck> posterior_check(const FailureModel& model, const BurstInput& seen,
                                          const CheckSize& size) {
  const auto played = sim::run_blocks(
      {.first = 0,
       .end = static_cast<std::uint64_t>(size.windows),
       .block_size = 4,
       .threads = size.threads},
      Drawn{}, [] { return 0; },
      [&](std::uint64_t number, int&, Drawn& drawn) {
        sim::Stream stream(size.seed, sim::Purpose::records, {30'002, 0, number});
        const BurstInput window = simulated_window(model, stream);
        drawn.features.push_back(features_of(window));
        drawn.departures.push_back(departure(refitted(model, window), window, size, number + 1));
      },
      sim::BlockHooks<Drawn>{});
  const Drawn& drawn = played.accumulator;
  const Values values = features_of(seen);
  const Values off = departure(refitted(model, seen), seen, size, 0);
  static_assert(all_features.size() == features_without_places + 2);
  std::vector<FeatureCheck> checks;
  for (std::size_t f = 0; f < values.size(); ++f) {
    std::vector<double> simulated;
    std::vector<double> departures;
    for (std::size_t i = 0; i < drawn.features.size(); ++i) {
      simulated.push_back(drawn.features[i][f]);
      departures.push_back(drawn.departures[i][f]);
    }
    std::ranges::sort(simulated);
    const auto last = static_cast<double>(simulated.size() - 1);
    const auto at = [&](double p) {
      return simulated[static_cast<std::size_t>(std::lround(p * last))];
    };
    sim::Stream lot(size.seed, sim::Purpose::records, {30'004, f, 0});
    FeatureCheck check{name_of(f, seen), std::string{all_features[f].unit}, values[f]};
    check.mean = std::accumulate(simulated.begin(), simulated.end(), 0.0) / (last + 1);
    check.range95 = {at(0.025), at(0.975)};
    check.p_value = two_sided(off[f], departures, lot);
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace models::records
