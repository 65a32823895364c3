#pragma once

#include <string>
#include <vector>

namespace models::fleet {

/// What decides the sums of a run: runs of the same identity have the same sums for the same
/// replicates.
struct IdentityFact {
  std::string name;   ///< "seed"
  std::string value;  ///< "5"; may be empty
  bool operator==(const IdentityFact&) const = default;
};
using RunIdentity = std::vector<IdentityFact>;

/// "seed is 5 there and 7 here, ..."; empty if they are the same.
std::string unlike(const RunIdentity& there, const RunIdentity& here);

}  // namespace models::fleet
