#include "models/codes/slots.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/models/codes/stripe.h"

namespace models::codes {
namespace {

TEST(Slots, AreCountedFromTheFirstToTheLast) {
  EXPECT_TRUE(first_slots(0).none());
  EXPECT_EQ(first_slots(3), pattern(0b111));
  EXPECT_TRUE(first_slots(256).all());
  EXPECT_EQ(slots_of(pattern(0b10100)), (std::vector<std::size_t>{2, 4}));
}

}  // namespace
}  // namespace models::codes
