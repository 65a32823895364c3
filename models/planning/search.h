#pragma once

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <vector>

#include "models/planning/confirm.h"

namespace models::planning {

/// A candidate that is shown.
struct Candidate {
  std::uint64_t index{};  ///< Space::at
  Design design;
  Screening screened;  ///< by arithmetic and chain
  /// The figures that judge it: those of the full model where it was played; else those of the
  /// chain, moved as far as the nearest design that was played.
  Screening judged;
  std::optional<Confirmed> confirmed;
  bool meets_all() const { return judged.failed.empty(); }
};

/// What one target costs.
struct Relaxed {
  Target target{};
  std::optional<Candidate> cheapest;  ///< that meets all others; none: relaxing it alone helps not
  double saving{};                    ///< of the net present value
};

struct SearchOptions {
  ConfirmOptions confirm;
  int most_confirmed{24};  ///< 0: what is screened to be best is the winner, undecided
};

struct SearchResult {
  std::uint64_t screened{};
  double screening_seconds{};
  std::optional<Candidate> winner;  ///< cheapest that meets all targets
  bool winner_decided{};            ///< each of its targets at 95 %
  bool interrupted{};  ///< without a winner: somebody asked to stop before it was found
  bool cut_short{};    ///< without a winner: as many designs were played as may be
  /// Without a winner: one with machines that can be built and misses fewest targets, and of these
  /// the nearest.
  std::optional<Candidate> nearest;
  std::vector<Candidate> confirmed;  ///< all that were played, in that order
  std::vector<Candidate> cheaper;    ///< next below the winner, dearest first
  std::vector<Candidate> front;      ///< cost, nines, rebuild time; cheapest first
  std::vector<Relaxed> relaxed;
};

/// Screens every candidate, plays the cheapest that promise to meet the targets, and learns from
/// each how far the chain is off for designs like it. Deterministic in (plan, options).
SearchResult search(const Space& space, const SearchOptions& options,
                    const std::function<void(const std::string&)>& progress = {},
                    std::stop_token stop = {});

/// Screens every candidate of the space, in the order of its indices; what it returns once somebody
/// asked to stop is not complete.
std::vector<Screening> screen_all(const Space& space, int threads,
                                  const std::stop_token& stop = {});

}  // namespace models::planning
