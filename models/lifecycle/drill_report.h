#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace models::lifecycle {

/// What a drill over real bytes went through. Bytes are counted, not estimated.
struct DrillReport {
  std::string name;                ///< "replicas to shards"
  std::uint64_t courses{};         ///< times it was played, each with its own crash
  std::uint64_t crashes{};         ///< crashes in all courses
  std::uint64_t states_checked{};  ///< states in which everything was read back
  std::uint64_t bytes_compared{};
  std::uint64_t violation_count{};
  std::vector<std::string> violations;  ///< the first few in words

  bool passed() const { return violation_count == 0 && courses > 0; }
  void complain(std::string words) {
    constexpr std::size_t told = 10;
    ++violation_count;
    if (violations.size() < told) violations.push_back(std::move(words));
  }
};

}  // namespace models::lifecycle
