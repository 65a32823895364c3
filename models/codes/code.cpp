#include "models/codes/code.h"

#include <fmt/format.h>

#include <algorithm>

namespace models::codes {

double Code::overhead() const {
  const Shape s = shape();
  return static_cast<double>(s.total()) / s.data;
}

double mean_repair_reads(const Code& code) {
  const int total = code.shape().total();
  double reads = 0;
  for (int slot = 0; slot < total; ++slot) {
    const auto plan = code.repair_plan(ShardSet{}.set(static_cast<std::size_t>(slot)), slot);
    if (plan) reads += plan->reads();
  }
  return reads / total;
}

std::string check_parameters(const CodeSpec& spec, std::span<const CodeParameter> parameters) {
  for (const auto& [name, value] : spec.parameters) {
    if (std::ranges::find(parameters, name, &CodeParameter::name) == parameters.end()) {
      return fmt::format("{} has no parameter \"{}\"", spec.kind, name);
    }
  }
  for (const CodeParameter& p : parameters) {
    const auto found = spec.parameters.find(std::string(p.name));
    if (found == spec.parameters.end()) return fmt::format("{} needs \"{}\"", spec.kind, p.name);
    if (found->second < p.low || found->second > p.high) {
      return fmt::format("{} must be {} to {}, got {}", p.name, p.low, p.high, found->second);
    }
  }
  return {};
}

}  // namespace models::codes
