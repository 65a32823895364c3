#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace models::gateway {

/// Regions of the mirror that differ, or may differ, between legs: one bit a region. Kept with the
/// data on the legs in use, so that it outlives the engine that wrote it.
class DirtyMap {
 public:
  explicit DirtyMap(std::size_t regions) : bits_(regions) {}
  std::size_t regions() const { return bits_.size(); }
  void note(std::size_t region) { bits_[region] = true; }
  void clear(std::size_t region) { bits_[region] = false; }
  bool noted(std::size_t region) const { return bits_[region]; }
  std::size_t count() const {
    std::size_t noted = 0;
    for (const bool bit : bits_) noted += bit ? 1 : 0;
    return noted;
  }
  /// The next one to copy, from `from` on; empty when none is left.
  std::optional<std::size_t> next(std::size_t from) const {
    for (std::size_t region = from; region < bits_.size(); ++region) {
      if (bits_[region]) return region;
    }
    return std::nullopt;
  }

 private:
  std::vector<bool> bits_;
};

}  // namespace models::gateway
