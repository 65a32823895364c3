#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace models::codes {

/// One measured speed, by processor time: several threads count together. The rate is of user
/// bytes: k blocks for each stripe encoded, decoded or read for a repair; for the limits, of the
/// bytes read.
struct Measured {
  std::string kernel;   ///< "ISA-L", "SIMD", "scalar tables", "copy", "memory"
  std::string code;     ///< "RS 10+4"; empty for a limit
  std::string work;     ///< "encode", "decode 2", "repair", "copy", "xor of 10"
  int word_bits{};      ///< 0 where there is no field
  std::size_t block{};  ///< bytes of a shard
  std::size_t file{};   ///< user bytes gone through again and again
  int threads{};
  double gb_per_s{};  ///< median of the repetitions
  double low{};       ///< slowest and ...
  double high{};      ///< ... fastest repetition
};

struct MeasureOptions {
  int threads{0};             ///< of the runs with several; 0: as many as the machine has
  double seconds_each{0.02};  ///< processor time of a thread for one repetition
  int repetitions{5};
  std::size_t large_file{std::size_t{64} << 20U};  ///< bytes: larger than the caches
  std::size_t small_file{std::size_t{1} << 20U};   ///< within them
  std::stop_token stop{};                          ///< no further line is measured then
};

/// Copies and sums of memory as limits; encode, decode of 1 to m losses and repair of replication,
/// Reed-Solomon and LRC through the codes of the product (ISA-L); and the study of word sizes.
/// `measured` is told each line as it comes.
std::vector<Measured> measure_codes(const MeasureOptions& options,
                                    const std::function<void(const Measured&)>& measured = {});

/// The word sizes that are fastest by kernel family, and how far the fastest is ahead.
struct WordVerdict {
  std::string family;
  std::size_t block{};
  std::size_t file{};
  int best_word_bits{};
  double ahead{};  ///< its rate over that of the next best word size
};
std::vector<WordVerdict> word_verdicts(const std::vector<Measured>& measured);

}  // namespace models::codes
