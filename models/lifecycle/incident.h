#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/lifecycle/copy_course.h"
#include "models/scenario/lifecycle_values.h"
#include "models/units.h"
#include "sim/quantile.h"

namespace models::lifecycle {

/// What one incident leaves. *Lost*: no version survives anywhere. *Rolled back*: an older one
/// does.
struct Aftermath {
  bool lost{};
  Seconds rolled_back{};  ///< age of the state that comes back
  Seconds first_back{};   ///< from the incident until the first object can be read
  Seconds all_back{};     ///< ... until all can
  std::string from;       ///< the copy that it comes from
};

/// Copies, and what is known of how far they trail behind.
struct CopySet {
  std::span<const scenario::StoredCopy> copies;   ///< the one that is worked on first
  Bytes data{};                                   ///< to be restored
  Bytes object{};                                 ///< the first of it
  std::optional<policy::SnapshotRule> snapshots;  ///< of the first copy, if it has any
  const CopyCourse* course{};                     ///< of copies over the line; null: there are none
  std::optional<scenario::Intake> intake{};       ///< ceilings of what is restored to
  bool off_site{true};                            ///< false: as if there were only the first place
};

/// Draws that an incident needs beside its moment.
struct IncidentDraws {
  double destroys{};  ///< uniform in (0, 1)
  Seconds found_after{};
  Seconds ready_after{};
  double delay_hazard{1};  ///< standard exponential: where in its law a copy's delay lies
};

/// What survives an incident at `t`. Of several copies the one with the least rollback is used, and
/// of those the one that is whole again first.
Aftermath aftermath(const scenario::IncidentOf& incident, const CopySet& set, Seconds t,
                    const IncidentDraws& draws);

/// Many incidents of one kind at random moments.
struct IncidentFigures {
  std::string name;
  double per_year{};
  std::uint64_t drawn{};
  std::uint64_t lost{};
  sim::QuantileSketch rolled_back_s;  ///< of those that were not lost
  sim::QuantileSketch first_back_s;
  sim::QuantileSketch all_back_s;
  std::string from;  ///< the copy that most came from
};

/// @param over  asked before every 32 draws: once true, those so far are all; may be empty
IncidentFigures draw_incidents(const scenario::IncidentOf& incident, const scenario::Lifecycle& all,
                               Bytes data, Bytes object, Seconds horizon, bool off_site,
                               std::uint64_t seed, std::uint64_t draws,
                               const std::function<bool()>& over = {});

/// Three copies, on two media, one off-site; and one that nobody can delete.
struct ThreeTwoOne {
  std::size_t copies{};
  std::size_t media{};
  std::size_t off_site{};
  std::size_t immutable{};
  bool met() const { return copies >= 3 && media >= 2 && off_site >= 1; }
};
ThreeTwoOne count_copies(std::span<const scenario::StoredCopy> copies);

}  // namespace models::lifecycle
