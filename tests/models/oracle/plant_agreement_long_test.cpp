// 300 random systems in both worlds, a third of them wide: figures beyond three standard errors are
// no more than chance makes them.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "tests/models/oracle/agreement.h"

namespace oracle {
namespace {

TEST(PlantAgreementOf300Systems, FiguresBeyondThreeStandardErrorsAreAsRareAsChance) {
  constexpr std::uint64_t systems = 300;
  constexpr std::uint64_t missions = 400;
  int figures = 0;
  int beyond = 0;
  int by_ticket = 0;
  double worst = 0;
  for (std::uint64_t number = 0; number < systems; ++number) {
    const auto detection = number % 2 == 0 ? Detection::some : Detection::none;
    const auto breadth = number % 3 == 0 ? Breadth::wide : Breadth::narrow;
    const SmallSystem system = random_system(100 + number, detection, breadth);
    by_ticket += system.fleet->by_ticket() ? 1 : 0;
    const auto compared = compare(system, missions);
    for (const Comparison& c : compared) {
      ++figures;
      worst = std::max(worst, std::abs(c.z()));
      if (std::abs(c.z()) <= 3) continue;
      ++beyond;
      std::cout << c.figure << " z = " << c.z() << "\n" << describe(system, compared) << "\n";
    }
  }
  // 0.27 % of normal figures lie beyond; those of few events have longer tails, so twice that, and
  // three standard errors of the count.
  const double expected = 2 * 0.0027 * figures;
  RecordProperty("figures", figures);
  std::cout << systems << " systems (" << by_ticket << " by ticket), " << figures << " figures, "
            << beyond << " beyond 3 standard errors, worst " << worst << "\n";
  EXPECT_GE(by_ticket, 100);
  EXPECT_LT(beyond, expected + 3 * std::sqrt(expected));
  EXPECT_LT(worst, 6);
}

}  // namespace
}  // namespace oracle
