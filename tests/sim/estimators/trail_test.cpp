#include "sim/estimators/trail.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sim {
namespace {

struct Place {
  Seconds now;
};

Trail<Place> after(int events) {
  Trail<Place> trail;
  for (int i = 0; i < events; ++i) trail.add({Seconds{double(i)}}, {}, true);
  return trail;
}

TEST(Trail, GivesTheStateAfterTheLastEventBeforeATime) {
  Trail<Place> trail = after(10);
  EXPECT_EQ(trail.before(Seconds{0.0}).state.now, Seconds{0.0});
  EXPECT_EQ(trail.before(Seconds{4.5}).state.now, Seconds{4.0});
  EXPECT_EQ(trail.before(Seconds{100.0}).state.now, Seconds{9.0});
}

TEST(Trail, OfALongPathKeepsMarksNotFarApart) {
  Trail<Place> trail = after(10'000);
  for (int step = 0; step * 7 <= 9'999; ++step) {
    const double at = 9'999.0 - 7.0 * step;
    const Seconds mark = trail.before(Seconds{at}).state.now;
    EXPECT_LE(mark, Seconds{at});
    EXPECT_LE(at - mark.value, 10'000.0 / 32);
  }
}

TEST(Trail, StartsAnewWhenCleared) {
  Trail<Place> trail = after(1'000);
  trail.clear();
  trail.add({Seconds{5.0}}, {}, false);
  EXPECT_EQ(trail.before(Seconds{7.0}).state.now, Seconds{5.0});
  EXPECT_FALSE(trail.before(Seconds{7.0}).intact);
}

}  // namespace
}  // namespace sim
