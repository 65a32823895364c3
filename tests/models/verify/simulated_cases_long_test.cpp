// Every simulated case of the registry, and simulated groups against chains on further seeds.
#include <gtest/gtest.h>

#include "models/verify/published_case.h"

namespace models::verify {
namespace {

TEST(SimulatedCases, AllComeOut) {
  for (const Case& one : all_cases()) {
    if (one.simulated == nullptr) continue;
    const Outcome outcome = recompute(one, {.seed = 1, .threads = 2});
    EXPECT_EQ(outcome.verdict, Verdict::reproduced)
        << one.id << ": " << outcome.ours->value.value_or(0) << " against "
        << outcome.published.value_or(0) << "; " << outcome.why;
    EXPECT_TRUE(outcome.ours->converged) << one.id;
  }
}

// Twice the half-width is about four standard errors: what verdict_of still calls undecided.
TEST(SimulatedCases, NoOtherSeedRefutesOne) {
  for (const Case* one : find_cases("seventeen-plus-three")) {
    if (one->simulated == nullptr) continue;
    for (std::uint64_t seed = 2; seed < 6; ++seed) {
      const Outcome outcome = recompute(*one, {.seed = seed, .threads = 2});
      EXPECT_NE(outcome.verdict, Verdict::not_reproduced) << one->id << " seed " << seed;
    }
  }
}

}  // namespace
}  // namespace models::verify
