#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/analytic/erasure_levels.h"
#include "models/planning/demand.h"
#include "models/planning/plan.h"

namespace models::planning {

/// How the shards of a group are kept apart; the racks that this needs are bought.
enum class Spread {
  machines,      ///< one shard a machine, racks as they come
  rack_safe,     ///< so few shards a rack that any rack may be lost
  one_per_rack,  ///< one shard a rack
};
std::string_view to_string(Spread spread);

enum class ColdKind { none, own, cloud };

/// What happens to data that are old enough.
struct ColdRule {
  ColdKind kind{ColdKind::none};
  std::size_t which{};  ///< of SearchSpace::cold_codes or cloud_classes
  double after_years{never};
  bool operator==(const ColdRule&) const = default;
};

inline constexpr std::size_t no_copy = static_cast<std::size_t>(-1);

/// One candidate: places in the lists of the plan's search space and catalogue.
struct Design {
  bool cloud_only{};  ///< then only `cold` counts: standard storage, and the rule for old data
  std::size_t code{};
  ColdRule cold;
  std::size_t copy{no_copy};  ///< of copy_classes: a copy of everything in the cloud
  int sites{1};
  Spread spread{Spread::machines};
  std::size_t disk{};
  std::size_t machine{};
  std::size_t rebuild{};
  std::size_t scrub{};
  std::size_t visit{};
  bool operator==(const Design&) const = default;
};

/// A code with what is asked of it again and again.
struct CodeFacts {
  std::unique_ptr<const codes::Code> code;
  codes::CodeSpec spec;
  std::string name;
  analytic::ErasureLevels levels;
  int total{};
  int tolerance{};
  double overhead{};
  double reads{};  ///< shards read for each shard rebuilt, on average
  bool arrays{};   ///< whole arrays inside, one a site where there are several
};

/// Demand for one rule of cooling, two years longer than the plan: purchases look ahead.
struct CoolingDemand {
  double after_years{never};
  std::vector<YearDemand> years;
};

/// Prices of the plan's book by name, looked up once; 0 where it has none, 1 for the PUE.
struct Book {
  double rack{}, rack_switch{}, core_switch{}, gateway{}, front_end{};
  double rack_space{}, rack_care{}, electricity{}, disk_swap{}, technician_call{};
  double switch_power{}, controller_power{}, pue{1};
  double egress{};
  struct Class {
    double storage{};    ///< per TB and month
    double retrieval{};  ///< per TB
    double requests{};   ///< per million
    double minimum_days{};
  };
  Class standard;
  std::vector<Class> cold;  ///< of SearchSpace::cloud_classes
  std::vector<Class> copy;  ///< of SearchSpace::copy_classes
};

/// A plan made ready for many candidates. Immutable; shared by all threads.
class Space {
 public:
  explicit Space(const Plan& plan);

  const Plan& plan() const { return plan_; }
  const std::vector<CodeFacts>& codes() const { return codes_; }
  const std::vector<CodeFacts>& cold_codes() const { return cold_codes_; }
  const std::vector<YearDemand>& demand(const ColdRule& rule) const;
  const std::vector<ColdRule>& rules() const { return rules_; }
  const Book& book() const { return book_; }
  /// Of a disk a year: failures that need a new disk, machine losses included.
  double disk_losses() const { return disk_losses_; }
  double machine_losses() const { return machine_losses_; }
  /// The kind of a file tier's disks: the cheapest per TB that is fast enough; none if there is no
  /// file tier or no such disk.
  std::optional<std::size_t> file_disk() const { return file_disk_; }

  /// Candidates in all.
  std::uint64_t size() const;
  /// @pre index < size()
  Design at(std::uint64_t index) const;
  /// "RS 6+3, 2 sites, rack-safe, nearline 20 TB in 24-bay, rebuild 60 MB/s, ..."
  std::string describe(const Design& design) const;

 private:
  Plan plan_;
  std::vector<CodeFacts> codes_;
  std::vector<CodeFacts> cold_codes_;
  std::vector<ColdRule> rules_;
  std::vector<ColdRule> cloud_rules_;  ///< of designs without machines
  std::vector<CoolingDemand> demands_;
  Book book_;
  double disk_losses_{};
  double machine_losses_{};
  std::optional<std::size_t> file_disk_;
};

}  // namespace models::planning
