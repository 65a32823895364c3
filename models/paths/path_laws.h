#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/paths/path_model.h"

namespace models::paths {

/// How often each part fails and for how long, by part; empty: it does not, as far as is known.
using PathLaws = std::vector<std::optional<scenario::PartOutage>>;

PathLaws path_laws(const PathModel& model, const scenario::Scenario& scenario,
                   const scenario::Strategy& strategy);

/// Planned maintenance of parts of a kind: they go out one after another, a turn every `between`;
/// one that is away already is passed over.
struct PathRota {
  std::vector<std::uint32_t> parts;
  Seconds between{};
  sim::Distribution duration;
};
/// Of fabrics, engines, controllers, and of heads and shelves together (machines of the scenario).
std::vector<PathRota> path_rotas(const PathModel& model, const scenario::Scenario& scenario,
                                 const scenario::Strategy& strategy);

/// Share of time that each part is down in the long run; 0 without a law.
std::vector<double> share_down(const PathLaws& laws);

}  // namespace models::paths
