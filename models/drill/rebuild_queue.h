#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/drill/course.h"
#include "models/drill/object_store.h"
#include "models/repair/rebuild_planner.h"

namespace models::drill {

/// Carries lost shards to the planner and its tasks to the store. A plan may be old when a task's
/// turn comes: then the store refuses, and the shard is planned anew.
class RebuildQueue {
 public:
  using Complain = std::function<void(std::string)>;

  RebuildQueue(const Subject& subject, ObjectStore& store, std::uint64_t seed,
               std::uint64_t mission)
      : subject_(subject), store_(store), seed_(seed), mission_(mission) {}

  /// Plans all that is missing anew; what was promised stays promised where that can be.
  void plan(const Complain& complain);
  void plan_if_none(const Complain& complain) {
    if (pending_.empty()) plan(complain);
  }
  /// Carries out the first tasks; how many shards were rebuilt.
  std::size_t execute(std::size_t tasks, const Complain& complain);
  std::size_t pending() const { return pending_.size(); }
  /// Where the next task will write.
  std::optional<std::uint32_t> next_target();
  /// Power has failed: plans were in memory.
  void forget() { pending_.clear(); }

  std::uint64_t rebuilt() const { return rebuilt_; }
  std::uint64_t put_off() const { return put_off_; }
  std::uint64_t waited() const { return waited_; }

 private:
  /// A task of a plan that has not run yet.
  struct Pending {
    repair::Task task;
    std::vector<std::pair<std::uint16_t, std::uint32_t>>
        reads;  ///< slot, and its disk when planned
  };
  using Shards = std::map<std::pair<std::uint32_t, std::uint16_t>, int>;

  void quick_first();
  std::vector<repair::LostShard> lost_shards(Shards& asked) const;
  void accept(const repair::RebuildAction& action, const repair::Task& task, Shards& asked,
              const Complain& complain);

  const Subject& subject_;
  ObjectStore& store_;
  std::uint64_t seed_;
  std::uint64_t mission_;
  std::deque<Pending> pending_;
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::uint32_t> promises_;
  std::uint64_t plans_{};
  std::uint64_t rebuilt_{};
  std::uint64_t put_off_{};
  std::uint64_t waited_{};
};

}  // namespace models::drill
