#pragma once

#include <cstdint>
#include <span>

#include "models/drill/record.h"

namespace models::drill {

/// A shard that is looked for: which one, and the sum of its bytes as the catalogue has it.
struct Wanted {
  Identity identity;
  std::uint32_t crc{};
};

/// The rules by which a store keeps its word. The product keeps them all; a test takes one away
/// and expects the drill to notice.
class Safeguards {
 public:
  virtual ~Safeguards() = default;

  /// Asked before bytes go to a client or into a rebuild: is the record what was written, whole?
  virtual bool sound(std::span<const std::byte> record, const Wanted& wanted) const;
  /// Asked by the scrub.
  virtual bool passes_scrub(std::span<const std::byte> record, const Wanted& wanted) const {
    return sound(record, wanted);
  }
  /// Must every shard be durable before a write is acknowledged?
  virtual bool syncs_before_commit() const { return true; }
  /// May a request to write `asked` into a place that belongs to `owner` be carried out?
  virtual bool accepts(const Identity& owner, const Identity& asked) const {
    return owner == asked;
  }
  /// Is the rest written when a disk took only the beginning?
  virtual bool finishes_short_writes() const { return true; }
  /// Is a shard written again, or given up, whose machine restarted before it was synced?
  virtual bool notices_restarts() const { return true; }
};

}  // namespace models::drill
