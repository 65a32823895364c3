#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "models/lifecycle/drill_report.h"
#include "models/lifecycle/move_order.h"
#include "models/policy/lifecycle_rule.h"

namespace models::lifecycle {

/// Objects of real bytes on local disks and in the classes of a cloud.
struct TierDrill {
  std::uint32_t classes{3};
  std::uint32_t objects{3};
  std::size_t object_bytes{40};
  Seconds round{};  ///< from one question to the rule to the next, > 0
  std::uint32_t rounds{30};
  std::uint64_t seed{1};
};

struct TierPolicies {
  std::function<void(Seconds, std::span<const policy::ObjectFact>, policy::LifecycleRule::Actions&)>
      rule;
  NextMove move = next_move;
};

/// An object is written to the local disks in each of the first rounds; what the rule says is done
/// through `move`, with a crash at every step and with every write going wrong once. An object that
/// has not expired must be readable where the catalogue says, at every moment. Its age of expiry is
/// passed in `expires`, so that the rule is not asked to judge itself.
DrillReport drill_tiers(const TierDrill& drill, std::string name, Seconds expires,
                        const TierPolicies& policies);

}  // namespace models::lifecycle
