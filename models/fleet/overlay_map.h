#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace models::fleet {

/// Hash map from 32-bit keys to small values, open addressing, plainly copyable. Keys are never
/// removed: what ends is overwritten with its resting value.
template <class Value>
class FlatMap {
 public:
  const Value* find(std::uint32_t key) const {
    if (size_ == 0) return nullptr;
    for (std::size_t i = slot_of(key);; i = (i + 1) & mask_) {
      if (entries_[i].first == key) return &entries_[i].second;
      if (entries_[i].first == no_key) return nullptr;
    }
  }

  /// The value of `key`, a new Value{} if there was none. Valid until the next call.
  Value& at(std::uint32_t key) {
    if (2 * (size_ + 1) > entries_.size()) grow();
    std::size_t i = slot_of(key);
    while (entries_[i].first != no_key && entries_[i].first != key) i = (i + 1) & mask_;
    if (entries_[i].first == no_key) {
      entries_[i] = {key, Value{}};
      ++size_;
    }
    return entries_[i].second;
  }

  std::size_t size() const { return size_; }

  void clear() {
    if (size_ == 0) return;
    for (auto& entry : entries_) entry = {no_key, Value{}};
    size_ = 0;
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const auto& [key, value] : entries_) {
      if (key != no_key) visit(key, value);
    }
  }

 private:
  static constexpr std::uint32_t no_key = 0xFFFFFFFF;

  std::size_t slot_of(std::uint32_t key) const {
    // Fibonacci hashing: neighbouring keys spread, and the high bits decide.
    return static_cast<std::size_t>((key * std::uint64_t{0x9E3779B97F4A7C15}) >> 32) & mask_;
  }

  void grow() {
    std::vector<std::pair<std::uint32_t, Value>> old = std::move(entries_);
    entries_.assign(old.empty() ? 16 : 2 * old.size(), {no_key, Value{}});
    mask_ = entries_.size() - 1;
    size_ = 0;
    for (auto& [key, value] : old) {
      if (key != no_key) at(key) = std::move(value);
    }
  }

  std::vector<std::pair<std::uint32_t, Value>> entries_;
  std::size_t mask_{};
  std::size_t size_{};
};

/// A map that may lie on a const base: reads fall through, writes stay here, copying the base costs
/// nothing. This is how a branch of a mission is made in O(damage).
template <class Value>
class OverlayMap {
 public:
  OverlayMap() = default;
  static OverlayMap over(const OverlayMap& base) {
    OverlayMap map;
    // Branches of branches change little each: what has nothing of its own is passed over.
    map.base_ = base.own_.size() > 0 ? &base : base.base_;
    return map;
  }

  const Value* find(std::uint32_t key) const {
    for (const OverlayMap* map = this; map != nullptr; map = map->base_) {
      if (const Value* value = map->own_.find(key)) return value;
    }
    return nullptr;
  }

  /// For writing; starts as a copy of what the base says.
  Value& at(std::uint32_t key) {
    if (base_ != nullptr && own_.find(key) == nullptr) {
      if (const Value* inherited = base_->find(key)) {
        Value copy = *inherited;
        Value& value = own_.at(key);
        value = std::move(copy);
        return value;
      }
    }
    return own_.at(key);
  }

  void clear() {
    own_.clear();
    base_ = nullptr;
  }
  std::size_t own_size() const { return own_.size(); }
  bool empty() const { return own_.size() == 0 && (base_ == nullptr || base_->empty()); }

 private:
  FlatMap<Value> own_;
  const OverlayMap* base_{};
};

}  // namespace models::fleet
