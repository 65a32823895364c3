// No article: chains so stiff that elimination with pivots loses every digit, solved with 60
// digits.
#include <array>
#include <cmath>

#include "models/analytic/chain.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view source = "no article: the chain solved with 60 digits";
constexpr std::string_view by_recursion =
    "n units of which k must live, parallel exponential repair; sums of positive terms";
constexpr double year_h = 8760;

analytic::BirthDeath four_of_six() {
  return analytic::k_of_n(6, 2, 1 / 1e6, 1 / 24.0, analytic::Repair::parallel);
}
analytic::BirthDeath six_of_nine() {
  return analytic::k_of_n(9, 3, 1 / 5e5, 1 / 24.0, analytic::Repair::parallel);
}
double annual(const analytic::BirthDeath& chain) {
  return -std::expm1(-year_h / analytic::birth_death_mean_time(chain));
}

constexpr std::array cases{
    Case{.id = "stiff-chains/4-of-6",
         .title = "MTTDL of 4 of 6 units, MTTF 1e6 h, MTTR 24 h",
         .source = source,
         .unit = "h",
         .published = "2.89407413574e13",
         .reading = by_recursion,
         .analytic = [] { return analytic::birth_death_mean_time(four_of_six()); }},
    Case{.id = "stiff-chains/4-of-6-annual",
         .title = "its loss in 8760 h, 1 - exp(-t/MTTDL)",
         .source = source,
         .unit = "probability",
         .published = "3.0268748e-10",
         .reading = "as -expm1(-t/MTTDL)",
         .analytic = [] { return annual(four_of_six()); }},
    Case{.id = "stiff-chains/4-of-6-first-year",
         .title = "its loss in the first 8760 h, all units whole at the start",
         .source = source,
         .unit = "probability",
         .published = "3.014436459393e-10",
         .reading = "transient solution by uniformisation",
         .analytic =
             [] {
               const auto chain = four_of_six();
               return analytic::absorbed_by(analytic::birth_death(chain.up, chain.down), year_h);
             }},
    Case{.id = "stiff-chains/6-of-9",
         .title = "MTTDL of 6 of 9 units, MTTF 5e5 h, MTTR 24 h",
         .source = source,
         .unit = "h",
         .published = "8.97521919349e15",
         .reading = by_recursion,
         .analytic = [] { return analytic::birth_death_mean_time(six_of_nine()); }},
    Case{.id = "stiff-chains/6-of-9-elimination",
         .title = "the same by elimination without subtractions",
         .source = source,
         .unit = "h",
         .published = "8.97521919349e15",
         .reading = "Grassmann, Taksar, Heyman",
         .analytic =
             [] {
               const auto chain = six_of_nine();
               return analytic::mean_time(analytic::birth_death(chain.up, chain.down));
             }},
    Case{.id = "stiff-chains/6-of-9-annual",
         .title = "its loss in 8760 h, 1 - exp(-t/MTTDL)",
         .source = source,
         .unit = "probability",
         .published = "9.7602073e-13",
         .reading = "as -expm1(-t/MTTDL)",
         .analytic = [] { return annual(six_of_nine()); }},
};

}  // namespace

std::span<const Case> stiff_chain_cases() { return cases; }

}  // namespace models::verify
