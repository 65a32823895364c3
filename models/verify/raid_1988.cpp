// Patterson, Gibson, Katz: 100 data disks of 30,000 h, 1 h of repair, in groups with one check
// disk.
#include <array>

#include "models/analytic/chain.h"
#include "models/analytic/closed_forms.h"
#include "models/verify/families.h"
#include "models/verify/textbook_group.h"

namespace models::verify {

namespace {

constexpr std::string_view source =
    "Patterson, Gibson, Katz: A Case for Redundant Arrays of Inexpensive Disks, SIGMOD 1988";
constexpr std::string_view formula = "MTTF^2 / ((D + C D/G) (G + C - 1) MTTR)";
constexpr double mttf_h = 30000;
constexpr double mttr_h = 1;

double without_redundancy() {
  return analytic::birth_death_mean_time(
      analytic::k_of_n(100, 0, 1 / mttf_h, 0, analytic::Repair::serial));
}

template <int group>
double in_groups_of() {
  return analytic::raid1988_mttdl({.data = 100, .group = group, .check = 1}, mttf_h, mttr_h);
}

/// Ten groups of 10+1, independent, so a tenth of the time of one.
sim::Estimate groups_of_ten(const Effort& effort) {
  const TextbookGroup group{.code = {"reed-solomon", {{"data", 10}, {"parity", 1}}},
                            .life = sim::Distribution::exponential(sim::hours(mttf_h)),
                            .repair = sim::Distribution::exponential(sim::hours(mttr_h)),
                            .mission = sim::years(100),
                            .missions = 4096};
  return simulated_mttdl(group, sim::year / sim::hour / 10, effort);
}

constexpr std::array cases{
    Case{.id = "raid-1988/no-redundancy",
         .title = "mean time to failure of 100 disks",
         .source = source,
         .unit = "h",
         .published = "300",
         .reading = "chain without repair",
         .analytic = without_redundancy},
    Case{.id = "raid-1988/mirrored",
         .title = "MTTF of RAID 1, 100 pairs",
         .source = source,
         .unit = "h",
         .published = "4.5e6",
         .reading = formula,
         .analytic = in_groups_of<1>},
    Case{.id = "raid-1988/groups-of-10",
         .title = "MTTF of RAID 5, groups of 10+1",
         .source = source,
         .unit = "h",
         .published = "8.2e5",
         .reading = formula,
         .analytic = in_groups_of<10>},
    Case{.id = "raid-1988/groups-of-10-simulated",
         .title = "the same, simulated",
         .source = source,
         .unit = "h",
         .published = "8.2e5",
         .reading = "fleet of one group, exponential lives and repairs; ten such groups",
         .simulated = groups_of_ten},
    Case{.id = "raid-1988/groups-of-25",
         .title = "MTTF of RAID 5, groups of 25+1",
         .source = source,
         .unit = "h",
         .published = "3.46e5",
         .reading = formula,
         .analytic = in_groups_of<25>},
};

}  // namespace

std::span<const Case> raid_1988_cases() { return cases; }

}  // namespace models::verify
