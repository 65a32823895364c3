#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/units.h"

namespace models::policy {

/// An object, as the catalogue of the cloud and of the cache before it knows it.
struct ObjectFact {
  std::uint32_t id{};
  Seconds created{};
  Seconds last_access{};
  std::uint32_t storage_class{};  ///< index of a class, the dearest first
  Seconds entered{};              ///< time when it came into that class
  bool in_cloud{true};            ///< a copy that was read back stands there
  bool on_disk{};                 ///< a copy stands on the local disks
};

/// Objects that are so old and have not been read for so long go to class `to`.
struct ClassStep {
  std::uint32_t to{};
  Seconds age{};
  Seconds unread_for{};
};

struct LifecycleSettings {
  std::vector<ClassStep> steps;           ///< the last that applies holds; classes only go down
  std::vector<Seconds> minimum;           ///< of each class: leaving earlier is paid for
  std::optional<Seconds> evict_after{};   ///< unread for so long: off the local disks
  std::optional<Seconds> expire_after{};  ///< age at which an object is deleted everywhere
};

/// What becomes of objects as they age. It never takes the last copy of an object that has not
/// expired, and waits out the minimum stay of a class before it moves an object on.
class LifecycleRule {
 public:
  struct Move {
    std::uint32_t id{};
    std::uint32_t to{};
    bool operator==(const Move&) const = default;
  };
  struct Actions {
    std::vector<std::uint32_t> upload;  ///< to the cloud, for nothing stands there
    std::vector<Move> moves;
    std::vector<std::uint32_t> evict;   ///< off the local disks
    std::vector<std::uint32_t> expire;  ///< everywhere
  };

  /// @pre every class of a step has a minimum
  explicit LifecycleRule(LifecycleSettings settings);

  const LifecycleSettings& settings() const { return settings_; }
  void decide(Seconds now, std::span<const ObjectFact> objects, Actions& actions) const;

 private:
  std::uint32_t wanted_class(const ObjectFact& object, Seconds now) const;
  LifecycleSettings settings_;
};

}  // namespace models::policy
