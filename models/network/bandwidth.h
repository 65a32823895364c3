#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/units.h"

namespace models::network {

/// Bytes that a job moves through one resource while its progress goes from 0 to 1.
struct Demand {
  std::uint32_t resource{};
  double bytes{};
};

/// A rebuild as the network sees it.
struct Flow {
  int priority{};  ///< lower goes first
  double bytes{};  ///< rebuilt in all: equal sharing is by these
  std::span<const Demand> demands;
  double share{1};  ///< of the bytes, and so of the demands, that is still wanted
};

/// Shares the capacities among flows: strict priority, and within a priority max-min fairness in
/// bytes rebuilt per second (progressive filling: all rise together until a resource is full; those
/// that need it stop rising). A flow moves as a whole, at the pace of its tightest resource. Not
/// thread-safe: it keeps its working space.
class SharedBandwidth {
 public:
  /// @param capacity bytes per second of each resource; infinity where there is no limit.
  explicit SharedBandwidth(std::vector<double> capacity);
  /// Progress per second of each flow; infinite if nothing limits it. O(rounds x demands).
  void share(std::span<const Flow> flows, std::span<double> progress_per_s);

 private:
  void fill_priority(std::span<const Flow> flows, std::span<const std::size_t> members,
                     std::span<double> progress_per_s);

  std::vector<double> capacity_;
  std::vector<double> left_;
  std::vector<double> wanted_;
  std::vector<std::uint32_t> touched_;
};

}  // namespace models::network
