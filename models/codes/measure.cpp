#include "models/codes/measure.h"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <memory>
#include <new>
#include <span>

#include "models/codes/lrc.h"
#include "models/codes/reed_solomon.h"
#include "models/codes/replication.h"
#include "models/codes/slots.h"
#include "models/codes/word_encoder.h"

namespace models::codes {
namespace {

/// Memory of one thread for stripes, used again by one measurement after another. Blocks are
/// aligned and stand some cache lines off a power of two from one another, or they would fall into
/// the same cache sets.
class Arena {
 public:
  /// Blocks by stripe. Those of an earlier call are void.
  std::vector<std::vector<Code::MutableBlock>> stripes(std::size_t count, std::size_t width,
                                                       std::size_t block) {
    const std::size_t distance = block + 704;
    reserve((count * width * distance + 63) / 64 * 64);
    std::vector<std::vector<Code::MutableBlock>> result(count);
    for (std::size_t i = 0; i < count * width; ++i) {
      result[i / width].emplace_back(memory_.get() + i * distance, block);
    }
    return result;
  }

 private:
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  void reserve(std::size_t bytes) {
    if (bytes <= bytes_) return;
    memory_.reset(static_cast<std::byte*>(std::aligned_alloc(64, bytes)));
    if (!memory_) throw std::bad_alloc();
    bytes_ = bytes;
    for (std::size_t i = 0; i < bytes; ++i) memory_[i] = static_cast<std::byte>(i * 31 + i / 251);
  }

  std::size_t bytes_{};
  std::unique_ptr<std::byte[], Free> memory_;
};

/// One stripe's blocks, made ready before the clock runs.
struct Bench {
  std::vector<Code::MutableBlock> writable;
  std::vector<Code::Block> readable;
};
using Work = std::function<void(const Bench&)>;

double thread_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Bytes a second of `work` over the stripes of every thread in turn, by the processor time of each
/// thread: what else the machine does meanwhile does not count.
double rate(const std::vector<std::vector<Bench>>& by_thread, std::size_t bytes_each,
            double seconds, const Work& work) {
  const auto threads = static_cast<int>(by_thread.size());
  // The clock is asked so seldom that it costs nothing.
  constexpr std::size_t between_looks = std::size_t{1} << 18U;
  const std::size_t at_once = between_looks / bytes_each + 1;
  std::vector<double> rates(by_thread.size());
#pragma omp parallel num_threads(threads)
  {
    const auto own = static_cast<std::size_t>(omp_get_thread_num());
    const std::vector<Bench>& benches = by_thread[own];
    const double start = thread_seconds();
    std::size_t stripes = 0;
    double took = 0;
    do {
      for (std::size_t i = 0; i < at_once; ++i) work(benches[stripes++ % benches.size()]);
      took = thread_seconds() - start;
    } while (took < seconds);
    rates[own] = static_cast<double>(stripes * bytes_each) / took;
  }
  double sum = 0;
  for (const double each : rates) sum += each;
  return sum;
}

class Measurer {
 public:
  Measurer(const MeasureOptions& options, const std::function<void(const Measured&)>& told)
      : options_(options), told_(told) {}

  /// `like` has all but the rates. @param bytes  that count, of one stripe
  void measure(Measured like, std::size_t width, std::size_t bytes, const Work& work) {
    if (options_.stop.stop_requested()) return;
    const std::size_t stripes = std::max<std::size_t>(1, like.file / bytes);
    std::vector<std::vector<Bench>> by_thread;
    arenas_.resize(std::max(arenas_.size(), static_cast<std::size_t>(like.threads)));
    for (int thread = 0; thread < like.threads; ++thread) {
      std::vector<Bench> own;
      for (auto& blocks :
           arenas_[static_cast<std::size_t>(thread)].stripes(stripes, width, like.block)) {
        Bench bench{std::move(blocks), {}};
        bench.readable.assign(bench.writable.begin(), bench.writable.end());
        own.push_back(std::move(bench));
      }
      by_thread.push_back(std::move(own));
    }
    std::vector<double> rates;
    rate(by_thread, bytes, 0, work);  // pages and caches are warm before it counts
    for (int i = 0; i < options_.repetitions; ++i) {
      rates.push_back(rate(by_thread, bytes, options_.seconds_each, work) * 1e-9);
    }
    std::ranges::sort(rates);
    like.gb_per_s = rates[rates.size() / 2];
    like.low = rates.front();
    like.high = rates.back();
    if (told_) told_(like);
    result_.push_back(std::move(like));
  }

  std::vector<Measured> take() { return std::move(result_); }

