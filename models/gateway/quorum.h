#pragma once

#include <cstdint>

namespace models::gateway {

using EngineId = std::uint32_t;
using LegId = std::uint32_t;
/// Legs of the mirror: bit i is leg i.
using LegSet = std::uint32_t;

constexpr LegSet leg_bit(LegId leg) { return LegSet{1} << leg; }
constexpr bool has(LegSet legs, LegId leg) { return (legs & leg_bit(leg)) != 0; }

/// Who may serve, by which decision, and which legs hold every acknowledged write.
struct Charter {
  std::uint64_t generation{};  ///< grows with every decision; legs refuse writes of an older one
  EngineId holder{};
  LegSet current{};
  bool operator==(const Charter&) const = default;
};

/// The tie-breaker at a third place: one charter, replaced only by those who know the present one.
/// Of two halves that no longer see each other the first to come wins.
class QuorumRegister {
 public:
  explicit QuorumRegister(const Charter& first) : charter_(first) {}
  const Charter& charter() const { return charter_; }
  /// True, and replaced, if `next` follows the present generation at once.
  bool propose(const Charter& next) {
    if (next.generation != charter_.generation + 1) return false;
    charter_ = next;
    return true;
  }

 private:
  Charter charter_;
};

}  // namespace models::gateway
