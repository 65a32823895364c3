#include "models/input/valid_ages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace models::scenario {
namespace {

constexpr std::array<std::string_view, 3> within{"failures", "disk", "valid"};

/// The node of the ages in a scenario or in a strategy; null if it has none.
const Node* valid_of(const Node& node) {
  const Node* found = &node;
  for (const std::string_view key : within) {
    found = found->find(key);
    if (found == nullptr) return nullptr;
  }
  return found;
}

double years(Seconds age) { return age / sim::year; }

void add_doubt(const Node& node, const Scenario& scenario, const FleetAge& age,
               Diagnostics& doubts) {
  Faults none;
  const ValidAges valid = read_valid_ages(node, none);
  const Seconds oldest = age.oldest + scenario.mission;
  // Ages of a record are rounded when they are written down.
  constexpr double rounding = 1.05;
  const bool older = oldest > rounding * valid.until;
  const bool younger = rounding * age.youngest < valid.from;
  if (!older && !younger) return;
  std::string words;
  if (older) words = fmt::format("up to {:.3g} years", years(oldest));
  if (younger) {
    words +=
        fmt::format("{}from {:.3g} years on", words.empty() ? "" : " and ", years(age.youngest));
  }
  doubts.push_back({.file = *node.origin,
                    .line = node.line,
                    .pointer = pointer_of(node),
                    .message = fmt::format(
                        "the law of disks is asked beyond its record: ages {}, seen {:.3g} to "
                        "{:.3g} years; what it says there is a guess",
                        words, years(valid.from), years(valid.until)),
                    .severity = Diagnostic::Severity::warning});
}

}  // namespace

ValidAges read_valid_ages(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/failures/disk/valid", faults);
  const ValidAges ages{{reader.number("from")}, {reader.number("until")}};
  if (reader.has("from") && reader.has("until") && !(ages.from < ages.until)) {
    faults.add(node, "must be more than 'from'", "until");
  }
  return ages;
}

Diagnostics beyond_valid_ages(const Document& document, const Scenario& scenario) {
  Diagnostics doubts;
  if (const Node* valid = valid_of(document.root)) {
    add_doubt(*valid, scenario, scenario.failures.disk_age, doubts);
  }
  const Node* strategies = document.root.find("strategies");
  if (strategies == nullptr) return doubts;
  for (std::size_t i = 0; i < std::min(strategies->children.size(), scenario.strategies.size());
       ++i) {
    const Node* valid = valid_of(strategies->children[i]);
    if (valid == nullptr) continue;
    const auto& own = scenario.strategies[i].failures;
    add_doubt(*valid, scenario, own ? own->disk_age : scenario.failures.disk_age, doubts);
  }
  return doubts;
}

}  // namespace models::scenario
