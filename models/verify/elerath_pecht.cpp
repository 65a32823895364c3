// Elerath and Pecht: 7+1 disks of 461,386 h, 12 h of repair; a year of 8760 h.
#include <array>

#include "models/analytic/chain.h"
#include "models/analytic/closed_forms.h"
#include "models/verify/families.h"
#include "models/verify/textbook_group.h"

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
         .published = "130",
         .reading = "Weibull lives and repairs, latent errors at 1/9259 h, scrub of 168 h",
         .remark = "not computed: the fleet has no latent errors and no scrubbing yet. The article "
                   "shows a curve that is read as about 130"},
};

}  // namespace

std::span<const Case> elerath_pecht_cases() { return cases; }

}  // namespace models::verify
