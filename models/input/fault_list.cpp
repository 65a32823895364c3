#include "models/input/fault_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "models/input/hidden_character.h"

namespace models::scenario {

void FaultList::error(std::string pointer, std::string message) {
  faults_.push_back({{}, 0, std::move(pointer), std::move(message), Diagnostic::Severity::error});
}

void FaultList::warning(std::string pointer, std::string message) {
  faults_.push_back({{}, 0, std::move(pointer), std::move(message), Diagnostic::Severity::warning});
}

void FaultList::expect_positive(const std::string& pointer, double value,
                                const std::string& shown) {
  if (std::isfinite(value) && value > 0) return;
  error(pointer, fmt::format("must be above zero, got {}", shown));
}

void FaultList::expect_share(const std::string& pointer, double value) {
  if (value > 0 && value <= 1) return;
  error(pointer, fmt::format("must be above 0 % and at most 100 %, got {:.4g} %", value * 100));
}

void FaultList::expect_name(const std::string& pointer, const std::string& name) {
  if (name.find_first_not_of(" \t\r\n") == std::string::npos) {
    error(pointer, "must not be empty: results are told apart by it");
  } else if (const auto hidden = hidden_character(name)) {
    error(pointer, fmt::format("has {} after {} bytes; remove it", hidden->shown, hidden->at));
  }
}

bool FaultList::has_errors() const {
  return std::ranges::any_of(faults_, [](const Diagnostic& fault) {
    return fault.severity == Diagnostic::Severity::error;
  });
}

std::string text_of(Bytes amount) {
  constexpr std::array<std::string_view, 7> units{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  double value = amount.value;
  std::size_t unit = 0;
  while (std::abs(value) >= 1000 && unit + 1 < units.size()) {
    value /= 1000;
    ++unit;
  }
  return fmt::format("{:.4g} {}", value, units[unit]);
}

std::string text_of(BytesPerSecond rate) { return text_of(Bytes{rate.value}) + "/s"; }

}  // namespace models::scenario
