#include "models/lifecycle/move_drill.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "models/lifecycle/piece_store.h"
#include "sim/contract.h"
#include "sim/random.h"

namespace models::lifecycle {
namespace {

using Content = std::vector<std::byte>;
using codes::Code;
using codes::ShardSet;

constexpr std::uint32_t never = ~std::uint32_t{0};

Content content_of(std::uint64_t seed, std::uint32_t version, std::size_t size) {
  sim::Stream stream(seed, sim::Purpose::drill, {version, 0x6d6f7665, 0, 0});
  Content content(size);
  for (std::byte& byte : content) byte = static_cast<std::byte>(stream.bits() & 0xFFU);
  return content;
}

std::vector<Content> encode(const Code& code, const Content& content) {
  const auto k = static_cast<std::size_t>(code.shape().data);
  const std::size_t size = (content.size() + k - 1) / k;
  std::vector<Content> shards(static_cast<std::size_t>(code.shape().total()), Content(size));
  for (std::size_t at = 0; at < content.size(); ++at) shards[at / size][at % size] = content[at];
  const std::vector<Code::Block> data(shards.begin(), shards.begin() + code.shape().data);
  const std::vector<Code::MutableBlock> parity(shards.begin() + code.shape().data, shards.end());
  code.encode(data, parity);
  return shards;
}

/// Calls `visit` with every set of `most` of `nodes` nodes, as bits.
template <class Visit>
void for_each_loss(std::uint32_t nodes, std::uint32_t most, Visit visit) {
  for (std::uint32_t set = 0; set < (1U << nodes); ++set) {
    if (static_cast<std::uint32_t>(__builtin_popcount(set)) == most) visit(set);
  }
}

/// What goes wrong in one course.
struct Trouble {
  std::uint32_t crash{never};         ///< before this step; in the middle of it if it writes
  std::uint32_t second_crash{never};  ///< likewise, counted from the first
  std::uint32_t bad_piece{never};     ///< the first write of this piece goes wrong
  PieceStore::Write how{PieceStore::Write::flipped};
  std::uint32_t change{never};     ///< a user writes the file before this step
  std::uint32_t node_lost{never};  ///< before this step ...
  std::uint32_t lost_node{};       ///< ... this one
};

/// One line of the file table.
struct Entry {
  std::uint32_t version{};
  std::uint32_t form{};
};

class Course {
 public:
  Course(const MoveDrill& drill, const NextMove& next, const Trouble& trouble, DrillReport& report)
      : drill_(drill), next_(next), trouble_(trouble), report_(report), store_(drill.nodes) {
    for (std::uint32_t version = 0; version < 2; ++version) {
      contents_[version] = content_of(drill.seed, version, drill.bytes);
      shards_[version] = {encode(drill.from, contents_[version]),
                          encode(drill.to, contents_[version])};
    }
    write_all(0, 0);
  }

  /// Steps that were made; a course that does not end within `limit` is a violation.
  std::uint32_t run() {
    ++report_.courses;
    start();
    constexpr std::uint32_t limit = 2000;
    std::uint32_t since_crash = 0;
    int crashes = 0;
    for (std::uint32_t step = 0; step < limit; ++step) {
      disturb(step);
      const MoveAction action = next_(facts());
      if (action.step == MoveStep::done) {
        finish();
        return step;
      }
      const std::uint32_t due = crashes == 0   ? trouble_.crash
                                : crashes == 1 ? trouble_.second_crash
                                               : never;
      const bool crash = since_crash == due;
      act(action, crash);
      if (crash) {
        ++report_.crashes;
        ++crashes;
        since_crash = 0;
        start();
      } else {
        ++since_crash;
      }
      check();
    }
    report_.complain(fmt::format("the move did not end within {} steps", limit));
    return limit;
  }

 private:
  const Code& code(std::uint32_t form) const { return form == 0 ? drill_.from : drill_.to; }
  std::uint32_t pieces(std::uint32_t form) const {
    return static_cast<std::uint32_t>(code(form).shape().total());
  }
  std::uint32_t node_of(std::uint32_t piece) const { return piece % drill_.nodes; }

  void write_all(std::uint32_t version, std::uint32_t form) {
    for (std::uint32_t piece = 0; piece < pieces(form); ++piece) {
      store_.write(node_of(piece), {0, version, form, piece}, shards_[version][form][piece]);
    }
  }

  /// After a crash only what the stores and the table hold is known.
  void start() { verified_.assign(pieces(1), false); }

