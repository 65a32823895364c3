#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace models::repair {

/// An array whose entries are all empty again after clear(), which costs nothing: an entry counts
/// as long as it bears the present stamp. For scratch of the size of a fleet of which each use
/// touches little.
template <class Value>
class Stamped {
 public:
  /// All `size` entries are empty.
  void clear(std::size_t size) {
    if (entries_.size() != size || ++stamp_ == 0) {
      entries_.assign(size, {});
      stamp_ = 1;
    }
  }
  bool has(std::size_t i) const { return entries_[i].stamp == stamp_; }
  /// Value{} if it is empty.
  Value get(std::size_t i) const { return has(i) ? entries_[i].value : Value{}; }
  /// For writing; begins as Value{}.
  Value& at(std::size_t i) {
    Entry& entry = entries_[i];
    if (entry.stamp != stamp_) entry = {stamp_, Value{}};
    return entry.value;
  }

 private:
  struct Entry {
    std::uint32_t stamp{};
    Value value{};
  };
  std::vector<Entry> entries_;
  std::uint32_t stamp_{};
};

}  // namespace models::repair
