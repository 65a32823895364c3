#include "models/lifecycle/cache.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <unordered_map>
#include <vector>

#include "sim/random.h"

namespace models::lifecycle {
namespace {

/// The truth by playing it: reads drawn from the law, the least recently read object goes.
double played(std::size_t objects, std::size_t held, double zipf, std::size_t reads) {
  std::vector<double> upto(objects);
  double sum = 0;
  for (std::size_t r = 0; r < objects; ++r) {
    upto[r] = sum += std::pow(static_cast<double>(r + 1), -zipf);
  }
  sim::Stream stream(7, sim::Purpose::test);
  std::list<std::size_t> recent;
  std::unordered_map<std::size_t, std::list<std::size_t>::iterator> where;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < 2 * reads; ++i) {
    const auto object = static_cast<std::size_t>(
        std::ranges::lower_bound(upto, stream.uniform() * sum) - upto.begin());
    const auto found = where.find(object);
    if (found != where.end()) {
      recent.erase(found->second);
      if (i >= reads) ++hits;
    } else if (where.size() == held) {
      where.erase(recent.back());
      recent.pop_back();
    }
    recent.push_front(object);
    where[object] = recent.begin();
  }
  return static_cast<double>(hits) / static_cast<double>(reads);
}

TEST(Cache, EvenReadsHitInProportionToWhatIsHeld) {
  EXPECT_NEAR(hit_ratio(1e5, 1e4, 0), 0.1, 1e-4);
  EXPECT_NEAR(best_hit_ratio(1e5, 1e4, 0), 0.1, 1e-4);
}

TEST(Cache, TheApproximationAgreesWithACacheThatIsPlayed) {
  for (const double zipf : {0.6, 0.8, 1.1}) {
    const double truth = played(1000, 100, zipf, 200000);
    // Four standard errors of 200,000 reads, and 0.005 for the approximation.
    EXPECT_NEAR(hit_ratio(1000, 100, zipf), truth, 0.005 + 4 * std::sqrt(0.25 / 200000)) << zipf;
  }
}

TEST(Cache, TheBestHoldsTheMostWanted) {
  // 1 + 1/2 of 1 + 1/2 + 1/3 + 1/4.
  EXPECT_NEAR(best_hit_ratio(4, 2, 1), 1.5 / (25.0 / 12), 1e-12);
  EXPECT_GT(best_hit_ratio(1e6, 1e4, 0.8), hit_ratio(1e6, 1e4, 0.8));
}

TEST(Cache, AllOrNothing) {
  EXPECT_EQ(hit_ratio(100, 100, 0.8), 1);
  EXPECT_EQ(hit_ratio(100, 0, 0.8), 0);
}

}  // namespace
}  // namespace models::lifecycle
