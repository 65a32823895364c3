#pragma once

#include <vector>

#include "models/planning/design.h"

namespace models::planning {

/// What stands in the machine rooms in one year. Whole units; terabytes are 10^12 bytes.
struct YearSize {
  double logical_tb{};    ///< stored bytes before redundancy, on own disks, at the year's end
  double redundant_tb{};  ///< with redundancy
  double raw_tb{};        ///< of all disks
  double cloud_tb{};      ///< in the provider's classes, copies included, at the year's end
  double disks{};
  double machines{};
  double racks{};
  double switches{};
  double core_switches{};
  double file_disks{};  ///< of the file tier, on top
  double file_machines{};
  double rack_units{};
  double kilowatts{};  ///< of the machines, without cooling
  BytesPerSecond read_peak{};
  BytesPerSecond write_peak{};    ///< on the disks, redundancy included
  BytesPerSecond rebuild_load{};  ///< when every machine rebuilds
  BytesPerSecond scrub_load{};
  BytesPerSecond disk_rate{};  ///< what the disks can do
  double iops_peak{};
  double iops{};
  Seconds latency{};  ///< of a read at the peak; infinite where the disks cannot keep up
  BytesPerSecond line_need{};
  std::size_t line{};  ///< of Catalogue::lines
  double lines{};      ///< 0: none is needed
};

/// How the shards of a group lie.
struct Layout {
  int per_site{};
  int per_rack{};
  double racks_per_site{};     ///< at least
  double machines_per_site{};  ///< at least
  bool survives_site{};
  bool survives_rack{};
};
Layout layout_of(const CodeFacts& code, const Design& design);

/// Of all tiers on own disks: as many machines and racks as the wider code needs, and only such
/// losses survived as each survives.
Layout layout_of(const Space& space, const Design& design);

/// Every year of the plan. What is bought at the start of a year holds what there is at its end and
/// until the next order has arrived.
std::vector<YearSize> size_of(const Space& space, const Design& design);

}  // namespace models::planning