  void disturb(std::uint32_t step) {
    if (step == trouble_.change) {
      // A whole new version in the form of fresh files; the old one goes as the table says.
      write_all(1, 0);
      const Entry old = std::exchange(entry_, {1, 0});
      store_.remove_if(
          [&](const PieceKey& key) { return key.version == old.version && key.form == old.form; });
    }
    if (step == trouble_.node_lost) {
      store_.lose(trouble_.lost_node);
      hurt_ = true;
    }
  }

  MoveFacts facts() {
    states_[0].resize(pieces(0));
    states_[1].resize(pieces(1));
    for (std::uint32_t form = 0; form < 2; ++form) {
      for (std::uint32_t piece = 0; piece < pieces(form); ++piece) {
        states_[form][piece] = state_of(form, piece);
      }
    }
    return {.switched = entry_.form == 1,
            .current = entry_.version == 0,
            .target = states_[1],
            .source = states_[0]};
  }

  PieceState state_of(std::uint32_t form, std::uint32_t piece) const {
    const PieceKey key{0, 0, form, piece};
    if (!store_.present(node_of(piece), key)) return PieceState::absent;
    if (form == 1 && verified_[piece]) return PieceState::verified;
    if (form == 1 && bad_.size() > piece && bad_[piece]) return PieceState::bad;
    return PieceState::unverified;
  }

  void act(const MoveAction& action, bool crash) {
    const PieceKey source{0, 0, 0, action.piece};
    const PieceKey target{0, 0, 1, action.piece};
    const std::uint32_t node = node_of(action.piece);
    switch (action.step) {
      case MoveStep::write_piece:
        return write(target, node, crash);
      case MoveStep::verify_piece:
        if (crash) return;
        bad_.resize(pieces(1));
        bad_[action.piece] = !store_.read(node, target).has_value();
        verified_[action.piece] = !bad_[action.piece];
        if (bad_[action.piece]) store_.remove(node, target);
        return;
      case MoveStep::switch_over:
        if (!crash && entry_.version == 0) entry_.form = 1;
        return;
      case MoveStep::remove_source:
        if (!crash) store_.remove(node, source);
        return;
      case MoveStep::remove_target:
        if (!crash) store_.remove(node, target);
        return;
      case MoveStep::done:
        return;
    }
  }

  /// What is written comes from what can be read now, through the code that reads it.
  void write(const PieceKey& target, std::uint32_t node, bool crash) {
    const auto content = readable(entry_.version, entry_.form, 0);
    if (!content) return report_.complain("a piece was to be written and the file was gone");
    const std::vector<Content> shards = encode(drill_.to, *content);
    const bool bad = target.piece == trouble_.bad_piece && !went_bad_;
    if (bad) went_bad_ = true;
    store_.write(node, target, shards[target.piece],
                 crash ? PieceStore::Write::torn
                 : bad ? trouble_.how
                       : PieceStore::Write::whole);
    if (bad_.size() > target.piece) bad_[target.piece] = false;
    verified_[target.piece] = false;
  }

  std::optional<Content> readable(std::uint32_t version, std::uint32_t form,
                                  std::uint32_t without) const {
    const auto width = static_cast<std::size_t>(code(form).shape().total());
    const std::size_t size = shards_[version][form][0].size();
    std::vector<Content> shards(width, Content(size));
    ShardSet erased;
    for (std::uint32_t piece = 0; piece < width; ++piece) {
      const std::uint32_t node = node_of(piece);
      const auto bytes =
          (without >> node & 1U) != 0 ? std::nullopt : store_.read(node, {0, version, form, piece});
      if (bytes) {
        shards[piece].assign(bytes->begin(), bytes->end());
      } else {
        erased.set(piece);
      }
    }
    const std::vector<Code::MutableBlock> blocks(shards.begin(), shards.end());
    if (erased.any() && !code(form).decode(blocks, erased)) return std::nullopt;
    Content content(drill_.bytes);
    for (std::size_t at = 0; at < content.size(); ++at) content[at] = shards[at / size][at % size];
    return content;
  }

  /// Reads the file as the table says, without as many nodes as its form bears.
  void check() {
    ++report_.states_checked;
    const std::uint32_t whole = nodes_tolerated(code(entry_.form), drill_.nodes);
    // A node that was lost under way has taken its part of that already.
    const std::uint32_t bears = whole - std::min(whole, hurt_ ? 1U : 0U);
    for_each_loss(drill_.nodes, bears, [&](std::uint32_t set) {
      const auto content = readable(entry_.version, entry_.form, set);
      report_.bytes_compared += drill_.bytes;
      if (content && *content == contents_[entry_.version]) return;
      report_.complain(fmt::format("{}: without the nodes of set {:#x} the file {}", words(), set,
                                   content ? "has other bytes" : "cannot be read"));
    });
  }

