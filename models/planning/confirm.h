#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

#include "models/planning/screening.h"
#include "models/scenario/diagnostic.h"
#include "sim/estimate.h"

namespace models::planning {

enum class Decision { met, failed, undecided };
std::string_view to_string(Decision decision);

/// What the full model says of one design, in the year in which the chain sees it worse.
struct Confirmed {
  sim::Estimate nines;  ///< of the worse tier
  sim::Estimate unavailability;
  sim::Estimate rebuild_hours;         ///< of a disk, 95 % quantile, detection included
  Decision durability{Decision::met};  ///< met where the plan asks for nothing
  Decision availability{Decision::met};
  Decision rebuild{Decision::met};
  int year{};  ///< of the plan, 0 the first
  /// Of the tier that decides durability: share by the event that ended data; empty where none were
  /// lost.
  std::map<std::string, double> loss_by_cause;
  std::uint64_t missions{};
  std::string fault;   ///< not empty: the full model cannot play it, and why
  bool interrupted{};  ///< before it was decided: its figures and decisions are not to be used
  bool decided() const;
  bool refuted() const;  ///< one target is enough
};

/// One design in one year as a scenario of a strategy for each of its own tiers.
scenario::Scenario scenario_of(const Space& space, const Design& design, const YearSize& size);

struct ConfirmOptions {
  std::uint64_t seed{1};
  int threads{0};
  std::uint64_t most_missions{1024};  ///< undecided beyond them
};

/// Plays missions of a year, four times as many each turn, until every target is decided at 95 %,
/// or one is missed.
Confirmed confirm(const Space& space, const Design& design, const ConfirmOptions& options,
                  std::stop_token stop = {});

/// A bound of the interval decides, not the value. @param limit what is asked for
Decision decide(const sim::Estimate& estimate, double limit, bool more_is_better);

}  // namespace models::planning
