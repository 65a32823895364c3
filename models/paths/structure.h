#pragma once

#include <vector>

#include "models/paths/path_model.h"

/// What the graph alone says: no rate, no time.
namespace models::paths {

/// Parts through which every path of a host to the data leads, by the dominator tree of the graph;
/// parts of several vertices (power, links) by their removal. Ascending.
std::vector<std::uint32_t> single_points(const PathModel& model, Place host);

/// Pairs of parts that cut a host from the data though neither does alone.
std::vector<std::pair<std::uint32_t, std::uint32_t>> cutting_pairs(const PathModel& model,
                                                                   Place host);

/// Fewest parts of one vertex each whose removal cuts a host from the data, itself not counted
/// (maximum flow over vertices of capacity one; of several such sets the one nearest to the host).
/// Those in `safe` are not removed. Ascending; empty if it is cut already, or cannot be cut so.
std::vector<std::uint32_t> smallest_cut(const PathModel& model, Place host,
                                        const PartSet& safe = {});

/// Sets of at most `count` parts without which a service is down; supersets of a smaller set that
/// is one already are left out. @pre count is 1 or 2
std::vector<PartSet> fatal_sets(const PathModel& model, const Service& service, int count);

/// Bytes per second that all hosts together can move to `target`, at most (maximum flow).
double bandwidth(const PathModel& model, const Up& up, Place target);

/// Bandwidth left: reads may come from any array, a write has to reach each that works.
struct Bandwidth {
  double read{};
  double write{};
};
Bandwidth bandwidth_left(const PathModel& model, const Up& up);

}  // namespace models::paths