  void finish() {
    hurt_ = hurt_ && entry_.form == 0;  // what a move is not about, the rebuild planner mends
    check();
    const bool changed = trouble_.change != never && entry_.version == 1;
    if (!changed && entry_.form != 1) report_.complain(words() + ": the file was not moved");
    for (const PieceKey& key : store_.inventory()) {
      if (key.version == entry_.version && key.form == entry_.form) continue;
      report_.complain(
          fmt::format("{}: piece {} of form {} was left over", words(), key.piece, key.form));
    }
  }

  std::string words() const {
    std::string text = "crash ";
    const auto at = [](std::uint32_t step) {
      return step == never ? std::string("nowhere") : fmt::format("at step {}", step);
    };
    text += at(trouble_.crash);
    if (trouble_.second_crash != never) text += " and " + at(trouble_.second_crash);
    if (trouble_.bad_piece != never) text += fmt::format(", bad write {}", trouble_.bad_piece);
    if (trouble_.change != never) text += ", changed " + at(trouble_.change);
    if (trouble_.node_lost != never) {
      text += fmt::format(", node {} lost {}", trouble_.lost_node, at(trouble_.node_lost));
    }
    return text;
  }

  const MoveDrill& drill_;
  const NextMove& next_;
  const Trouble& trouble_;
  DrillReport& report_;
  PieceStore store_;
  Entry entry_;
  std::array<Content, 2> contents_;                            ///< by version
  std::array<std::array<std::vector<Content>, 2>, 2> shards_;  ///< by version, by form
  std::array<std::vector<PieceState>, 2> states_;
  std::vector<bool> verified_;
  std::vector<bool> bad_;
  bool went_bad_{};
  bool hurt_{};
};

std::uint32_t play(const MoveDrill& drill, const NextMove& next, const Trouble& trouble,
                   DrillReport& report) {
  return Course(drill, next, trouble, report).run();
}

void play_crashes(const MoveDrill& drill, const NextMove& next, std::uint32_t steps,
                  DrillReport& report) {
  for (std::uint32_t first = 0; first < steps; ++first) {
    const std::uint32_t after = play(drill, next, {.crash = first}, report);
    for (std::uint32_t second = 0; second < after; ++second) {
      play(drill, next, {.crash = first, .second_crash = second}, report);
    }
  }
}

void play_faults(const MoveDrill& drill, const NextMove& next, std::uint32_t steps,
                 DrillReport& report) {
  const auto pieces = static_cast<std::uint32_t>(drill.to.shape().total());
  for (const PieceStore::Write how : {PieceStore::Write::flipped, PieceStore::Write::lost}) {
    for (std::uint32_t piece = 0; piece < pieces; ++piece) {
      play(drill, next, {.bad_piece = piece, .how = how}, report);
      for (std::uint32_t crash = 0; crash < steps; ++crash) {
        play(drill, next, {.crash = crash, .bad_piece = piece, .how = how}, report);
      }
    }
  }
  for (std::uint32_t step = 0; step < steps; ++step) {
    for (std::uint32_t crash = 0; crash < steps; ++crash) {
      play(drill, next, {.crash = crash, .change = step}, report);
    }
    // A form that bears no loss of a node is not asked to.
    const std::uint32_t bears =
        std::min(nodes_tolerated(drill.from, drill.nodes), nodes_tolerated(drill.to, drill.nodes));
    for (std::uint32_t node = 0; bears > 0 && node < drill.nodes; ++node) {
      play(drill, next, {.node_lost = step, .lost_node = node}, report);
    }
  }
}

}  // namespace

std::uint32_t nodes_tolerated(const Code& code, std::uint32_t nodes) {
  EXPECTS(nodes >= 1 && nodes <= 16);
  std::uint32_t bears = 0;
  for (std::uint32_t count = 1; count <= nodes; ++count) {
    bool all = true;
    for_each_loss(nodes, count, [&](std::uint32_t set) {
      ShardSet erased;
      for (std::size_t piece = 0; piece < static_cast<std::size_t>(code.shape().total()); ++piece) {
        if ((set >> (piece % nodes) & 1U) != 0) erased.set(piece);
      }
      all = all && code.recoverable(erased);
    });
    if (!all) break;
    bears = count;
  }
  return bears;
}

DrillReport drill_moves(const MoveDrill& drill, std::string name, const NextMove& next) {
  EXPECTS(drill.bytes >= 1);
  DrillReport report;
  report.name = std::move(name);
  const std::uint32_t steps = play(drill, next, {}, report);
  play_crashes(drill, next, steps, report);
  play_faults(drill, next, steps, report);
  return report;
}

}  // namespace models::lifecycle
