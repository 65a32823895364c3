// Elerath and Pecht: 7+1 disks of 461,386 h, 12 h of repair; a year of 8760 h.
#include <array>
#include <limits>

#include "models/analytic/chain.h"
#include "models/analytic/closed_forms.h"
#include "models/group/raid_group.h"
#include "models/verify/families.h"
#include "models/verify/textbook_group.h"
#include "sim/estimators/direct.h"

namespace models::verify {

namespace {

constexpr std::string_view source =
    "Elerath, Pecht: Enhanced Reliability Modeling of RAID Storage Systems, DSN 2007";
constexpr double year_h = 8760;
constexpr double mttf_h = 461386;
constexpr double mttr_h = 12;

double classical_h() { return analytic::classical_raid_mttdl(8, mttf_h, mttr_h); }

double chain_years() { return analytic::raid_mttdl(8, 1 / mttf_h, 1 / mttr_h) / year_h; }

sim::Estimate simulated_years(const Effort& effort) {
  const TextbookGroup group{.code = {"reed-solomon", {{"data", 7}, {"parity", 1}}},
                            .life = sim::Distribution::exponential(sim::hours(mttf_h)),
                            .repair = sim::Distribution::exponential(sim::hours(mttr_h)),
                            .mission = sim::years(1000),
                            .missions = 16384};
  return simulated_mttdl(group, sim::year / sim::hours(year_h), effort);
}

group::RaidGroup group_with_latent_errors() {
  return {.data = 7,
          .parity = 1,
          .life = sim::Distribution::weibull(1.12, sim::hours(mttf_h)),
          .repair = sim::Distribution::weibull(2, sim::hours(12), sim::hours(6)),
          .defects = group::Defects{.rate = {1 / sim::hours(9259).value},
                                    .mended = sim::Distribution::weibull(3, sim::hours(168),
                                                                         sim::hours(6)),
                                    .order = group::DefectOrder::one_at_a_time,
                                    .met = group::DefectMet::at_the_failure},
          .mission = sim::hours(10 * year_h)};
}

sim::Estimate with_latent_errors(const Effort& effort) {
  constexpr std::uint64_t missions = std::uint64_t{1} << 19U;
  const auto tally =
      group::play_missions(group_with_latent_errors(), missions, effort.seed, effort.threads);
  // Counted are failures, and a group may have several: their means add up, and so may the limits.
  constexpr double groups = 1000;
  sim::Estimate estimate =
      sim::direct_mean(tally.defects, std::numeric_limits<double>::infinity(),
                       "one group, each failure by its chance given the failures before it");
  const double failures = groups * tally.failures.mean();
  const double error = groups * 1.96 * tally.failures.standard_error();
  estimate.value = groups * *estimate.value + failures;
  estimate.ci95 = {groups * estimate.ci95.low + failures - error,
                   groups * estimate.ci95.high + failures + error};
  return estimate;
}

constexpr std::array cases{
    Case{.id = "elerath-pecht/mttdl",
         .title = "MTTDL of 7+1 disks, classical formula",
         .source = source,
         .unit = "years",
         .published = "36162",
         .reading = "MTTF^2 / (N (N+1) MTTR); years of 8760 h",
         .analytic = [] { return classical_h() / year_h; }},
    Case{.id = "elerath-pecht/double-failures",
         .title = "double disk failures of 1000 groups in 10 years",
         .source = source,
         .unit = "failures",
         .published = "0.277",
         .reading = "1000 x 87600 h over the classical MTTDL",
         .analytic = [] { return 1000 * 87600 / classical_h(); }},
    Case{.id = "elerath-pecht/mttdl-chain",
         .title = "MTTDL of 7+1 disks, the chain instead of the formula",
         .source = source,
         .unit = "years",
         .published = "36162",
         .reading = "birth-death chain, the formula's own assumptions",
         .analytic = chain_years,
         .remark = "the formula leaves out (2N+1) failure rates against the repair rate, 0.04 %"},
    Case{.id = "elerath-pecht/mttdl-simulated",
         .title = "MTTDL of 7+1 disks, simulated",
         .source = source,
         .unit = "years",
         .reference = chain_years,
         .reading = "published: the chain; ours: fleet of one group, exponential lives and repairs",
         .simulated = simulated_years},
    Case{.id = "elerath-pecht/latent-errors",
         .title = "double disk failures of 1000 groups in 10 years, 168 h scrub",
         .source = source,
         .unit = "failures",
         .published = "136.6",
         .within = 0.0044,
         .reading = "published: an independent Monte Carlo of 400,000 groups with the article's "
                    "laws, +-0.6; Weibull lives (1.12, 461386 h), repairs (2, 12 h) after 6 h, one "
                    "defect at a time on each disk at 1/9259 h, scrubbed after 6 h + Weibull(3, "
                    "168 h); a failure counts while another disk is failed or has a defect",
         .simulated = with_latent_errors,
         .remark = "the article shows a curve that is read as about 130"},
};

}  // namespace

std::span<const Case> elerath_pecht_cases() { return cases; }

}  // namespace models::verify
