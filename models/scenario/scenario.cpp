#include "models/scenario/scenario.h"

#include <array>

namespace models::scenario {

std::span<const ShockOf> all_shocks() {
  static constexpr std::array<ShockOf, 3> shocks{{{"rack", &Failures::rack_shock},
                                                  {"power_domain", &Failures::power_domain_shock},
                                                  {"site", &Failures::site_shock}}};
  return shocks;
}

std::span<const std::pair<Domain, std::string_view>> all_domains() {
  static constexpr std::array<std::pair<Domain, std::string_view>, 4> domains{
      {{Domain::machine, "machine"},
       {Domain::rack, "rack"},
       {Domain::site, "site"},
       {Domain::fleet, "fleet"}}};
  return domains;
}

}  // namespace models::scenario