 private:
  const MeasureOptions& options_;
  const std::function<void(const Measured&)>& told_;
  std::vector<Arena> arenas_;  ///< by thread
  std::vector<Measured> result_;
};

constexpr std::size_t kib = 1024;
constexpr std::size_t mib = 1024 * kib;

void measure_limits(Measurer& measurer, std::size_t file, int threads) {
  constexpr std::size_t block = mib;
  measurer.measure({"copy", "", "copy", 0, block, file, threads}, 2, block, [](const Bench& bench) {
    std::memcpy(bench.writable[1].data(), bench.writable[0].data(), bench.writable[0].size());
  });
  // What any parity has to do at least: read all data, write one sum.
  const Lrc sum(10, 1, 0);
  measurer.measure({"ISA-L", "", "xor of 10", 0, block, file, threads}, 11, 10 * block,
                   [&sum](const Bench& bench) {
                     sum.encode(std::span(bench.readable).first(10),
                                std::span(bench.writable).subspan(10));
                   });
}

void measure_code(Measurer& measurer, const Code& code, std::size_t block, std::size_t file,
                  int threads) {
  const auto data = static_cast<std::size_t>(code.shape().data);
  const auto width = static_cast<std::size_t>(code.shape().total());
  const auto like = [&](std::string work) {
    return Measured{"ISA-L", code.name(), std::move(work), 8, block, file, threads};
  };
  measurer.measure(like("encode"), width, data * block, [&](const Bench& bench) {
    code.encode(std::span(bench.readable).first(data), std::span(bench.writable).subspan(data));
  });
  for (int lost = 1; lost <= code.tolerance(); ++lost) {
    const ShardSet erased = first_slots(lost);
    measurer.measure(like(fmt::format("decode {}", lost)), width, data * block,
                     [&](const Bench& bench) {
                       if (!code.decode(bench.writable, erased)) std::abort();
                     });
  }
  const RepairPlan plan = code.repair_plan(first_slots(1), 0).value();
  ShardSet reads = plan.required;
  for (const std::size_t slot : slots_of(plan.any_of)) {
    if (reads.count() < static_cast<std::size_t>(plan.reads())) reads.set(slot);
  }
  measurer.measure(like("repair"), width, reads.count() * block, [&](const Bench& bench) {
    if (!code.rebuild(0, reads, bench.readable, bench.writable[0])) std::abort();
  });
}

/// RS 6+3, encoded by word size, kernel family, block and file size.
void measure_words(Measurer& measurer, const MeasureOptions& options) {
  constexpr std::size_t data = 6;
  constexpr std::size_t parity = 3;
  for (const KernelFamily family : {KernelFamily::simd, KernelFamily::scalar}) {
    for (const int word_bits : {8, 16, 32}) {
      const WordEncoder encoder(data, parity, word_bits, family);
      for (const std::size_t file : {options.small_file, options.large_file}) {
        for (std::size_t block = 4 * kib; block <= 4 * mib && block * data <= 2 * file;
             block *= 4) {
          measurer.measure(
              {std::string{to_string(family)}, "RS 6+3", "encode", word_bits, block, file, 1},
              data + parity, data * block, [&](const Bench& bench) {
                encoder.encode(std::span(bench.readable).first(data),
                               std::span(bench.writable).subspan(data));
              });
        }
      }
    }
  }
}

}  // namespace

std::vector<Measured> measure_codes(const MeasureOptions& options,
                                    const std::function<void(const Measured&)>& measured) {
  Measurer measurer(options, measured);
  const int all = options.threads > 0 ? options.threads : omp_get_max_threads();
  std::vector<int> threads{1};
  if (all > 1) threads.push_back(all);
  std::vector<std::unique_ptr<const Code>> codes;
  codes.push_back(std::make_unique<Replication>(3));
  codes.push_back(std::make_unique<ReedSolomon>(2, 1));
  codes.push_back(std::make_unique<ReedSolomon>(6, 3));
  codes.push_back(std::make_unique<ReedSolomon>(10, 4));
  codes.push_back(std::make_unique<ReedSolomon>(17, 3));
  codes.push_back(std::make_unique<Lrc>(12, 2, 2));
  for (const int count : threads) {
    measure_limits(measurer, options.large_file, count);
    for (const auto& code : codes) {
      for (const std::size_t block : {64 * kib, mib})
        measure_code(measurer, *code, block, options.large_file, count);
    }
  }
  measure_words(measurer, options);
  return measurer.take();
}

std::vector<WordVerdict> word_verdicts(const std::vector<Measured>& measured) {
  std::vector<WordVerdict> verdicts;
  for (const KernelFamily family : {KernelFamily::simd, KernelFamily::scalar}) {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<const Measured*>> by_size;
    for (const Measured& each : measured) {
      if (each.kernel == to_string(family)) by_size[{each.file, each.block}].push_back(&each);
    }
    for (auto& [size, words] : by_size) {
      std::ranges::sort(words, std::greater{}, &Measured::gb_per_s);
      if (words.size() < 2) continue;  // interrupted
      verdicts.push_back({std::string{to_string(family)}, size.second, size.first,
                          words[0]->word_bits, words[0]->gb_per_s / words[1]->gb_per_s});
    }
  }
  return verdicts;
}

}  // namespace models::codes
