// The cost of our interface over ISA-L itself: both encode the same blocks in turn, in one run.
#include <benchmark/benchmark.h>
#include <isa-l/erasure_code.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <vector>

#include "models/codes/reed_solomon.h"
#include "models/integrity/crc32c.h"

namespace {

using models::codes::Code;
using models::codes::ReedSolomon;
using models::codes::ShardSet;
using Clock = std::chrono::steady_clock;

// Blocks of one allocation, aligned to 64 bytes and 704 bytes off a power of two from one another:
// equal distances of 4096 fall into the same cache sets and cost up to a factor of two.
class Blocks {
 public:
  Blocks(std::size_t count, std::size_t size) : size_(size), distance_(size + 704) {
    const std::size_t bytes = (count * distance_ + 63) / 64 * 64;
    memory_.reset(static_cast<std::byte*>(std::aligned_alloc(64, bytes)));
    for (std::size_t i = 0; i < bytes; ++i) memory_[i] = static_cast<std::byte>(i * 31 + i / 251);
    for (std::size_t i = 0; i < count; ++i) {
      writable.emplace_back(memory_.get() + i * distance_, size_);
      readable.emplace_back(writable.back());
      raw.push_back(reinterpret_cast<unsigned char*>(writable.back().data()));
    }
  }

  std::vector<Code::MutableBlock> writable;
  std::vector<Code::Block> readable;
  std::vector<unsigned char*> raw;

 private:
  struct Free {
    void operator()(std::byte* p) const { std::free(p); }
  };
  std::size_t size_, distance_;
  std::unique_ptr<std::byte[], Free> memory_;
};

template <class Work>
double seconds_of(const Work& work) {
  const auto start = Clock::now();
  work();
  benchmark::ClobberMemory();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

constexpr int k = 10;
constexpr int m = 4;

// Both sides in turn, the first alternating; the ratio is between the medians of their times.
void encode_against_isal(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const ReedSolomon code(k, m);
  const Blocks blocks(k + m, size);
  std::vector<unsigned char> matrix(static_cast<std::size_t>(k) * (k + m));
  std::vector<unsigned char> tables(static_cast<std::size_t>(32 * k * m));
  gf_gen_cauchy1_matrix(matrix.data(), k + m, k);
  ec_init_tables(k, m, matrix.data() + std::ptrdiff_t{k} * k, tables.data());
  auto raw = blocks.raw;
  const auto ours = [&] {
    code.encode(std::span(blocks.readable).first(k), std::span(blocks.writable).subspan(k));
  };
  const auto direct = [&] {
    ec_encode_data(static_cast<int>(size), k, m, tables.data(), raw.data(), raw.data() + k);
  };
  std::vector<double> ours_s;
  std::vector<double> direct_s;
  bool ours_first = true;
  for (auto _ : state) {
    if (ours_first) ours_s.push_back(seconds_of(ours));
    direct_s.push_back(seconds_of(direct));
    if (!ours_first) ours_s.push_back(seconds_of(ours));
    ours_first = !ours_first;
  }
  const double data_gb = static_cast<double>(k * size) * 1e-9;
  state.counters["ours_GB/s"] = data_gb / median(ours_s);
  state.counters["isal_GB/s"] = data_gb / median(direct_s);
  state.counters["ratio"] = median(direct_s) / median(ours_s);
}
BENCHMARK(encode_against_isal)->Arg(64 << 10)->Arg(1 << 20)->MinTime(2)->Repetitions(3);

void decode_four_lost(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const ReedSolomon code(k, m);
  const Blocks blocks(k + m, size);
  const ShardSet erased(0b101101);
  for (auto _ : state) benchmark::DoNotOptimize(code.decode(blocks.writable, erased));
  state.SetBytesProcessed(static_cast<std::int64_t>(k * size) * state.iterations());
}
BENCHMARK(decode_four_lost)->Arg(4 << 10)->Arg(64 << 10)->Arg(1 << 20);

void rebuild_one(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const ReedSolomon code(k, m);
  Blocks blocks(k + m, size);
  const ShardSet reads(0b11111111110);
  for (auto _ : state) {
    benchmark::DoNotOptimize(code.rebuild(0, reads, blocks.readable, blocks.writable[0]));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(k * size) * state.iterations());
}
BENCHMARK(rebuild_one)->Arg(4 << 10)->Arg(64 << 10)->Arg(1 << 20);

void judge_pattern(benchmark::State& state) {
  const ReedSolomon code(k, m);
  const ShardSet erased(0b10000000101);
  for (auto _ : state) benchmark::DoNotOptimize(code.recoverable(erased));
}
BENCHMARK(judge_pattern);

void judge_pattern_by_rank(benchmark::State& state) {
  const ReedSolomon code(k, m);
  const ShardSet erased(0b10000000101);
  for (auto _ : state) benchmark::DoNotOptimize(code.LinearCode::recoverable(erased));
}
BENCHMARK(judge_pattern_by_rank);

void crc32c(benchmark::State& state) {
  const Blocks blocks(1, static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(models::integrity::crc32c(blocks.readable[0]));
  }
  state.SetBytesProcessed(state.range(0) * state.iterations());
}
BENCHMARK(crc32c)->Arg(64 << 10)->Arg(1 << 20);

void crc32c_combine(benchmark::State& state) {
  std::uint32_t crc = 1;
  for (auto _ : state) {
    crc = models::integrity::crc32c_combine(crc, 0x12345678U, 0xffffffffU);
    benchmark::DoNotOptimize(crc);
  }
}
BENCHMARK(crc32c_combine);

}  // namespace
