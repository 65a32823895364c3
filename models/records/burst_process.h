#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/records/happening.h"
#include "sim/estimate.h"

namespace models::records {

/// Failures of a window as the burst process sees them: by time, with their places.
struct BurstInput {
  std::vector<double> days;                  ///< since the window began, ascending
  std::vector<std::uint32_t> machine, rack;  ///< no_place where it is not known
  double length{};                           ///< of the window, days
  double machines{};                         ///< how many there are; 0: none is named
  double racks{};
  double units{};  ///< that were there
  /// Step of its times: a day, or the interval at which somebody looks for failures.
  Seconds step{1};
};

/// Failures trigger failures (Hawkes 1971; Ogata 1988): the rate at a time is that of single
/// failures in its 30 days, with the rhythm of the day and of the week, plus what each earlier
/// failure adds: `branching` failures on average, after an exponential delay, in the same machine,
/// the same rack or anywhere. A burst is a failure with all that follows from it.
struct BurstParameters {
  double branching{};
  double delay_days{};
  double in_machine{};
  double in_rack{};  ///< the rest stands anywhere
  double log_likelihood{};
  /// By failure: it was triggered by `parent` with that chance; the rest is that of being first.
  struct Link {
    std::uint32_t parent{};
    double chance{};
  };
  std::vector<Link> links;
  std::vector<std::size_t> first_link;  ///< by failure, and one behind the last
  std::vector<double> background;       ///< rate by block of 30 days, per day
  std::vector<double> hours, weekdays;  ///< rhythm: factors of mean 1
};

/// How large, how long and where bursts are.
struct BurstLaw {
  double count{};           ///< bursts of two or more in the window
  double count_variance{};  ///< of the count, chance and doubt about which belong together
  struct Size {
    int failures{};
    double share{};
  };
  std::vector<Size> sizes;     ///< from 2 on; shares add up to 1
  double spread_days{};        ///< mean delay behind the first failure
  double same_machine{};       ///< chance of each failure to stand in the machine at the heart
  double same_rack{};          ///< or in its rack
  double in_bursts{};          ///< failures
  std::vector<double> single;  ///< by failure: chance to belong to no burst
};

struct BurstFit {
  BurstLaw law;
  double branching{};
  double delay_days{};
  double gain{};           ///< of the log-likelihood over failures that trigger none
  double p{};              ///< of that gain, where failures are independent
  sim::Estimate per_year;  ///< bursts of two or more
  sim::Estimate share;     ///< of the failures that belong to one
  sim::Estimate same_machine, same_rack;
  bool found() const { return p <= 0.05; }
};

/// Maximum likelihood by expectation and maximisation (Veen and Schoenberg 2008).
BurstParameters fit_triggering(const BurstInput& input);

/// Draws which failure belongs to which by the fitted chances (Zhuang, Ogata and Vere-Jones 2002)
/// and averages over `draws` such worlds.
BurstLaw law_of_bursts(const BurstInput& input, const BurstParameters& fitted, int draws,
                       std::uint64_t seed);

/// Both, with the test against independent failures and intervals. Empty with fewer than 20
/// failures: they bear no test.
std::optional<BurstFit> fit_bursts(const BurstInput& input, std::uint64_t seed, int null_draws);

/// The interval at which somebody looks for failures, told by where times stand within it; the
/// record's own step where there is none.
Seconds polling_step(std::span<const Seconds> at, Seconds step);

}  // namespace models::records
