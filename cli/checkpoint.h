#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "models/fleet/block_store.h"
#include "models/fleet/run_identity.h"
#include "models/scenario/diagnostic.h"

namespace cli {

/// The name that a checkpoint is written under until it is whole.
std::string unfinished_name(const std::string& file);

/// The file of --checkpoint: read at the start of a run if it is there, written by a thread of its
/// own while the run goes on, and at its end. It is written as FILE.unfinished beside it, synced
/// and renamed, so that at any moment it is whole: as before or as after.
class Checkpoint {
 public:
  /// @param blocks  outlives it
  Checkpoint(const std::string& file, models::fleet::RunIdentity run,
             models::fleet::BlockStore& blocks);

  /// Puts the blocks of the file into the store; why it is not taken, with the remedy. A file that
  /// is missing is none.
  models::scenario::Diagnostics load();

  /// From now on the file is written: at once after the first block, then every few seconds, more
  /// rarely where writing takes long. Call it once signals are masked.
  void start();

  /// Stops and writes what is new; what went wrong, if that failed.
  std::optional<std::string> finish();

 private:
  std::optional<std::string> write();
  std::optional<std::string> write_to(int descriptor, const std::string& text);
  void loop(const std::stop_token& over);
  /// The file is still the one that was read or written last.
  bool ours() const;

  std::filesystem::path place_;
  std::filesystem::path unfinished_;
  models::fleet::RunIdentity run_;
  models::fleet::BlockStore& blocks_;
  std::uint64_t saved_{};                        ///< news() of the store in the file
  std::optional<std::pair<dev_t, ino_t>> file_;  ///< that was read or written last
  bool told_{};                                  ///< a failure is told once
  std::jthread writer_;                          ///< last: it uses the others
};

}  // namespace cli
