#include "models/records/burst_process.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "models/records/burst_bootstrap.h"
#include "models/records/burst_sizes.h"
#include "models/records/resampling.h"
#include "sim/contract.h"
#include "sim/execution/blocks.h"
#include "sim/interval.h"
#include "sim/random.h"

namespace models::records {
namespace {

constexpr double days_of_block = 30;
/// A delay of minutes is one burst, one of a day is the rate of that day.
constexpr double shortest_delay = 1.0 / 1440;
constexpr double longest_delay = 0.25;
/// Beyond so many mean delays an exponential has 3e-4 left.
constexpr double reach_in_delays = 8;
/// Failures that a bin of a rhythm, or a machine, is given before its own count: bins of few
/// failures stay near the mean.
constexpr double prior_failures = 10;
constexpr double prior_of_machine = 5;

bool by_day(const BurstInput& input) { return input.step >= sim::day; }

double least_delay(const BurstInput& input) {
  return std::max(shortest_delay, input.step / sim::day);
}

std::size_t hour_of(double day) {
  return static_cast<std::size_t>((day - std::floor(day)) * 24) % 24;
}
std::size_t weekday_of(double day) { return static_cast<std::size_t>(std::fmod(day, 7)); }

/// How much more often than the mean each place fails; 1 where it is not known.
std::vector<double> densities(const BurstInput& input) {
  const std::size_t n = input.days.size();
  std::vector<double> density(n, 1);
  const bool machines = input.machines > 1;
  const double places = machines ? input.machines : input.racks;
  const auto& place = machines ? input.machine : input.rack;
  if (places < 2) return density;
  std::map<std::uint32_t, double> counts;
  double all = 0;
  for (const std::uint32_t at : place) {
    if (at == no_place) continue;
    counts[at] += 1;
    all += 1;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (place[i] == no_place) continue;
    density[i] = places * (counts[place[i]] + prior_of_machine) / (all + prior_of_machine * places);
  }
  return density;
}

/// The parts of the model that do not depend on what is fitted, and the steps of the climb.
class Climb {
 public:
  explicit Climb(const BurstInput& input)
      : input_(input), n_(input.days.size()), density_(densities(input)), single_(n_, 1) {
    blocks_ = std::max<std::size_t>(
        1, static_cast<std::size_t>(std::lround(input.length / days_of_block)));
    block_days_ = input.length / static_cast<double>(blocks_);
    now_.hours.assign(24, 1);
    now_.weekdays.assign(7, 1);
    knows_machines_ = input.machines > 1;
    knows_racks_ = input.racks > 1;
    set_background();
    independent_ = log_likelihood_alone();
  }

  double independent() const { return independent_; }
  double rhythm(double day) const {
    return now_.hours[hour_of(day)] * now_.weekdays[weekday_of(day)];
  }
  double highest_rhythm() const {
    return *std::ranges::max_element(now_.hours) * *std::ranges::max_element(now_.weekdays);
  }
  std::size_t block_of(double day) const {
    return std::min(blocks_ - 1, static_cast<std::size_t>(day / block_days_));
  }
  double block_days() const { return block_days_; }

  /// From a delay on: `steps` of expectation and maximisation, or until nothing is gained.
  BurstParameters from(double delay, int steps) {
    now_.delay_days = by_day(input_) ? 1 : std::clamp(delay, least_delay(input_), longest_delay);
    now_.branching = 0.1;
    now_.in_machine = knows_machines_ ? 0.3 : 0;
    now_.in_rack = knows_racks_ ? 0.2 : 0;
    std::fill(single_.begin(), single_.end(), 1);
    set_background();
    double before = -std::numeric_limits<double>::infinity();
    for (int step = 0; step < steps; ++step) {
      expect();
      if (now_.log_likelihood - before < 1e-3 && step > 3) break;
      before = now_.log_likelihood;
      maximise();
    }
    return now_;
  }

 private:
  double background(std::size_t i) const {
    const double day = input_.days[i];
    return now_.background[block_of(day)] * rhythm(day) * density_[i];
  }

  void set_background() {
    now_.background.assign(blocks_, 0);
    std::array<double, 24> hours{};
    std::array<double, 7> weekdays{};
    double all = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      const double day = input_.days[i];
      now_.background[block_of(day)] += single_[i] / block_days_;
      hours[hour_of(day)] += single_[i];
      weekdays[weekday_of(day)] += single_[i];
      all += single_[i];
    }
    for (std::size_t h = 0; h < 24 && !by_day(input_); ++h) {
      now_.hours[h] = (hours[h] + prior_failures) / (all / 24 + prior_failures);
    }
    for (std::size_t d = 0; d < 7; ++d) {
      now_.weekdays[d] = (weekdays[d] + prior_failures) / (all / 7 + prior_failures);
    }
  }

  double log_likelihood_alone() const {
    double sum = 0;
    for (std::size_t i = 0; i < n_; ++i) sum += std::log(background(i)) - 1;
    return sum;
  }

