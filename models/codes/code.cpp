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

namespace {

int levels_of(const CodeSpec& spec) {
  int deepest = 0;
  for (const CodeSpec& part : spec.parts) deepest = std::max(deepest, levels_of(part));
  return deepest + 1;
}

std::string check_parts(const CodeSpec& spec, std::span<const CodePart> parts) {
  if (spec.parts.size() != parts.size()) {
    return fmt::format("{} needs {} codes inside, got {}", spec.kind, parts.size(),
                       spec.parts.size());
  }
  // Before any part is looked into: each level checks those below it.
  if (levels_of(spec) > most_levels) {
    return fmt::format("codes within codes must be at most {} levels deep", most_levels);
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const CodeKind* kind = find_code(spec.parts[i].kind);
    if (kind == nullptr) {
      return fmt::format("{}: there is no code \"{}\"", parts[i].name, spec.parts[i].kind);
    }
    const std::string fault = kind->check(spec.parts[i]);
    if (!fault.empty()) return fmt::format("{}: {}", parts[i].name, fault);
  }
  return {};
}

}  // namespace

std::string check_parameters(const CodeSpec& spec, std::span<const CodeParameter> parameters,
                             std::span<const CodePart> parts) {
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
  return check_parts(spec, parts);
}

}  // namespace models::codes
