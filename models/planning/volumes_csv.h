#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/units.h"

namespace models::planning {

/// What a hospital's own records say of a source.
struct Volumes {
  double objects_per_year{};    ///< of the last twelve months; fewer months are scaled up
  std::optional<Bytes> size{};  ///< mean of an object, where the file counts bytes
  int months{};
  std::string fault;  ///< not empty: line and reason, and the rest does not count
};

/// Lines "2025-01,4821" or "2025-01,4821,1446300000000" (bytes) after one line of names:
/// month,objects[,bytes]. Months follow one another without a gap.
Volumes read_volumes(std::string_view csv);

}  // namespace models::planning