  double place_factor(std::size_t i, std::size_t parent) const {
    double factor = (1 - now_.in_machine - now_.in_rack) * density_[i];
    if (knows_machines_ && same(input_.machine, i, parent)) {
      factor += now_.in_machine * input_.machines;
    }
    if (knows_racks_ && same(input_.rack, i, parent)) factor += now_.in_rack * input_.racks;
    return factor;
  }
  static bool same(const std::vector<std::uint32_t>& place, std::size_t a, std::size_t b) {
    return place[a] != no_place && place[a] == place[b];
  }

  double reach() const { return by_day(input_) ? 0.5 : reach_in_delays * now_.delay_days; }
  double kernel(double gap) const {
    // Half of the pairs of a day stand in their order: as dense as a box of half a day.
    return by_day(input_) ? 2 : std::exp(-gap / now_.delay_days) / now_.delay_days;
  }

  void expect() {
    now_.links.clear();
    now_.first_link.assign(n_ + 1, 0);
    double sum = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      now_.first_link[i] = now_.links.size();
      const double alone = background(i);
      double rate = alone;
      for (std::size_t j = i; j-- > 0 && input_.days[i] - input_.days[j] <= reach();) {
        const double added =
            now_.branching * kernel(input_.days[i] - input_.days[j]) * place_factor(i, j);
        now_.links.push_back({static_cast<std::uint32_t>(j), added});
        rate += added;
      }
      for (std::size_t l = now_.first_link[i]; l < now_.links.size(); ++l) {
        now_.links[l].chance /= rate;
      }
      single_[i] = alone / rate;
      sum += std::log(rate);
    }
    now_.first_link[n_] = now_.links.size();
    // What the background and the triggers are expected to bring about.
    for (const double rate : now_.background) sum -= rate * block_days_;
    now_.log_likelihood = sum - now_.branching * static_cast<double>(n_);
  }

  void maximise() {
    double triggered = 0;
    double delays = 0;
    double machines = 0;
    double racks = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t l = now_.first_link[i]; l < now_.first_link[i + 1]; ++l) {
        const auto& link = now_.links[l];
        const double factor = place_factor(i, link.parent);
        triggered += link.chance;
        delays += link.chance * (input_.days[i] - input_.days[link.parent]);
        if (knows_machines_ && same(input_.machine, i, link.parent)) {
          machines += link.chance * now_.in_machine * input_.machines / factor;
        }
        if (knows_racks_ && same(input_.rack, i, link.parent)) {
          racks += link.chance * now_.in_rack * input_.racks / factor;
        }
      }
    }
    now_.branching = std::min(0.95, triggered / static_cast<double>(n_));
    if (triggered > 1e-9) {
      now_.in_machine = machines / triggered;
      now_.in_rack = racks / triggered;
      if (!by_day(input_)) {
        now_.delay_days = std::clamp(delays / triggered, least_delay(input_), longest_delay);
      }
    }
    set_background();
  }

  const BurstInput& input_;
  std::size_t n_;
  std::vector<double> density_;
  std::vector<double> single_;
  std::size_t blocks_{};
  double block_days_{};
  bool knows_machines_{}, knows_racks_{};
  double independent_{};
  BurstParameters now_;
};

struct Fitted {
  BurstParameters best;
  double gain{};
};

Fitted climb(const BurstInput& input) {
  constexpr int first_steps = 10;
  constexpr int most_steps = 200;
  Climb way(input);
  const double least = by_day(input) ? 1 : least_delay(input);
  double best = -std::numeric_limits<double>::infinity();
  double start = least;
  for (const double delay : {least, 3 * least, 1.0 / 12}) {
    if (by_day(input) && delay != least) continue;
    const double here = way.from(delay, first_steps).log_likelihood;
    if (here <= best) continue;
    best = here;
    start = delay;
  }
  Fitted fitted{way.from(start, most_steps), 0};
  fitted.gain = std::max(0.0, fitted.best.log_likelihood - way.independent());
  return fitted;
}

/// The same failures at random times of their blocks, with the rhythm of all, and their places
/// dealt out anew.
BurstInput independent_copy(const BurstInput& input, sim::Stream& stream) {
  constexpr int most_tries = 200;
  BurstInput copy = input;
  const Climb whole(input);
  const double highest = whole.highest_rhythm();
  const double step = input.step / sim::day;
  for (double& day : copy.days) {
    const auto block = static_cast<double>(whole.block_of(day));
    for (int tries = 0; tries < most_tries; ++tries) {
      day = (block + stream.uniform()) * whole.block_days();
      if (stream.uniform() * highest < whole.rhythm(day)) break;
    }
    day = std::min(std::floor(day / step) * step, input.length);
  }
  for (std::size_t i = copy.days.size(); i > 1; --i) {
    const std::size_t other = stream.below(i);
    if (!copy.machine.empty()) std::swap(copy.machine[i - 1], copy.machine[other]);
    if (!copy.rack.empty()) std::swap(copy.rack[i - 1], copy.rack[other]);
  }
  std::sort(copy.days.begin(), copy.days.end());
  return copy;
}

