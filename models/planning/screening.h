#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "models/planning/cash_flow.h"

namespace models::planning {

/// What a plan may ask of a design, in the order of the tables. Feasible stands for what no target
/// says: machines must keep up with their load, cloud classes keep data for a minimum of days.
enum class Target {
  feasible,
  durability,
  availability,
  rebuild,
  rpo,
  rto,
  read_latency,
  survive,
  budget,
  rack_units,
  kilowatts,
};
inline constexpr std::size_t target_kinds = 11;
std::string_view to_string(Target target);
/// What the value of a target is measured in: "nines", "hours", ...
std::string_view unit_of(Target target);
/// Is more of it better?
bool more_is_better(Target target);
/// What the plan asks for; empty if nothing. Survive and feasible: 0 faults.
std::optional<double> wanted(const Plan& plan, Target target);

/// A set of targets.
class TargetSet {
 public:
  void insert(Target target) { bits_ |= bit(target); }
  bool contains(Target target) const { return (bits_ & bit(target)) != 0; }
  bool empty() const { return bits_ == 0; }
  /// Nothing but perhaps `target`.
  bool within(Target target) const { return (bits_ & ~bit(target)) == 0; }
  int count() const;
  bool operator==(const TargetSet&) const = default;

 private:
  static std::uint32_t bit(Target target) { return 1U << static_cast<unsigned>(target); }
  std::uint32_t bits_{};
};

/// What a design is and does: by arithmetic and the textbook chain, without a mission. The worst of
/// the first and the last year.
struct Screening {
  double net_present{};
  double total{};
  double capital{};
  double nines{};         ///< of the worse of its tiers; vendor's classes are not judged
  double availability{};  ///< share of time
  double rebuild_hours{};
  double rpo_hours{};  ///< infinite: nothing is left elsewhere
  double rto_hours{};
  double latency_ms{};
  double rack_units{};
  double kilowatts{};
  double not_survived{};  ///< entries of the survive list
  double infeasible{};    ///< reasons why it cannot be
  TargetSet failed;

  double value_of(Target target) const;
};

Screening screen(const Space& space, const Design& design);

/// The same from sizes and money that are there already.
Screening screen(const Space& space, const Design& design, const std::vector<YearSize>& sizes,
                 const CashFlow& cash);

/// Does the design survive an entry of the list, by its layout alone?
bool survives(const Space& space, const Design& design, const Survive& what);

/// Judges anew with other nines, availability and rebuild time (those of a simulation).
void judge(const Plan& plan, Screening& figures);

/// How far a design is from all that it misses: a nine, and a factor of ten of anything else, is 1.
double distance_of(const Plan& plan, const Screening& figures);

/// The reasons why a design cannot be, for people.
std::vector<std::string> impossible(const Space& space, const Design& design,
                                    const std::vector<YearSize>& sizes);

}  // namespace models::planning
