#include "models/scenario/claim_kinds.h"

#include <algorithm>
#include <array>

namespace models::scenario {
namespace {

using Key = std::string_view;

constexpr std::array<Key, 3> metric_needs{"metric", "op", "value"};
constexpr std::array<Key, 1> survives_needs{"unit"};
constexpr std::array<Key, 2> survives_may{"count", "restores"};
constexpr std::array<Key, 2> rebuild_needs{"amount", "within"};
constexpr std::array<Key, 1> recovery_needs{"within"};
constexpr std::array<Key, 2> recovery_may{"after", "unit"};

constexpr bool open = true;
constexpr std::array kinds{
    ClaimKind{"metric", "a figure against a value", metric_needs, {}},
    ClaimKind{"survives", "any so many units of a kind may be lost", survives_needs, survives_may},
    ClaimKind{"rebuild", "an amount is rebuilt within a time", rebuild_needs, {}},
    ClaimKind{"no_spof", "no single part takes the data away", {}, {}, open},
    ClaimKind{"rpo", "at most so much time of writing is lost", recovery_needs, recovery_may, open},
    ClaimKind{"rto", "service is back within a time", recovery_needs, recovery_may, open},
    ClaimKind{"service", "availability of the service to its users", {}, {}, open},
    ClaimKind{"logical_faults", "withstands faults of people, applications and malware", {}, {}},
    ClaimKind{"migration", "data move while hosts work on", {}, {}},
    ClaimKind{"backup", "an older state can be had back", {}, {}},
    ClaimKind{"qualitative", "a property that no figure measures", {}, {}, open},
};

}  // namespace

std::span<const ClaimKind> all_claim_kinds() { return kinds; }

const ClaimKind* find_claim_kind(std::string_view name) {
  const auto* const found = std::ranges::find(kinds, name, &ClaimKind::name);
  return found == kinds.end() ? nullptr : found;
}

bool is_claim_key(std::string_view key) {
  return std::ranges::any_of(kinds, [&](const ClaimKind& kind) {
    return std::ranges::find(kind.needs, key) != kind.needs.end() ||
           std::ranges::find(kind.may, key) != kind.may.end();
  });
}

std::span<const std::string_view> claim_units() {
  static constexpr std::array<std::string_view, 10> units{
      "disk", "machine",      "rack",       "rack switch", "core switch",
      "site", "power domain", "controller", "gateway",     "front end"};
  return units;
}

std::span<const std::string_view> claim_restores() {
  static constexpr std::array<std::string_view, 2> restores{"data", "redundancy"};
  return restores;
}

}  // namespace models::scenario
