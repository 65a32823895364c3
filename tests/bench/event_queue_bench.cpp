// HOLD model (Vaucher and Duval 1975): pop the earliest event, schedule one an exponential time
// later. The increments are drawn beforehand, so the queue alone is measured.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>

#include <queue>
#include <vector>

#include "sim/event_queue.h"
#include "sim/random.h"

namespace {

struct Payload {
  std::uint64_t kind{};
  std::uint64_t unit{};
};

constexpr std::size_t increments = 1U << 14U;

std::vector<double> draw_increments() {
  sim::Stream stream(1, sim::Purpose::test);
  std::vector<double> drawn(increments);
  for (double& increment : drawn) increment = stream.exponential();
  return drawn;
}

// The draws again and again, each round a nanosecond later: no two times are equal.
double first_time(const std::vector<double>& drawn, std::uint64_t i) {
  const std::uint64_t round = i / increments;
  return drawn[i % increments] + static_cast<double>(round) * 1e-9;
}

void hold_own(benchmark::State& state) {
  const std::vector<double> drawn = draw_increments();
  sim::EventQueue<Payload> queue;
  std::uint64_t i = 0;
  for (; i < static_cast<std::uint64_t>(state.range(0)); ++i) {
    queue.push({first_time(drawn, i)}, {i, i});
  }
  for (auto _ : state) {
    const auto event = queue.pop();
    queue.push(event.time + sim::Seconds{drawn[++i % increments]}, event.payload);
  }
  state.SetItemsProcessed(state.iterations());
}

struct Entry {
  double time;
  std::uint64_t sequence;
  Payload payload;
  bool operator>(const Entry& other) const {
    return time != other.time ? time > other.time : sequence > other.sequence;
  }
};

void hold_standard(benchmark::State& state) {
  const std::vector<double> drawn = draw_increments();
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::uint64_t i = 0;
  for (; i < static_cast<std::uint64_t>(state.range(0)); ++i) {
    queue.push({first_time(drawn, i), i, {i, i}});
  }
  for (auto _ : state) {
    const Entry entry = queue.top();
    queue.pop();
    ++i;
    queue.push({entry.time + drawn[i % increments], i, entry.payload});
  }
  state.SetItemsProcessed(state.iterations());
}

void reschedule_own(benchmark::State& state) {
  const std::vector<double> drawn = draw_increments();
  sim::EventQueue<Payload> queue;
  std::vector<sim::EventQueue<Payload>::Handle> handles;
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(state.range(0)); ++i) {
    handles.push_back(queue.push({drawn[i % increments]}, {i, i}));
  }
  std::uint64_t i = 0;
  for (auto _ : state) {
    ++i;
    queue.reschedule(handles[(i * 7919) % handles.size()], {1.0 + drawn[i % increments]});
  }
  state.SetItemsProcessed(state.iterations());
}

void copy_own(benchmark::State& state) {
  const std::vector<double> drawn = draw_increments();
  sim::EventQueue<Payload> queue;
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(state.range(0)); ++i) {
    queue.push({drawn[i % increments]}, {i, i});
  }
  for (auto _ : state) {
    sim::EventQueue<Payload> copy = queue;
    benchmark::DoNotOptimize(copy);
  }
}

BENCHMARK(hold_own)->Arg(1000)->Arg(100000)->Arg(1000000);
BENCHMARK(hold_standard)->Arg(1000)->Arg(100000)->Arg(1000000);
BENCHMARK(reschedule_own)->Arg(1000)->Arg(100000);
BENCHMARK(copy_own)->Arg(100)->Arg(1000);

}  // namespace
