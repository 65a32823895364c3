#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/records/age_table.h"
#include "sim/interval.h"

namespace models::records {

/// Weeks of one level of the calendar effect.
inline constexpr int weeks_of_level = 4;

/// Lives that share what their place does to them.
struct LifeGroups {
  std::vector<std::uint32_t> of_life;  ///< number of the group
  std::vector<double> times;           ///< by group: it stands for so many, each alone in its place
};

/// Hazard = (age/year)^(shape-1) x level of the four weeks x factor of the group, which follows a
/// gamma law of mean 1 and is integrated out (Klein 1992). Levels are free: they are the calendar
/// effect and the scale together.
class JointFit {
 public:
  /// @pre every life is dated, and fits(). @param groups  empty: no factor differs
  JointFit(std::span<const Life> lives, Seconds from, Seconds until, LifeGroups groups = {});
  static bool fits(std::span<const Life> lives, Seconds from, Seconds until);

  struct Point {
    double log_likelihood{};
    std::vector<double> levels;  ///< failures a year at the age of one year, by four weeks
    /// Failures of each four weeks, and what is expected of them at a level of 1 with the groups'
    /// factors as they are thought to be.
    std::vector<double> seen, exposure;
    std::vector<double> group_seen, group_expected;  ///< of all lives of a group
  };
  /// The levels at their best.
  Point at(double shape, double variance) const;

  struct Best {
    double shape{1};
    double variance{};  ///< of the factors of groups
    double log_likelihood{};
  };
  /// @param free_shape  false: the shape is 1
  Best best(bool free_shape) const;
  /// The best of those with this shape.
  Best best_at(double shape) const;
  /// From profiles of the likelihood; ends are 0 and infinite where the record tells nothing.
  sim::Interval shape_interval(const Best& best) const;
  sim::Interval variance_interval(const Best& best, bool free_shape) const;

  double failures() const { return failures_; }

 private:
  struct Piece {
    double log_begin{}, log_end{};  ///< of the age in years; -infinity: from birth on
    double units{};
    std::uint32_t cell{};
  };
  /// Pieces of one group within one level.
  struct Cell {
    std::uint32_t group{}, level{};
  };
  struct Gains;
  void add(const Life& life, Seconds from, std::uint32_t group,
           std::vector<std::uint32_t>& cell_of_level);
  Gains gains_of(double shape) const;
  Point climb(Gains& gains, double variance) const;
  Best best_of(Gains& gains) const;
  double hill() const;
  double with_variance(double variance, double near_log_shape, bool free_shape) const;

  LifeGroups groups_;
  std::vector<Piece> pieces_;
  std::vector<Cell> cells_;
  std::vector<double> seen_, group_seen_;
  double log_ages_{};  ///< of the failures
  double failures_{};
};

}  // namespace models::records
