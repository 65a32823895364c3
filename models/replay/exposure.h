#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "models/fleet/outcome.h"
#include "sim/change.h"

namespace models::replay {

/// What was exposed in one span of time.
struct Span {
  double degraded{};  ///< group-seconds with a shard missing
  double twice{};     ///< with two or more missing
  double bare{};      ///< with as many missing as the code is sure to bear: no redundancy left
  double lost{};      ///< groups lost
  double peak{};      ///< most groups at once with a shard missing
};

/// Follows how many shards each group misses. Told of losses by the caller, of shards that are
/// whole again by the mission.
class Exposure final : public fleet::Observer {
 public:
  /// @param ends  of the spans, ascending, in seconds; time beyond counts to the last
  Exposure(int tolerance, std::vector<Seconds> ends);

  void saw(Seconds, std::string_view, std::string_view, std::string_view) override {}
  void made_whole(Seconds at, std::uint32_t group) override { healed_.push_back({at, group}); }
  /// What a failure at `at` did.
  void hit(Seconds at, const sim::Change& change);
  void finish(Seconds end);

  const std::vector<Span>& spans() const { return spans_; }
  /// Most shards that any group missed while it was not lost.
  int deepest() const { return deepest_; }

 private:
  struct Healed {
    Seconds at{};
    std::uint32_t group{};
  };
  void heal();
  void pass(Seconds until);
  void set_depth(std::uint32_t group, int depth);
  Span& span() { return spans_[span_]; }

  int tolerance_;
  std::vector<Seconds> ends_;
  std::vector<Span> spans_;
  std::size_t span_{};
  Seconds now_{};
  std::unordered_map<std::uint32_t, int> depths_;
  std::vector<Healed> healed_;
  double degraded_{}, twice_{}, bare_{};  ///< groups now
  int deepest_{};
};

}  // namespace models::replay
