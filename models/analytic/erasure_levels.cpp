#include "models/analytic/erasure_levels.h"

#include <cstdint>
#include <optional>

#include "models/codes/nested.h"

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

using Counts = std::vector<double>;  // by number of erasures

/// Patterns of a code by their number of erasures. Sums and products of positive numbers only, so
/// that small counts keep their digits.
struct Patterns {
  Counts readable;
  Counts lost;
  Counts ends;  ///< pairs of a readable pattern and one erasure more that makes it unreadable
};

double choose(int n, int k) {
  double ways = 1;
  for (int i = 1; i <= k; ++i) ways = ways * (n - k + i) / i;
  return ways;
}

Patterns empty_patterns(int n) {
  const Counts none(static_cast<std::size_t>(n) + 1);
  return {none, none, none};
}

Patterns mds_patterns(int n, int tolerance) {
  Patterns patterns = empty_patterns(n);
  for (int i = 0; i <= n; ++i) {
    Counts& counts = i <= tolerance ? patterns.readable : patterns.lost;
    counts[static_cast<std::size_t>(i)] = choose(n, i);
  }
  patterns.ends[static_cast<std::size_t>(tolerance)] = choose(n, tolerance) * (n - tolerance);
  return patterns;
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

Patterns enumerated_patterns(const codes::Code& code) {
  const int n = code.shape().total();
  Patterns patterns = empty_patterns(n);
  Count here = count_patterns(code, 0);
  for (int i = 0; i <= n; ++i) {
    // More than `parity` erasures leave fewer shards than data: never readable.
    const Count next = i < code.shape().parity ? count_patterns(code, i + 1) : Count{};
    const auto at = static_cast<std::size_t>(i);
    patterns.readable[at] = static_cast<double>(here.readable);
    patterns.lost[at] =
        here.readable > 0 ? static_cast<double>(here.all - here.readable) : choose(n, i);
    // Each readable pattern of i + 1 erasures grew from i + 1 patterns, all of them readable.
    patterns.ends[at] = static_cast<double>(here.readable * static_cast<std::uint64_t>(n - i) -
                                            next.readable * (static_cast<std::uint64_t>(i) + 1));
    here = next;
  }
  return patterns;
}

Counts times(const Counts& a, const Counts& b) {
  Counts product(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) product[i + j] += a[i] * b[j];
  }
  return product;
}

Counts power(const Counts& base, int exponent) {
  Counts product{1};
  for (int i = 0; i < exponent; ++i) product = times(product, base);
  return product;
}

void add(Counts& to, double factor, const Counts& from) {
  for (std::size_t i = 0; i < from.size() && i < to.size(); ++i) to[i] += factor * from[i];
}

// Arrays are alike, so the patterns are products of those of the arrays, over the patterns of lost
// arrays. What ends is the array that ends, where that ends the outer code.
Patterns composed_patterns(const Patterns& outer, const Patterns& inner) {
  const int arrays = static_cast<int>(outer.readable.size()) - 1;
  const int width = static_cast<int>(inner.readable.size()) - 1;
  Patterns patterns = empty_patterns(arrays * width);
  for (int lost = 0; lost <= arrays; ++lost) {
    const auto at = static_cast<std::size_t>(lost);
    const Counts gone = power(inner.lost, lost);
    const Counts all = times(gone, power(inner.readable, arrays - lost));
    add(patterns.readable, outer.readable[at], all);
    add(patterns.lost, outer.lost[at], all);
    if (lost == arrays) break;
    const Counts others = times(gone, power(inner.readable, arrays - lost - 1));
    add(patterns.ends, outer.ends[at], times(others, inner.ends));
  }
  return patterns;
}

std::optional<Patterns> patterns_of(const codes::Code& code) {
  const codes::Shape shape = code.shape();
  if (code.tolerance() == shape.parity) return mds_patterns(shape.total(), shape.parity);
  if (const auto* nested = dynamic_cast<const codes::Nested*>(&code)) {
    const auto outer = patterns_of(nested->outer());
    const auto inner = patterns_of(nested->inner());
    if (outer && inner) return composed_patterns(*outer, *inner);
  }
  if (shape.total() > largest_enumerated) return std::nullopt;
  return enumerated_patterns(code);
}

}  // namespace

ErasureLevels erasure_levels(const codes::Code& code) {
  const codes::Shape shape = code.shape();
  const int n = shape.total();
  if (code.tolerance() == shape.parity) return {guaranteed_levels(shape.parity), LevelCount::exact};
  const auto patterns = patterns_of(code);
  if (!patterns) return {guaranteed_levels(code.tolerance()), LevelCount::guaranteed_only};
  const auto& [readable, lost, ends] = *patterns;
  ErasureLevels out;
  for (int i = 0; i <= n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (readable[at] == 0) break;
    const double steps = readable[at] * (n - i);
    const double growing = i < n ? readable[at + 1] * (i + 1) : 0;
    out.levels.push_back({.grows = steps > 0 ? growing / steps : 0,
                          .ends = steps > 0 ? ends[at] / steps : 0,
                          .unreadable = lost[at] / (readable[at] + lost[at])});
  }
  return out;
}

}  // namespace models::analytic
