#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/policy/cold_data_scan.h"
#include "models/scenario/lifecycle_values.h"
#include "models/units.h"
#include "sim/random.h"

namespace models::lifecycle {

/// What the life of files under the scan rests on.
struct ColdArchive {
  scenario::ColdFiles files;
  scenario::CodingServer server;
  Bytes stock{};           ///< user bytes at the start
  double objects{};        ///< files at the start
  double hot_overhead{1};  ///< stored bytes per user byte
  double cold_overhead{1};
  std::uint32_t sample{1500};  ///< files at the start that are played; each stands for many
};

/// One year of one mission. Times are averages over the year.
struct ColdYear {
  double cold_share{};  ///< of user bytes
  Bytes user{};         ///< bytes kept
  Bytes stored{};       ///< with redundancy, both forms of what is on the way
  Bytes waiting{};      ///< judged cold and not yet moved
  double converted{};   ///< files
  double reheated{};
  double both_forms_s{};  ///< file-seconds in which both forms were there
  double busy_share{};    ///< of the coding server
};

/// Seconds of the coding server for a file: it is read once, written and read back in the new form.
/// @param overhead  stored bytes per user byte of the new form
Seconds conversion_time(Bytes file, double overhead, BytesPerSecond server);

/// Plays the file table over the horizon: files are read at random, the scan of each period asks
/// ColdDataScan, the coding server works off what it releases unless it is away. One entry a year.
std::vector<ColdYear> play_cold_archive(const ColdArchive& archive, std::uint64_t seed,
                                        std::uint64_t replicate);

}  // namespace models::lifecycle
