#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/records/burst_process.h"
#include "models/records/sample.h"
#include "sim/estimate.h"

namespace models::records {

/// One part of the hazard of single failures.
struct HazardPart {
  std::string name{};  ///< "age", "calendar", "unit", "machine", "rack"
  bool identified{};   ///< the record can tell it from the other parts
  std::string why{};   ///< why it cannot, or what it may be mistaken for; empty: nothing to say
  /// Of the age: the shape of a Weibull law. Else the standard deviation of the factors of four
  /// weeks, or of places, whose mean is 1.
  sim::Estimate size{};
  double gain{};  ///< of the log-likelihood over a hazard without this part
  double p{1};    ///< of a record without this part, the others as they are
  bool found() const { return identified && p <= 0.05; }
};

/// Factor of the hazard in four weeks of the calendar, ages and places allowed for.
struct CalendarLevel {
  Seconds from{};
  double failures{};  ///< single ones
  double expected{};  ///< at a factor of 1
  sim::Estimate factor{};
};

/// Hazard of a single failure = age law x calendar effect x frailty of the place. Bursts stand
/// beside it (burst_process.h); their failures count as censored here.
struct HazardModel {
  HazardPart age, calendar;
  std::vector<HazardPart> places;
  std::vector<CalendarLevel> levels;
  /// Of `places`: the one whose frailty stands in the fit of the others; empty: none is found.
  std::optional<std::size_t> frailty;
};

/// Which parts the record shows, one likelihood for all of them. Empty where lives are not dated,
/// no single unit failed, or
/// there are millions of lives.
/// @param lives  single failures; those of bursts censored @param one_age  at any date nearly all
/// units have one age: then age cannot be told from the calendar
/// @param input  the places of the sample's happenings
std::optional<HazardModel> hazard_model(const Sample& sample, const std::vector<Life>& lives,
                                        const BurstInput& input,
                                        const std::optional<BurstFit>& bursts, bool one_age,
                                        std::uint64_t seed);

}  // namespace models::records
