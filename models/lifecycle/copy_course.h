#pragma once

#include <cstdint>
#include <vector>

#include "models/scenario/lifecycle_values.h"
#include "models/units.h"
#include "sim/random.h"

namespace models::lifecycle {

/// An array whose snapshots go over a line into a cloud.
struct CopyOverLine {
  scenario::Writes writes;
  scenario::CloudLine line;
  policy::SnapshotRule snapshots;
  Seconds horizon{};
};

/// Bytes written from time 0 (midnight) to `t`.
Bytes written_by(const scenario::Writes& writes, Seconds t);

/// How long the line needs after an outage until it keeps up again, while `written` goes on coming:
/// outage * written / (line - written); infinite if it never does.
Seconds catch_up_time(Seconds outage, BytesPerSecond written, BytesPerSecond line);

/// One course of the copying: when each snapshot was whole in the cloud.
class CopyCourse {
 public:
  /// Asks SnapshotScheduler and CopyScheduler in virtual time; outages of the line are drawn. What
  /// there was at time 0 is in the cloud.
  CopyCourse(const CopyOverLine& copy, std::uint64_t seed, std::uint64_t replicate);

  /// Age of the state that the cloud has: what an incident at `t` rolls back.
  Seconds lag_at(Seconds t) const;
  /// Bytes written by `t` that the cloud does not have.
  Bytes backlog_at(Seconds t) const;
  Seconds greatest_lag() const { return greatest_lag_; }
  Bytes greatest_backlog() const { return greatest_backlog_; }
  /// Time of the newest snapshot of the array at `t`.
  Seconds last_snapshot(Seconds t) const;

 private:
  struct Arrival {
    double at{};     ///< whole in the cloud
    double taken{};  ///< the moment that it shows
  };
  double in_cloud(double t) const;

  scenario::Writes writes_;
  std::vector<double> taken_;  ///< of all snapshots
  std::vector<Arrival> arrivals_;
  Seconds greatest_lag_{};
  Bytes greatest_backlog_{};
};

/// What a schedule has kept after some time.
struct Retained {
  std::size_t count{};
  Seconds oldest{};  ///< age
};
Retained retained(const policy::SnapshotRule& rule, Seconds time);

}  // namespace models::lifecycle
