#pragma once

#include "models/paths/path_laws.h"
#include "models/paths/path_results.h"

namespace models::paths {

/// RPO and RTO of each kind of incident: each strikes a system that is whole, and nothing else
/// fails until it is over.
std::vector<Incident> play_incidents(const PathModel& model, const PathLaws& laws,
                                     const scenario::Paths& spec, const PathOptions& options);

}  // namespace models::paths
