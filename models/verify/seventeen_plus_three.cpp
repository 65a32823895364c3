// The audit of 17+3 at 0.405 % a year and 6.5 days: the same inputs under four models, and at a
// hundred times the failure rate, where simulation can look. docs/seventeen_plus_three.md tells it.
#include <array>
#include <cmath>

#include "models/analytic/chain.h"
#include "models/analytic/closed_forms.h"
#include "models/verify/families.h"
#include "models/verify/textbook_group.h"

namespace models::verify {

namespace {

constexpr std::string_view calculator = "Backblaze: erasure-coding durability calculator, README";
constexpr std::string_view own = "no article: an audit of the calculator's inputs";
constexpr int shards = 20;
constexpr int parity = 3;
constexpr double annual_rate = 0.00405;  // years of 365 days, as the calculator counts
constexpr double repair_days = 6.5;
constexpr double repair_years = repair_days / 365;
/// Makes loss frequent enough to be seen: about once in 350 years instead of 3e10.
constexpr double faster = 100;

double windows(double rate) {
  return analytic::windowed_annual_loss(shards, parity, {rate}, sim::days(repair_days),
                                        sim::days(365));
}

double chain(double rate, analytic::Repair mode) {
  return 1 / analytic::birth_death_mean_time(
                 analytic::k_of_n(shards, parity, rate, 1 / repair_years, mode));
}

double crossings(double rate) {
  return analytic::crossing_rate(shards, parity, rate, repair_years);
}

sim::Estimate simulated(const sim::Distribution& repair, const Effort& effort) {
  const TextbookGroup group{
      .code = {"reed-solomon", {{"data", shards - parity}, {"parity", parity}}},
      .life = sim::Distribution::exponential(sim::days(365 / (faster * annual_rate))),
      .repair = repair,
      .mission = sim::years(100),
      .missions = 2048};
  return simulated_loss_rate(group, sim::year / sim::days(365), effort);
}

sim::Estimate simulated_exponential(const Effort& effort) {
  return simulated(sim::Distribution::exponential(sim::days(repair_days)), effort);
}
sim::Estimate simulated_fixed(const Effort& effort) {
  return simulated(sim::Distribution::fixed(sim::days(repair_days)), effort);
}

constexpr std::array cases{
    Case{.id = "seventeen-plus-three/windows",
         .title = "annual loss, disjoint windows",
         .source = calculator,
         .unit = "1/year",
         .published = "7.354e-12",
         .reading = "binomial in disjoint windows of 6.5 days",
         .analytic = [] { return windows(annual_rate); },
         .remark = "blind to four failures within 6.5 days that straddle an edge"},
    Case{.id = "seventeen-plus-three/claim",
         .title = "the calculator's eleven nines under that chain",
         .source = calculator,
         .unit = "nines",
         .published = "11.0",
         .reading = "-log10 of 1/MTTDL, parallel exponential repair",
         .analytic = [] { return -std::log10(chain(annual_rate, analytic::Repair::parallel)); },
         .remark = "same failure rate, same 6.5 days: ten nines, not eleven"},
    Case{.id = "seventeen-plus-three/windows-times-four",
         .title = "annual loss, windows x (parity + 1)",
         .source = own,
         .unit = "1/year",
         .published = "2.94e-11",
         .reading = "the windowed figure times 4: any moment may begin a window",
         .analytic = [] { return (parity + 1) * windows(annual_rate); }},
    Case{.id = "seventeen-plus-three/parallel",
         .title = "annual loss, parallel exponential repair",
         .source = own,
         .unit = "1/year",
         .published = "2.94e-11",
         .reading = "birth-death chain, each shard repaired by itself; 1/MTTDL",
         .analytic = [] { return chain(annual_rate, analytic::Repair::parallel); }},
    Case{.id = "seventeen-plus-three/parallel-nines",
         .title = "the same in nines",
         .source = own,
         .unit = "nines",
         .published = "10.53",
         .reading = "-log10",
         .analytic = [] { return -std::log10(chain(annual_rate, analytic::Repair::parallel)); }},
    Case{.id = "seventeen-plus-three/serial",
         .title = "annual loss, one repair at a time",
         .source = own,
         .unit = "1/year",
         .published = "1.76e-10",
         .reading = "birth-death chain, one repairer",
         .analytic = [] { return chain(annual_rate, analytic::Repair::serial); },
         .remark = "3! = 6 times the parallel chain"},
    Case{.id = "seventeen-plus-three/fixed",
         .title = "annual loss, every repair takes exactly 6.5 days",
         .source = own,
         .unit = "1/year",
         .published = "2.94e-11",
         .reading = "long-run rate of a fourth shard going missing, shards independent: it depends "
                    "on the mean repair time alone",
         .analytic = [] { return crossings(annual_rate); }},
    Case{.id = "seventeen-plus-three/x100-exponential",
         .title = "at 40.5 %/year, exponential repair, simulated",
         .source = own,
         .unit = "1/year",
         .reference = [] { return chain(faster * annual_rate, analytic::Repair::parallel); },
         .reading = "published: the parallel chain; ours: fleet of one group",
         .simulated = simulated_exponential},
    Case{.id = "seventeen-plus-three/x100-fixed",
         .title = "at 40.5 %/year, repair of exactly 6.5 days, simulated",
         .source = own,
         .unit = "1/year",
         .reference = [] { return chain(faster * annual_rate, analytic::Repair::parallel); },
         .reading = "published: the parallel chain; ours: fleet of one group",
         .simulated = simulated_fixed},
    Case{.id = "seventeen-plus-three/x100-windows",
         .title = "at 40.5 %/year, disjoint windows against that chain",
         .source = own,
         .unit = "1/year",
         .reference = [] { return chain(faster * annual_rate, analytic::Repair::parallel); },
         .reading = "published: the parallel chain; ours: windows",
         .analytic = [] { return windows(faster * annual_rate); },
         .remark = "the windowed model misses three of four clusters at this rate too"},
};

}  // namespace

std::span<const Case> seventeen_plus_three_cases() { return cases; }

}  // namespace models::verify
