// Storj v3: 10 % of the nodes leave in a month; k of n pieces are needed; Poisson.
#include <array>

#include "models/analytic/closed_forms.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view source = "Storj: whitepaper v3, section 3.4";
constexpr std::string_view reading = "exp(-pn) sum_{i <= n-k} (pn)^i/i!, p = 0.1 a month";

template <int needed, int pieces>
double durability_percent() {
  return 100 * analytic::poisson_durability(pieces, needed, 0.1).kept;
}

template <int needed, int pieces>
constexpr Case row(std::string_view id, std::string_view title, std::string_view published) {
  return {.id = id,
          .title = title,
          .source = source,
          .unit = "%",
          .published = published,
          .reading = reading,
          .analytic = durability_percent<needed, pieces>};
}

constexpr std::array cases{
    row<2, 4>("storj/2-of-4", "durability, 2 of 4 pieces", "99.20736681327462"),
    row<4, 8>("storj/4-of-8", "durability, 4 of 8 pieces", "99.85886898541132"),
    row<8, 16>("storj/8-of-16", "durability, 8 of 16 pieces", "99.99546240687826"),
    row<16, 32>("storj/16-of-32", "durability, 16 of 32 pieces", "99.99999462065277"),
};

}  // namespace

std::span<const Case> storj_cases() { return cases; }

}  // namespace models::verify
