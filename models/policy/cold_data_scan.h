#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/units.h"

namespace models::policy {

/// How a file is kept now, as the file table says.
enum class Form : std::uint8_t {
  hot,    ///< in the form of fresh files, such as replicas
  cold,   ///< in the form of files that rest, such as shards of a code
  moving  ///< on the way from one to the other
};

/// What the file table knows of a file.
struct FileFact {
  std::uint32_t id{};
  Bytes size{};
  Seconds modified{};  ///< time of the last change
  int accesses{};      ///< reads within ColdRule::counted_over
  Form form{Form::hot};
};

/// When files are cold, and how fast they may be moved.
struct ColdRule {
  Seconds every{};           ///< from one scan to the next, > 0
  Seconds unmodified_for{};  ///< so long without a change ...
  int accesses_at_most{};    ///< ... and so few reads: cold
  Seconds counted_over{};    ///< reads are counted over this time before the scan
  int reheat_from{};         ///< so many reads: hot again; > accesses_at_most
  BytesPerSecond rate{};     ///< user bytes that may be moved, averaged over a scan's period, > 0
};

/// The periodic scan of the file table. What is to be heated again goes first, then the files that
/// have rested longest. A scan releases what `rate` moves until the next one; a file larger than
/// that is released once and paid off by the scans after it.
class ColdDataScan {
 public:
  struct Memory {
    Seconds next{};     ///< of the next scan
    Bytes allowance{};  ///< left over; below zero after a large file
  };
  struct Actions {
    std::vector<std::uint32_t> reheat;   ///< in the order of work
    std::vector<std::uint32_t> convert;  ///< likewise, after those
    Seconds wake_at{};                   ///< not before
    std::size_t postponed{};             ///< files that wait for the rate
  };

  /// @pre every > 0, rate > 0, reheat_from > accesses_at_most
  explicit ColdDataScan(const ColdRule& rule);

  const ColdRule& rule() const { return rule_; }
  bool is_cold(const FileFact& file, Seconds now) const;
  bool is_hot_again(const FileFact& file) const;
  /// Does nothing before `memory.next`.
  void decide(Memory& memory, Seconds now, std::span<const FileFact> files, Actions& actions) const;

 private:
  ColdRule rule_;
};

}  // namespace models::policy
