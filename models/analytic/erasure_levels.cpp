#include "models/analytic/erasure_levels.h"

#include <cstdint>

namespace models::analytic {
namespace {

constexpr int largest_enumerated = 20;  // 2^20 patterns: seconds, not minutes

// Any `tolerance` erasures can be read and none beyond.
std::vector<ErasureLevel> guaranteed_levels(int tolerance) {
  std::vector<ErasureLevel> levels(static_cast<std::size_t>(tolerance) + 1,
                                   {.grows = 1, .ends = 0, .unreadable = 0});
  levels.back() = {.grows = 0, .ends = 1, .unreadable = 0};
  return levels;
}

// The next larger number with as many bits set (Gosper, HAKMEM item 175).
std::uint64_t next_pattern(std::uint64_t bits) {
  const std::uint64_t lowest = bits & (~bits + 1);
  const std::uint64_t ripple = bits + lowest;
  return (((ripple ^ bits) >> 2) / lowest) | ripple;
}

struct Count {
  std::uint64_t readable{};
  std::uint64_t all{};
};

Count count_patterns(const codes::Code& code, int erasures) {
  const int n = code.shape().total();
  Count count;
  const std::uint64_t end = std::uint64_t{1} << n;
  for (std::uint64_t bits = (std::uint64_t{1} << erasures) - 1; bits < end;
       bits = next_pattern(bits)) {
    ++count.all;
    if (code.recoverable(codes::ShardSet(bits))) ++count.readable;
    if (bits == 0) break;
  }
  return count;
}

}  // namespace

ErasureLevels erasure_levels(const codes::Code& code) {
  const codes::Shape shape = code.shape();
  const int n = shape.total();
  if (code.tolerance() == shape.parity) return {guaranteed_levels(shape.parity), LevelCount::exact};
  if (n > largest_enumerated) {
    return {guaranteed_levels(code.tolerance()), LevelCount::guaranteed_only};
  }
  ErasureLevels out;
  Count here = count_patterns(code, 0);
  // More than `parity` erasures leave fewer shards than data: never readable.
  for (int i = 0; here.readable > 0; ++i) {
    const Count next = i < shape.parity ? count_patterns(code, i + 1) : Count{};
    // Each readable pattern of i + 1 erasures grew from i + 1 patterns, all of them readable.
    const auto erasures = static_cast<std::uint64_t>(i);
    const std::uint64_t steps = here.readable * static_cast<std::uint64_t>(n - i);
    const std::uint64_t growing = next.readable * (erasures + 1);
    out.levels.push_back({.grows = static_cast<double>(growing) / static_cast<double>(steps),
                          .ends = static_cast<double>(steps - growing) / static_cast<double>(steps),
                          .unreadable = static_cast<double>(here.all - here.readable) /
                                        static_cast<double>(here.all)});
    here = next;
  }
  return out;
}

}  // namespace models::analytic
