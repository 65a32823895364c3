#include "models/records/trace.h"

#include <array>

namespace models::records {

std::string_view to_string(Layout layout) {
  constexpr std::array<std::string_view, 4> names{"log of failures", "log of failures of Alpine",
                                                  "days of drives", "table of models"};
  return names[static_cast<std::size_t>(layout)];
}

std::uint32_t Names::number(std::string_view name) {
  const auto found = numbers_.find(name);
  if (found != numbers_.end()) return found->second;
  const auto added = numbers_.emplace(name, size()).first;
  names_.push_back(added->first);
  bytes_ += name.size();
  return added->second;
}

std::optional<std::uint32_t> Names::find(std::string_view name) const {
  const auto found = numbers_.find(name);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

}  // namespace models::records
