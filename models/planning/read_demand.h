#pragma once

#include <filesystem>

#include "models/input/object_reader.h"
#include "models/planning/plan.h"

namespace models::planning {

/// The section "demand" of a plan; `folder` is where it looks for volumes.
Demand read_demand(const scenario::Node& node, const std::filesystem::path& folder,
                   scenario::Faults& faults);

}  // namespace models::planning
