#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/fleet/fleet.h"
#include "models/scenario/scenario.h"
#include "sim/moments.h"
#include "tests/models/oracle/naive_simulator.h"

namespace oracle {

/// One small system, said twice: as a scenario for the plant and as options of
/// the naive simulator.
struct SmallSystem {
  std::string name;
  models::scenario::Scenario scenario;
  std::shared_ptr<const models::fleet::Fleet> fleet;
  Options options;  ///< points into `fleet`
};

enum class Detection { none, some };

/// Wide ones have machines enough for rebuilds by a rule, narrow ones every way to rebuild.
enum class Breadth { narrow, wide };

/// A system drawn by chance whose rates are so high that direct missions see
/// losses. Every pace has one limit that binds: what the core carries, what a
/// new disk writes, or a given time.
SmallSystem random_system(std::uint64_t number, Detection detection,
                          Breadth breadth = Breadth::narrow);

/// Twenty disks of 60 shards, RS 3+m, 10 h to rebuild one; they fail only as a script says.
SmallSystem scripted_system(int tolerance, double detection_hours);

/// One mission of the plant, in the words of the naive simulator.
class PlantPlayer {
 public:
  explicit PlantPlayer(const SmallSystem &system);
  ~PlantPlayer();
  Played play(std::uint64_t replicate);
  /// Groups lost, in shares, when these disks fail at these hours.
  double lost_by(const std::vector<std::pair<double, std::uint32_t>> &script);

 private:
  class Watcher;
  std::unique_ptr<Watcher> watcher_;
};

/// One figure of both worlds.
struct Comparison {
  std::string figure;
  sim::Moments plant;
  sim::Moments naive;
  /// Difference in combined standard errors; 0 where both never saw anything.
  double z() const;
};

/// Plays both and compares every figure that the system can have.
std::vector<Comparison> compare(const SmallSystem &system, std::uint64_t missions);

/// A line per figure, for messages and tables.
std::string describe(const SmallSystem &system, const std::vector<Comparison> &figures);

}  // namespace oracle
