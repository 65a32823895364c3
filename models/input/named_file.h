#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "models/input/object_reader.h"

namespace models::scenario {

/// Hands `read` the object that stands in the scenario, or the one in the file that is named there:
/// a regular file in `folder` or below it. `what` it is: "price file". Not called where there is
/// none; then that is a fault.
void with_file_or_object(const Node& node, const std::filesystem::path& folder,
                         std::string_view what, Faults& faults,
                         const std::function<void(const Node&)>& read);

}  // namespace models::scenario
