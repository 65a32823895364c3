#include "models/records/place_groups.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "models/records/resampling.h"
#include "sim/random.h"

namespace models::records {
namespace {

/// Fewer places, or failures in them, bear no law of factors.
constexpr double least_places = 5;
constexpr double least_failures = 20;

/// Chance of each happening to be a single failure.
std::vector<double> single_of(const Sample& sample, const std::optional<BurstFit>& bursts) {
  if (bursts && bursts->found()) return bursts->law.single;
  return std::vector<double>(sample.happenings.size(), 1.0);
}

double sum_of_squares(const std::vector<double>& single) {
  return std::inner_product(single.begin(), single.end(), single.begin(), 0.0);
}

/// Places in which unit follows unit: the population of a log.
PlaceGroups unit_places(const Sample& sample, std::span<const Life> lives,
                        const std::vector<double>& single) {
  PlaceGroups groups{.name = "unit"};
  if (!(sample.units > 0)) {
    groups.why_not =
        "each unit of this record fails once, so what differs between units cannot be told from "
        "what comes with age";
    return groups;
  }
  LifeGroups of_lives;
  std::map<std::uint32_t, std::uint32_t> numbers;
  for (const Life& life : lives) {
    const auto next = static_cast<std::uint32_t>(of_lives.times.size());
    const auto number =
        life.unit == Life::no_unit ? next : numbers.emplace(life.unit, next).first->second;
    if (number == next) of_lives.times.push_back(life.unit == Life::no_unit ? life.units : 1);
    of_lives.of_life.push_back(number);
  }
  groups.squares = sum_of_squares(single);
  groups.of_lives = std::move(of_lives);
  return groups;
}

/// Machines or racks, where every life says in which it stands.
LifeGroups of_lives(std::span<const Life> lives, std::uint32_t Life::*place) {
  LifeGroups result;
  std::map<std::uint32_t, std::uint32_t> numbers;
  for (const Life& life : lives) {
    const auto next = static_cast<std::uint32_t>(result.times.size());
    const auto number = numbers.emplace(life.*place, next).first->second;
    if (number == next) result.times.push_back(1);
    result.of_life.push_back(number);
  }
  return result;
}

struct Kind {
  std::string_view name;
  std::uint32_t Happening::*of_happening;
  std::uint32_t Life::*of_life;
  double places;
};

/// Places that only failures name: all units have one history, so exposure goes by their number.
void by_failures(const Sample& sample, const std::vector<double>& single, const Kind& kind,
                 PlaceGroups& groups) {
  const bool racks = kind.of_life == &Life::rack;
  const Names& names = racks ? sample.racks : sample.machines;
  std::vector<double> weights(names.size(), 1);
  if (racks && sample.rack_units.size() == weights.size()) weights = sample.rack_units;
  groups.seen.assign(names.size(), 0);
  for (std::size_t i = 0; i < sample.happenings.size(); ++i) {
    const std::uint32_t place = sample.happenings[i].*kind.of_happening;
    if (place == no_place) continue;
    groups.seen[place] += single[i];
    groups.squares += single[i] * single[i];
  }
  // Places that no failure names are there all the same.
  const double mean = std::accumulate(weights.begin(), weights.end(), 0.0) /
                      std::max(1.0, static_cast<double>(weights.size()));
  for (double more = kind.places - names.size(); more >= 1; more -= 1) {
    weights.push_back(mean);
    groups.seen.push_back(0);
  }
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (const double weight : weights) groups.share.push_back(weight / all);
}

PlaceGroups named_places(const Sample& sample, std::span<const Life> lives, const Kind& kind,
                         const std::vector<double>& single) {
  PlaceGroups groups{.name = std::string{kind.name}};
  const std::string plural = groups.name + "s";
  const bool listed = std::ranges::all_of(
      lives, [&](const Life& life) { return life.*kind.of_life != Life::no_unit; });
  if (listed) {
    groups.of_lives = of_lives(lives, kind.of_life);
    groups.squares = sum_of_squares(single);
    if (static_cast<double>(groups.of_lives->times.size()) < least_places) {
      groups.why_not = "the record has too few " + plural;
    }
    return groups;
  }
  if (!(sample.units > 0)) {
    groups.why_not = "the record does not say in which " + groups.name + " each unit stands";
    return groups;
  }
  if (kind.places < least_places) {
    groups.why_not = "the record names too few " + plural;
    return groups;
  }
  by_failures(sample, single, kind, groups);
  return groups;
}

}  // namespace

std::vector<PlaceGroups> place_groups(const Sample& sample, std::span<const Life> lives,
                                      const BurstInput& input,
                                      const std::optional<BurstFit>& bursts) {
  const std::vector<double> single = single_of(sample, bursts);
  std::vector<PlaceGroups> all{unit_places(sample, lives, single)};
  for (const Kind& kind : {Kind{"machine", &Happening::machine, &Life::machine, input.machines},
                           Kind{"rack", &Happening::rack, &Life::rack, input.racks}}) {
    all.push_back(named_places(sample, lives, kind, single));
  }
  for (PlaceGroups& groups : all) {
    if (groups.why_not.empty() && groups.squares < least_failures) {
      groups.why_not = "too few single failures have a place";
    }
  }
  return all;
}

double p_of_even_places(std::span<const Counted> counts, double squares, std::uint64_t seed,
                        std::uint64_t number) {
  constexpr int draws = 999;
  double seen = 0;
  double expected = 0;
  for (const Counted& count : counts) {
    seen += count.times * count.seen;
    expected += count.times * count.expected;
  }
  const double level = seen / expected;
  std::vector<double> until;  // expectations, summed up
  double sum = 0;
  double statistic = -squares;
  double base = 0;
  for (const Counted& count : counts) {
    const double mean = level * count.expected;
    sum += count.times * mean;
    until.push_back(sum);
    statistic += count.times * (count.seen - mean) * (count.seen - mean);
    base += count.times * mean * mean;
  }
  const auto failures = static_cast<std::size_t>(std::llround(seen));
  NullDraws null(statistic);
  std::vector<double> here(counts.size());  // failures dealt to a place that stands alone
  for (int draw = 0; draw < draws; ++draw) {
    sim::Stream stream(seed, sim::Purpose::records,
                       {30'006, number, static_cast<std::uint64_t>(draw)});
    std::ranges::fill(here, 0);
    std::unordered_map<std::uint64_t, double> alike;  // likewise, of places that stand for many
    double value = base - static_cast<double>(failures);
    for (std::size_t i = 0; i < failures; ++i) {
      const auto found = std::ranges::upper_bound(until, stream.uniform() * sum);
      const std::size_t place =
          std::min(static_cast<std::size_t>(found - until.begin()), until.size() - 1);
      const auto times = static_cast<std::uint64_t>(std::max(1.0, counts[place].times));
      double& before = times > 1 ? alike[(place << 40U) + stream.below(times)] : here[place];
      value += 2 * before + 1 - 2 * level * counts[place].expected;
      before += 1;
    }
    null.add(value);
  }
  return null.p();
}

}  // namespace models::records
