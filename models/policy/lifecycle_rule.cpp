#include "models/policy/lifecycle_rule.h"

#include <algorithm>
#include <utility>

#include "sim/contract.h"

namespace models::policy {

LifecycleRule::LifecycleRule(LifecycleSettings settings) : settings_(std::move(settings)) {
  for (const ClassStep& step : settings_.steps) EXPECTS(step.to < settings_.minimum.size());
}

std::uint32_t LifecycleRule::wanted_class(const ObjectFact& object, Seconds now) const {
  std::uint32_t wanted = object.storage_class;
  for (const ClassStep& step : settings_.steps) {
    if (now - object.created < step.age || now - object.last_access < step.unread_for) continue;
    wanted = std::max(wanted, step.to);
  }
  return wanted;
}

void LifecycleRule::decide(Seconds now, std::span<const ObjectFact> objects,
                           Actions& actions) const {
  actions = {};
  for (const ObjectFact& object : objects) {
    if (settings_.expire_after && now - object.created >= *settings_.expire_after) {
      actions.expire.push_back(object.id);
      continue;
    }
    if (!object.in_cloud) {
      actions.upload.push_back(object.id);
      continue;  // what stands on the local disks is the last copy
    }
    if (settings_.evict_after && object.on_disk &&
        now - object.last_access >= *settings_.evict_after) {
      actions.evict.push_back(object.id);
    }
    const std::uint32_t wanted = wanted_class(object, now);
    if (wanted == object.storage_class) continue;
    if (now - object.entered < settings_.minimum[object.storage_class]) continue;
    actions.moves.push_back({object.id, wanted});
  }
}

}  // namespace models::policy
