#include "sim/event_queue.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/random.h"

namespace sim {
namespace {

using Queue = EventQueue<int>;

TEST(EventQueue, EventsComeInTheOrderOfTimeAndThenOfInsertion) {
  Queue queue;
  queue.push({2.0}, 1);
  queue.push({1.0}, 2);
  queue.push({2.0}, 3);
  queue.push({-1.0}, 4);
  queue.push({-0.0}, 5);
  queue.push({0.0}, 6);
  std::vector<int> order;
  while (!queue.empty()) order.push_back(queue.pop().payload);
  EXPECT_EQ(order, (std::vector<int>{4, 5, 6, 2, 1, 3}));
}

TEST(EventQueue, AHandleOfAGoneEventNamesNothing) {
  Queue queue;
  const auto first = queue.push({1.0}, 1);
  EXPECT_TRUE(queue.pending(first));
  EXPECT_EQ(queue.pop().payload, 1);
  EXPECT_FALSE(queue.pending(first));
  const auto second = queue.push({1.0}, 2);  // takes the place of the first
  EXPECT_FALSE(queue.cancel(first));
  EXPECT_FALSE(queue.reschedule(first, {5.0}));
  EXPECT_EQ(queue.find(first), nullptr);
  EXPECT_EQ(*queue.find(second), 2);
  queue.clear();
  EXPECT_FALSE(queue.pending(second));
  EXPECT_FALSE(queue.pending(Queue::Handle{}));
  EXPECT_TRUE(queue.empty());
}

TEST(EventQueue, ACopyGoesItsOwnWay) {
  Queue queue;
  const auto handle = queue.push({1.0}, 1);
  queue.push({2.0}, 2);
  Queue copy = queue;
  EXPECT_TRUE(copy.cancel(handle));
  EXPECT_EQ(copy.pop().payload, 2);
  EXPECT_EQ(queue.size(), 2U);
  EXPECT_EQ(queue.pop().payload, 1);
}

/// The plain reference: a sorted set of (time, number of insertion, payload).
class Reference {
 public:
  void push(double time, int payload) {
    places_[payload] = entries_.emplace(time, number_++, payload).first;
  }
  bool cancel(int payload) {
    const auto found = places_.find(payload);
    if (found == places_.end()) return false;
    entries_.erase(found->second);
    places_.erase(found);
    return true;
  }
  std::pair<double, int> pop() {
    const auto [time, number, payload] = *entries_.begin();
    cancel(payload);
    return {time, payload};
  }
  std::size_t size() const { return entries_.size(); }
  void clear() {
    entries_.clear();
    places_.clear();
  }

 private:
  using Entries = std::set<std::tuple<double, int, int>>;
  Entries entries_;
  std::map<int, Entries::iterator> places_;
  int number_{};
};

/// Random operations on both; times are few, so that ties are many.
void compare_with_reference(std::uint64_t seed, std::uint64_t pushes_in_ten) {
  Stream stream(seed, Purpose::test);
  Queue queue;
  Reference reference;
  std::vector<Queue::Handle> handles;
  for (int step = 0; step < 20000; ++step) {
    const std::uint64_t action = stream.below(10);
    const Seconds time{static_cast<double>(stream.below(50)) - 5.0};
    if (action < pushes_in_ten || handles.empty()) {
      const int payload = static_cast<int>(handles.size());
      handles.push_back(queue.push(time, payload));
      reference.push(time.value, payload);
    } else if (action < 7) {
      if (queue.empty()) continue;
      const auto [expected_time, expected] = reference.pop();
      ASSERT_EQ(queue.next_time().value, expected_time);
      ASSERT_EQ(queue.next(), expected);
      const auto event = queue.pop();
      ASSERT_EQ(event.time.value, expected_time);
      ASSERT_EQ(event.payload, expected);
    } else {
      const auto which = stream.below(handles.size());
      const bool known = reference.cancel(static_cast<int>(which));
      if (action < 9) {
        ASSERT_EQ(queue.cancel(handles[which]), known);
      } else {
        ASSERT_EQ(queue.reschedule(handles[which], time), known);
        if (known) reference.push(time.value, static_cast<int>(which));
      }
    }
    if (stream.below(5000) == 0) {
      queue.clear();
      reference.clear();
    }
    ASSERT_EQ(queue.size(), reference.size());
  }
}

TEST(EventQueue, RandomOperationsAgreeWithASortedSet) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    compare_with_reference(seed, 4 + seed % 3);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(EventQueue, ManyMovesOfFewEventsLeaveNoHeap) {
  Queue queue;
  const auto a = queue.push({1.0}, 1);
  const auto b = queue.push({2.0}, 2);
  for (int i = 0; i < 100000; ++i) {
    EXPECT_TRUE(queue.reschedule(i % 2 == 0 ? a : b, {static_cast<double>(100000 - i)}));
  }
  EXPECT_EQ(queue.size(), 2U);
  EXPECT_EQ(queue.pop().payload, 2);
  EXPECT_EQ(queue.pop().payload, 1);
}

}  // namespace
}  // namespace sim
