// The canonical closed forms against the chains that they solve: no article prints these numbers.
#include <array>

#include "models/analytic/chain.h"
#include "models/analytic/closed_forms.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view xin =
    "Xin et al.: Reliability Mechanisms for Very Large Storage Systems, MSST 2003";
constexpr std::string_view greenan =
    "Greenan, Plank, Wylie: Mean Time to Meaningless, HotStorage 2010";
constexpr std::string_view reading =
    "published: the closed form; ours: the chain by its recursion; disks of 1e5 h, repair of 10 h";
constexpr double loss = 1e-5;   // per hour: the example of the comparison
constexpr double repair = 0.1;  // per hour

template <int n, int tolerated>
double chain() {
  return analytic::birth_death_mean_time(
      analytic::k_of_n(n, tolerated, loss, repair, analytic::Repair::parallel));
}

constexpr std::array cases{
    Case{.id = "closed-forms/mirror",
         .title = "MTTDL of two copies",
         .source = xin,
         .unit = "h",
         .reference = [] { return analytic::mirror_mttdl(loss, repair); },
         .reading = reading,
         .analytic = chain<2, 1>},
    Case{.id = "closed-forms/three-copies",
         .title = "MTTDL of three copies, parallel repair",
         .source = xin,
         .unit = "h",
         .published = "3.33450018333e12",
         .reading = reading,
         .analytic = chain<3, 2>},
    Case{.id = "closed-forms/three-copies-formula",
         .title = "the same by (2 m^2 + 7 l m + 11 l^2) / (6 l^3)",
         .source = xin,
         .unit = "h",
         .published = "3.33450018333e12",
         .reading = "closed form; m = 0.1/h, l = 1e-5/h",
         .analytic = [] { return analytic::three_way_mirror_mttdl(loss, repair); }},
    Case{.id = "closed-forms/raid5",
         .title = "MTTDL of 7+1 disks",
         .source = greenan,
         .unit = "h",
         .reference = [] { return analytic::raid_mttdl(8, loss, repair); },
         .reading = reading,
         .analytic = chain<8, 1>},
};

}  // namespace

std::span<const Case> closed_form_cases() { return cases; }

}  // namespace models::verify
