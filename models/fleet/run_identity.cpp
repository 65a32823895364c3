#include "models/fleet/run_identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace models::fleet {

namespace {

/// The values of this name, "none" where there is none.
std::string values_of(const RunIdentity& identity, const std::string& name) {
  std::string text;
  for (const IdentityFact& fact : identity) {
    if (fact.name == name) text += (text.empty() ? "" : ", ") + fact.value;
  }
  return text.empty() ? "none" : text;
}

}  // namespace

std::string unlike(const RunIdentity& there, const RunIdentity& here) {
  std::string text;
  std::set<std::string> seen;
  for (const RunIdentity* identity : {&there, &here}) {
    for (const IdentityFact& fact : *identity) {
      const std::string a = values_of(there, fact.name);
      const std::string b = values_of(here, fact.name);
      if (a == b || !seen.insert(fact.name).second) continue;
      text +=
          fmt::format("{}{} is {} there and {} here", text.empty() ? "" : "; ", fact.name, a, b);
    }
  }
  if (text.empty() && there != here) return "its facts are in another order";
  return text;
}

}  // namespace models::fleet
