#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/estimate.h"
#include "sim/estimators/rare_options.h"
#include "sim/execution/blocks.h"
#include "sim/words.h"

namespace models::fleet {

/// The sums of one block of replicates.
struct BlockSums {
  std::string stage;      ///< what was played, with which settings: "missions"
  std::uint64_t first{};  ///< replicates [first, end)
  std::uint64_t end{};
  std::string words;  ///< the accumulator, see sim/words.h
  bool operator==(const BlockSums&) const = default;
};

/// Sums of blocks by stage and replicates: a run takes from it what it would play otherwise and
/// adds what it plays. For partial results and for checkpoints. Used from several threads at once.
class BlockStore {
 public:
  void add(BlockSums block);
  /// The words of this very block, which count as used from now on; empty: not known.
  std::optional<std::string> use(std::string_view stage, std::uint64_t first, std::uint64_t end);
  /// A block that a run has played, and uses.
  void played(BlockSums block);

  /// Blocks that were added by played(): grows when there is something new to save.
  std::uint64_t news() const;
  /// All blocks, by stage and replicates.
  std::vector<BlockSums> all() const;
  /// Of these the ones that a run has used or played.
  std::vector<BlockSums> used() const;

 private:
  struct Key {
    std::string stage;
    std::uint64_t first{};
    std::uint64_t end{};
    auto operator<=>(const Key&) const = default;
  };
  struct Entry {
    std::string words;
    bool used{};
  };
  std::vector<BlockSums> some(bool used_alone) const;

  mutable std::mutex mutex_;
  std::map<Key, Entry> blocks_;
  std::uint64_t news_{};
};

/// A stage of a rare-event estimator: blocks of other settings are others. @param what  "rare loss
/// of RS 6+3"
std::string stage_name(std::string_view what, sim::Method method, const sim::RareOptions& settings);

/// Lets a run take its blocks from the store and put them there. An accumulator says by fits()
/// whether one that was read may be merged into it; where it may not, the block is played.
/// @param store  null: nothing is kept; otherwise it outlives the run
template <class Accumulator>
void remember(BlockStore* store, std::string stage, const Accumulator& empty,
              sim::BlockHooks<Accumulator>& hooks) {
  if (store == nullptr) return;
  hooks.known = [store, stage, empty](std::uint64_t first,
                                      std::uint64_t end) -> std::optional<Accumulator> {
    const auto words = store->use(stage, first, end);
    Accumulator read = empty;
    if (!words || !sim::read_words(*words, read) || !empty.fits(read)) return std::nullopt;
    return read;
  };
  hooks.played = [store, stage = std::move(stage)](const Accumulator& block, std::uint64_t first,
                                                   std::uint64_t end) {
    store->played({stage, first, end, sim::words_of(block)});
  };
}

}  // namespace models::fleet
