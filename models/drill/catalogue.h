#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/codes/code.h"
#include "models/drill/medium.h"
#include "models/integrity/md5.h"
#include "models/repair/fleet_view.h"

namespace models::drill {

/// Where one shard is, and the sum of its bytes.
struct Home {
  std::uint32_t disk{repair::no_disk};
  std::uint32_t place{};
  std::uint32_t crc{};
};

/// One object as it is acknowledged.
struct Entry {
  std::uint32_t version{};    ///< from 1 on; 0: not written yet
  std::uint32_t whole_crc{};  ///< CRC32C of all data shards in a row
  integrity::Md5 md5{};       ///< of the object's bytes, as its writer gave it
  codes::ShardSet missing;    ///< these have no bytes; their `homes` tell where they were
  std::vector<Home> homes;    ///< by slot
};

/// What is acknowledged, and where it lies: in memory, and as a log whose last record for an object
/// counts. A power failure may cut the log off behind what was synced.
class Catalogue {
 public:
  Catalogue(Medium& medium, std::uint32_t groups, std::uint32_t width);

  std::uint32_t groups() const { return static_cast<std::uint32_t>(entries_.size()); }
  const Entry& entry(std::uint32_t group) const { return entries_[group]; }

  /// The three parts of a commit: the record goes to the log, becomes durable, holds.
  void append(std::uint32_t group, const Entry& entry);
  void sync();
  void hold(std::uint32_t group, Entry entry) { entries_[group] = std::move(entry); }

  /// In memory alone: a restart finds out again what has no bytes.
  void set_missing(std::uint32_t group, std::uint32_t slot) { entries_[group].missing.set(slot); }

  /// Power fails: of what was not synced some bytes stay, as `draw` says.
  void crash(std::uint32_t draw);
  /// Reads all of the log back; a record that does not agree with its CRC32C ends it.
  void replay();

 private:
  Medium& medium_;
  std::uint32_t width_;
  std::vector<Entry> entries_;
  std::size_t appended_{};  ///< bytes of the log
  std::size_t synced_{};
};

}  // namespace models::drill
