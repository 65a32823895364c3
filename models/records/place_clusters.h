#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/records/bursts.h"
#include "models/records/happening.h"

namespace models::records {

/// Which places of a failure are compared.
using PlaceOf = std::uint32_t Happening::*;

/// Do failures that are near in time stand in the same place more often than others do (Knox 1964)?
/// Pairs within `window` in one place, over what is expected; the null gives the failures' places
/// to one another at random, so neither a bad place nor a bad year counts. Failures without a place
/// are left out; empty if fewer than two are left, or none are near.
/// @param happenings  by time, ascending
std::optional<Clustering> near_in_time_and_place(std::span<const Happening> happenings,
                                                 PlaceOf place, std::string_view name,
                                                 Seconds window, const Draws& draws);

/// Do some places fail more often than their number of units lets expect? Pearson's chi-squared
/// over its degrees of freedom; the null spreads as many failures at random by units.
/// @param units  by place
std::optional<Clustering> crowded_places(std::span<const Happening> happenings, PlaceOf place,
                                         std::string_view name, std::span<const double> units,
                                         const Draws& draws);

/// Failures of units that had failed before, over what is expected if each failure strikes any of
/// `units` units alike.
Clustering repeated_failures(std::span<const Happening> happenings, double units,
                             const Draws& draws);

}  // namespace models::records
