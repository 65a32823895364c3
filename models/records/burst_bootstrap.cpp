#include "models/records/burst_bootstrap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "sim/execution/blocks.h"
#include "sim/moments.h"

namespace models::records {
namespace {

constexpr int rounds = 4;
constexpr std::uint64_t windows = 40;
/// Sizes that are moved together: 2, 3, 4, 5, 6 to 7, 8 to 11, 12 and more.
constexpr std::array last_of_class{2, 3, 4, 5, 7, 11};
constexpr std::size_t classes = last_of_class.size() + 1;

std::size_t class_of(int size) {
  return static_cast<std::size_t>(std::ranges::lower_bound(last_of_class, size) -
                                  last_of_class.begin());
}

/// What a fit says, in numbers that can be compared.
struct Summary {
  std::array<double, classes> counts{};
  double machine{}, rack{}, spread{};
};

Summary summary_of(const BurstLaw& law) {
  Summary summary{{}, law.same_machine, law.same_rack, law.spread_days};
  for (const BurstLaw::Size& size : law.sizes) {
    summary.counts[class_of(size.failures)] += law.count * size.share;
  }
  return summary;
}

double total(const Summary& summary) {
  return std::accumulate(summary.counts.begin(), summary.counts.end(), 0.0);
}

/// The law with the counts of a summary, shared out within each class as it was.
BurstLaw law_with(const BurstLaw& fitted, const Summary& summary) {
  const Summary before = summary_of(fitted);
  BurstLaw law = fitted;
  law.count = total(summary);
  law.same_machine = summary.machine;
  law.same_rack = summary.rack;
  law.spread_days = summary.spread;
  law.in_bursts = 0;
  for (BurstLaw::Size& size : law.sizes) {
    const std::size_t of = class_of(size.failures);
    const double count = fitted.count * size.share * summary.counts[of] / before.counts[of];
    size.share = law.count > 0 ? count / law.count : 0;
    law.in_bursts += count * size.failures;
  }
  return law;
}

/// Sums of the fits of simulated windows.
struct Fits {
  std::array<sim::Moments, classes> counts;
  sim::Moments all, machine, rack, spread;
  void add(const Summary& summary) {
    for (std::size_t c = 0; c < classes; ++c) counts[c].add(summary.counts[c]);
    all.add(total(summary));
    if (total(summary) < 1) return;  // affinities of no burst are none
    machine.add(summary.machine);
    rack.add(summary.rack);
    spread.add(summary.spread);
  }
  void merge(const Fits& later) {
    for (std::size_t c = 0; c < classes; ++c) counts[c].merge(later.counts[c]);
    all.merge(later.all);
    machine.merge(later.machine);
    rack.merge(later.rack);
    spread.merge(later.spread);
  }
};

Fits fits_of(const FailureModel& model, std::uint64_t seed, int round) {
  constexpr int worlds = 10;
  const auto played = sim::run_blocks(
      {.first = 0, .end = windows, .block_size = 4, .threads = 0}, Fits{}, [] { return 0; },
      [&](std::uint64_t number, int&, Fits& fits) {
        sim::Stream stream(seed, sim::Purpose::records,
                           {30'005, static_cast<std::uint64_t>(round), number});
        const BurstInput window = simulated_window(model, stream);
        if (window.days.size() < 2) return fits.add({});
        fits.add(summary_of(law_of_bursts(window, fit_triggering(window), worlds, seed)));
      },
      sim::BlockHooks<Fits>{});
  return played.accumulator;
}

double moved(double now, double wanted, const sim::Moments& fits, double least, double most) {
  return fits.count() > 0 ? std::clamp(now + wanted - fits.mean(), least, most) : now;
}

/// Each number goes by as much as its fits are off.
Summary next_of(const Summary& now, const Summary& wanted, const Fits& fits) {
  constexpr double least_share = 0.02;  // of what was counted: a class does not vanish
  Summary next = now;
  for (std::size_t c = 0; c < classes; ++c) {
    next.counts[c] = moved(now.counts[c], wanted.counts[c], fits.counts[c],
                           least_share * wanted.counts[c], 4 * wanted.counts[c]);
  }
  next.machine = moved(now.machine, wanted.machine, fits.machine, 0, 1);
  next.rack = moved(now.rack, wanted.rack, fits.rack, 0, 1 - next.machine);
  next.spread =
      moved(now.spread, wanted.spread, fits.spread, 0.2 * wanted.spread, 3 * wanted.spread);
  return next;
}

FailureModel window_model(const BurstInput& input, const std::vector<double>& background,
                          const BurstLaw& law) {
  FailureModel model;
  model.singles_by_week = background;
  const double singles = std::max(0.0, static_cast<double>(input.days.size()) - law.in_bursts);
  const double sum = std::accumulate(background.begin(), background.end(), 0.0);
  for (double& week : model.singles_by_week) week *= sum > 0 ? singles / sum : 0;
  model.length = input.length;
  model.step = input.step;
  model.machines = input.machines;
  model.racks = input.racks;
  model.units = input.units;
  model.bursts = law.count;
  model.burst = law;
  return model;
}

}  // namespace

BurstLaw corrected(const BurstInput& input, const std::vector<double>& background,
                   const BurstLaw& fitted, std::uint64_t seed) {
  const Summary wanted = summary_of(fitted);
  Summary now = wanted;
  Fits first;
  Fits fits;
  for (int round = 0; round < rounds; ++round) {
    fits = fits_of(window_model(input, background, law_with(fitted, now)), seed, round);
    if (round == 0) first = fits;
    if (round + 1 < rounds) now = next_of(now, wanted, fits);
  }
  BurstLaw law = law_with(fitted, now);
  // How far the fit moves when the truth does: 1 unless chance pairs stand for bursts.
  const double gone = fitted.count - law.count;
  const double slope = std::abs(gone) > 0.1 * fitted.count
                           ? std::clamp((first.all.mean() - fits.all.mean()) / gone, 0.3, 1.5)
                           : 1;
  law.count_variance = fits.all.variance() / (slope * slope);
  const double share = fitted.in_bursts > 0 ? law.in_bursts / fitted.in_bursts : 0;
  for (double& single : law.single) single = std::max(0.0, 1 - (1 - single) * share);
  return law;
}

}  // namespace models::records
