#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/drill/audit.h"
#include "models/drill/course.h"
#include "models/drill/ledger.h"
#include "models/drill/object_store.h"
#include "models/drill/rebuild_queue.h"

namespace models::drill {

/// One mission under way: a store, its users, and what happens to them step by step.
class Mission {
 public:
  Mission(const Subject& subject, const Setting& setting, std::uint64_t number,
          const MakeMedium& make_medium);
  Mission(const Mission&) = delete;
  Mission& operator=(const Mission&) = delete;

  /// @pre called once
  StrategyDrill run(const Schedule& schedule);

 private:
  /// What a kind of step does; false where it finds nothing to do it to.
  using Handler = bool (Mission::*)(const Step&);
  static std::array<Handler, step_kinds> handlers();  ///< in the order of StepKind

  bool lose_disk(const Step& step);
  bool lose_machine(const Step& step);
  bool lose_rack(const Step& step);
  bool lose_site(const Step& step);
  bool cut_switch(const Step& step);
  bool cut_machine(const Step& step);
  bool flip_bit(const Step& step);
  bool spoil_write(const Step& step);
  bool make_stale(const Step& step);
  bool slow_down(const Step& step);
  bool fill(const Step& step);
  bool crash_machine(const Step& step);
  bool crash_write(const Step& step);
  bool crash_rebuild(const Step& step);
  bool lose_messages(const Step& step);
  bool repeat_message(const Step& step);
  bool write_anew(const Step& step);
  bool read(const Step& step);
  bool scrub(const Step& step);
  bool rebuild(const Step& step);
  bool recover(const Step& step);
  bool replace(const Step& step);
  bool heal(const Step& step);

  placement::PlacementMap make_map() const;
  std::unique_ptr<Medium> make(const MakeMedium& make_medium) const;
  void take(const Step& step);
  /// All is well again: then what is lost stays lost, and nothing else may be.
  void finish();
  std::uint32_t disk_of(const Step& step) const;
  bool lose_range(std::uint32_t first, std::uint32_t end);
  bool lose_place(topology::UnitKind kind, const Step& step);
  bool verify(const repair::Verify& part);
  void check_scrubbed(std::uint32_t disk);
  /// A client writes the object anew; false where the store refused.
  bool write(std::uint32_t group, std::uint32_t draw = 0);
  void restart(std::uint32_t draw);
  /// Shards of the object on this machine may be left out of its next write.
  void excuse(std::uint32_t group, std::uint32_t machine);
  void check(const std::string& after);
  void check_given_up(std::uint32_t group);
  void settle(std::uint32_t group, const Finding& finding);
  RebuildQueue::Complain complaints();
  void complain(std::string what);

  const Subject& subject_;
  const Setting& setting_;
  std::uint64_t number_;
  std::uint32_t width_;
  std::uint32_t groups_;
  placement::PlacementMap map_;
  Ledger ledger_;
  std::unique_ptr<Medium> medium_;
  ObjectStore store_;
  RebuildQueue queue_;
  std::vector<codes::ShardSet> was_missing_;  ///< at the last check
  std::vector<codes::ShardSet> excused_;      ///< may be given up, or left out, in this step
  std::vector<bool> lost_;
  std::vector<topology::Unit> down_;
  repair::Scrubber::Memory scrubbed_;
  Scratch scratch_;
  Got got_;
  Seconds clock_{};
  std::uint64_t audits_{};
  std::string after_;
  StrategyDrill result_;
};

}  // namespace models::drill
