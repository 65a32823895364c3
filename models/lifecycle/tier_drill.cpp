#include "models/lifecycle/tier_drill.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "models/lifecycle/piece_store.h"
#include "sim/random.h"

namespace models::lifecycle {
namespace {

using Content = std::vector<std::byte>;

constexpr std::uint32_t never = ~std::uint32_t{0};
constexpr std::uint32_t disks = 0;  ///< the node of the local disks; a class has its number + 1

struct Trouble {
  std::uint32_t crash{never};
  std::uint32_t bad_write{never};
};

/// A line of the catalogue.
struct Entry {
  Seconds created{};
  bool on_disk{true};
  std::optional<std::uint32_t> storage_class;
  Seconds entered{};
  bool gone{};
};

class Course {
 public:
  Course(const TierDrill& drill, Seconds expires, const TierPolicies& policies,
         const Trouble& trouble, DrillReport& report)
      : drill_(drill),
        expires_(expires),
        policies_(policies),
        trouble_(trouble),
        report_(report),
        store_(drill.classes + 1) {}

  std::uint32_t run() {
    ++report_.courses;
    for (std::uint32_t round = 0; round < drill_.rounds; ++round) {
      now_ = drill_.round * static_cast<double>(round);
      if (round < drill_.objects) create(round);
      while (!play()) check();
      check();
    }
    for (const PieceKey& key : store_.inventory()) {
      if (table_[key.object].gone) report_.complain(words() + ": an expired object was left over");
    }
    return step_;
  }

  std::uint32_t writes() const { return writes_; }

 private:
  void create(std::uint32_t object) {
    sim::Stream stream(drill_.seed, sim::Purpose::drill, {object, 0x74696572, 0, 0});
    Content content(drill_.object_bytes);
    for (std::byte& byte : content) byte = static_cast<std::byte>(stream.bits() & 0xFFU);
    store_.write(disks, {object, 0, 0, 0}, content);
    contents_.push_back(std::move(content));
    table_.emplace_back().created = now_;
  }

  std::vector<policy::ObjectFact> facts() const {
    std::vector<policy::ObjectFact> all;
    for (std::uint32_t object = 0; object < table_.size(); ++object) {
      const Entry& entry = table_[object];
      if (entry.gone) continue;
      all.push_back({.id = object,
                     .created = entry.created,
                     .last_access = entry.created,
                     .storage_class = entry.storage_class.value_or(0),
                     .entered = entry.entered,
                     .in_cloud = entry.storage_class.has_value(),
                     .on_disk = entry.on_disk});
    }
    return all;
  }

  bool play() {
    policy::LifecycleRule::Actions actions;
    policies_.rule(now_, facts(), actions);
    for (const std::uint32_t id : actions.upload) {
      if (!move(id, disks, 0)) return false;
    }
    for (const policy::LifecycleRule::Move& step : actions.moves) {
      const auto from = table_[step.id].storage_class;
      if (from && !move(step.id, *from + 1, step.to)) return false;
    }
    for (const std::uint32_t id : actions.evict) {
      if (crashes()) return false;
      table_[id].on_disk = false;
      store_.remove(disks, {id, 0, 0, 0});
    }
    for (const std::uint32_t id : actions.expire) {
      if (crashes()) return false;
      table_[id].gone = true;
      store_.remove_if([id](const PieceKey& key) { return key.object == id; });
    }
    collect();
    return true;
  }

  bool crashes() {
    if (step_++ != trouble_.crash) return false;
    ++report_.crashes;
    return true;
  }

  /// A copy in class `to`, from node `from`; what a class gives away it does not keep.
  bool move(std::uint32_t id, std::uint32_t from, std::uint32_t to) {
    const PieceKey key{id, 0, 0, 0};
    PieceState state = store_.present(to + 1, key) ? PieceState::unverified : PieceState::absent;
    for (int turn = 0; turn < 12; ++turn) {
      const bool leaves = from != disks && store_.present(from, key);
      const std::array target{state};
      const std::array source{leaves ? PieceState::unverified : PieceState::absent};
      const bool switched = table_[id].storage_class == to;
      const MoveAction action = policies_.move({switched, true, target, source});
      if (action.step == MoveStep::done) return true;
      const bool crash = crashes();
      if (action.step == MoveStep::write_piece) {
        write(key, from, to, crash);
        state = PieceState::unverified;
      }
      if (crash) return false;
      if (action.step == MoveStep::verify_piece) {
        state = store_.read(to + 1, key) ? PieceState::verified : PieceState::bad;
      }
      if (action.step == MoveStep::switch_over) {
        table_[id].storage_class = to;
        table_[id].entered = now_;
      }
      if (action.step == MoveStep::remove_source) store_.remove(from, key);
    }
    report_.complain(words() + ": a move between classes does not end");
    return true;
  }

  void write(const PieceKey& key, std::uint32_t from, std::uint32_t to, bool crash) {
    const auto bytes = store_.read(from, key);
    if (!bytes) return report_.complain(words() + ": an object to be moved is gone");
    const Content content(bytes->begin(), bytes->end());
    const bool wrong = writes_++ == trouble_.bad_write;
    store_.write(to + 1, key, content,
                 crash   ? PieceStore::Write::torn
                 : wrong ? PieceStore::Write::flipped
                         : PieceStore::Write::whole);
  }

  /// Copies that the catalogue does not name, of moves that a crash ended.
  void collect() {
    for (std::uint32_t object = 0; object < table_.size(); ++object) {
      const PieceKey key{object, 0, 0, 0};
      if (!table_[object].on_disk) store_.remove(disks, key);
      for (std::uint32_t c = 0; c < drill_.classes; ++c) {
        if (table_[object].storage_class != c) store_.remove(c + 1, key);
      }
    }
  }

  void check() {
    ++report_.states_checked;
    for (std::uint32_t object = 0; object < table_.size(); ++object) {
      const Entry& entry = table_[object];
      if (now_ - entry.created >= expires_) continue;
      const PieceKey key{object, 0, 0, 0};
      std::optional<std::span<const std::byte>> bytes;
      if (entry.on_disk) bytes = store_.read(disks, key);
      if (!bytes && entry.storage_class) bytes = store_.read(*entry.storage_class + 1, key);
      report_.bytes_compared += drill_.object_bytes;
      if (bytes && std::ranges::equal(*bytes, contents_[object])) continue;
      report_.complain(fmt::format("{}: object {} cannot be read", words(), object));
    }
  }

  std::string words() const {
    if (trouble_.crash != never) return fmt::format("crash at step {}", trouble_.crash);
    if (trouble_.bad_write != never) return fmt::format("bad write {}", trouble_.bad_write);
    return "no crash";
  }

  const TierDrill& drill_;
  Seconds expires_;
  const TierPolicies& policies_;
  Trouble trouble_;
  DrillReport& report_;
  PieceStore store_;
  std::vector<Entry> table_;
  std::vector<Content> contents_;
  Seconds now_{};
  std::uint32_t step_{};
  std::uint32_t writes_{};
};

}  // namespace

DrillReport drill_tiers(const TierDrill& drill, std::string name, Seconds expires,
                        const TierPolicies& policies) {
  DrillReport report;
  report.name = std::move(name);
  Course plain(drill, expires, policies, {}, report);
  const std::uint32_t steps = plain.run();
  for (std::uint32_t step = 0; step < steps; ++step) {
    Course(drill, expires, policies, {.crash = step}, report).run();
  }
  for (std::uint32_t write = 0; write < plain.writes(); ++write) {
    Course(drill, expires, policies, {.bad_write = write}, report).run();
  }
  return report;
}

}  // namespace models::lifecycle