/// As wide as a Poisson count of the same relative error.
sim::Estimate rate_of(const BurstLaw& law, double years) {
  sim::Estimate rate = sim::Estimate::exact(law.count / years, sim::Method::analytic,
                                            "bursts told apart by likelihood");
  rate.counted = "bursts";
  rate.replicates = static_cast<std::uint64_t>(std::llround(law.count));
  if (law.count <= 0) {
    rate.ci95 = {0, sim::poisson_interval(0).high / years};
    return rate;
  }
  const double seen = law.count * law.count / std::max(law.count, law.count_variance);
  const sim::Interval interval = sim::poisson_interval(seen);
  rate.ci95 = {interval.low * law.count / seen / years, interval.high * law.count / seen / years};
  return rate;
}

/// The background, week by week.
std::vector<double> by_week(const BurstInput& input, const BurstParameters& fitted) {
  const auto weeks = static_cast<std::size_t>(std::max(1.0, std::ceil(input.length / 7 - 1e-9)));
  const double block = input.length / static_cast<double>(fitted.background.size());
  std::vector<double> expected;
  for (std::size_t week = 0; week < weeks; ++week) {
    const double first = 7.0 * static_cast<double>(week);
    const double end = std::min(first + 7, input.length);
    const auto at = std::min(fitted.background.size() - 1,
                             static_cast<std::size_t>(0.5 * (first + end) / block));
    expected.push_back(fitted.background[at] * (end - first));
  }
  return expected;
}

sim::Estimate share_of(double share, double count) {
  sim::Estimate estimate =
      sim::Estimate::exact(share, sim::Method::analytic, "bursts told apart by likelihood");
  const auto n = static_cast<std::uint64_t>(std::max(1.0, std::round(count)));
  estimate.ci95 = sim::wilson_interval(
      static_cast<std::uint64_t>(std::llround(share * static_cast<double>(n))), n);
  estimate.counted = "failures in bursts";
  estimate.replicates = n;
  return estimate;
}

/// Gains of the likelihood in copies without bursts, in the order of their numbers.
std::vector<double> gains_of_independent(const BurstInput& input, std::uint64_t seed, int draws) {
  struct Gains {
    std::vector<double> values;
    void merge(const Gains& later) {
      values.insert(values.end(), later.values.begin(), later.values.end());
    }
  };
  return sim::run_blocks(
             {.first = 0,
              .end = static_cast<std::uint64_t>(std::max(0, draws)),
              .block_size = 4,
              .threads = 0},
             Gains{}, [] { return 0; },
             [&](std::uint64_t draw, int&, Gains& gains) {
               sim::Stream stream(seed, sim::Purpose::records, {30'000, 0, draw});
               gains.values.push_back(climb(independent_copy(input, stream)).gain);
             },
             sim::BlockHooks<Gains>{})
      .accumulator.values;
}

}  // namespace

BurstParameters fit_triggering(const BurstInput& input) { return climb(input).best; }

std::optional<BurstFit> fit_bursts(const BurstInput& input, std::uint64_t seed, int null_draws) {
  constexpr std::size_t least_failures = 20;
  constexpr int worlds = 100;
  if (input.days.size() < least_failures) return std::nullopt;
  const Fitted fitted = climb(input);
  BurstFit fit;
  fit.branching = fitted.best.branching;
  fit.delay_days = fitted.best.delay_days;
  fit.gain = fitted.gain;
  NullDraws null(fitted.gain);
  for (const double gain : gains_of_independent(input, seed, null_draws)) null.add(gain);
  fit.p = null_draws > 0 ? null.p() : 1;
  fit.law = law_of_bursts(input, fitted.best, worlds, seed);
  if (fit.found() || null_draws == 0) {
    fit.law = corrected(input, by_week(input, fitted.best), fit.law, seed);
  }
  const double years = sim::in_years(sim::days(input.length));
  const auto n = static_cast<double>(input.days.size());
  fit.per_year = rate_of(fit.law, years);
  fit.share = share_of(fit.law.in_bursts / n, n);
  fit.same_machine = share_of(fit.law.same_machine, fit.law.in_bursts);
  fit.same_rack = share_of(fit.law.same_rack, fit.law.in_bursts);
  return fit;
}

Seconds polling_step(std::span<const Seconds> at, Seconds step) {
  constexpr std::array<double, 6> candidates{60, 300, 600, 900, 1800, 3600};
  /// Squared resultant of the phases within 30 days above which times stand on a grid: 0 where they
  /// are even, 1 where all are at one place of it.
  constexpr double on_a_grid = 0.25;
  Seconds found = step;
  for (const double length : candidates) {
    if (length <= step.value) continue;
    double squares = 0;
    double pairs = 0;
    for (std::size_t first = 0; first < at.size();) {
      std::size_t end = first;
      double x = 0;
      double y = 0;
      while (end < at.size() && at[end] - at[first] < block_length) {
        const double phase = 2 * M_PI * std::fmod(at[end].value, length) / length;
        x += std::cos(phase);
        y += std::sin(phase);
        ++end;
      }
      const auto count = static_cast<double>(end - first);
      squares += x * x + y * y - count;
      pairs += count * (count - 1);
      first = end;
    }
    if (pairs > 0 && squares / pairs > on_a_grid) found = Seconds{length};
  }
  return found;
}

}  // namespace models::records
