// Huang et al.: 400 nodes of 16 TB; a first failure is repaired by a tenth of 1 Gbit/s of all
// others, further ones in the 30 minutes it takes to detect them. The node's life of 5 years is not
// stated: it is the one simple choice that gives all three rows.
#include <algorithm>
#include <array>
#include <bit>

#include "models/analytic/chain.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view source =
    "Huang et al.: Erasure Coding in Windows Azure Storage, USENIX ATC 2012";
constexpr std::string_view reading =
    "chain of a stripe, nodes of 5 years (not stated), first repair as of one copy, TB = 1024 GB";
constexpr double year_s = 365 * 86400.0;
constexpr double node_loss = 1.0 / 5;  // a year
constexpr double detection = year_s / (30 * 60);
constexpr double first_repair = 0.1 * (400 - 1) * 1e9 / (16 * 1024e9 * 8) * year_s;

double mttf_years(int shards, int tolerated, double reads) {
  auto chain = analytic::k_of_n(shards, tolerated, node_loss, detection, analytic::Repair::serial);
  chain.down[1] = first_repair / reads;
  return analytic::birth_death_mean_time(chain);
}

/// LRC(6,2,2) in the article's notation: two groups of three data fragments and their parity, two
/// global parities. Decodable as far as the counts allow (maximally recoverable): what a group
/// misses beyond one, and missing global parities, must not exceed two.
constexpr int fragments = 10;
bool decodable(unsigned erased) {
  const int first = std::popcount(erased & 0b1111U);
  const int second = std::popcount(erased & 0b1111'0000U);
  const int global = std::popcount(erased >> 8U);
  return std::max(0, first - 1) + std::max(0, second - 1) + global <= 2;
}

/// Share of the patterns of four erasures that can be decoded.
double decodable_of_four() {
  int all = 0;
  int good = 0;
  for (unsigned erased = 0; erased < 1U << fragments; ++erased) {
    if (std::popcount(erased) != 4) continue;
    ++all;
    good += decodable(erased) ? 1 : 0;
  }
  return static_cast<double>(good) / all;
}

double lrc_mttf_years() {
  constexpr Eigen::Index states = 5;  // erasures
  analytic::AbsorbingChain chain{Eigen::MatrixXd::Zero(states, states),
                                 Eigen::VectorXd::Zero(states)};
  const double survives = decodable_of_four();
  for (Eigen::Index i = 0; i < states; ++i) {
    const double loss = static_cast<double>(fragments - i) * node_loss;
    const double stays = i < 3 ? 1 : i == 3 ? survives : 0;
    if (i + 1 < states) chain.rates(i, i + 1) = loss * stays;
    chain.absorb(i) = i < 3 ? 0 : loss * (1 - stays);
    if (i > 0) chain.rates(i, i - 1) = i == 1 ? first_repair : detection;
  }
  return analytic::mean_time(chain);
}

/// Reads to rebuild each of the ten fragments: three for data and local parities, six for global
/// ones.
double mean_repair_reads() { return (6 * 3 + 2 * 3 + 2 * 6) / 10.0; }

constexpr std::array cases{
    Case{.id = "azure-lrc/three-copies",
         .title = "MTTF of three copies (Table 1)",
         .source = source,
         .unit = "years",
         .published = "3.5e9",
         .reading = reading,
         .analytic = [] { return mttf_years(3, 2, 1); }},
    Case{.id = "azure-lrc/rs-6-3",
         .title = "MTTF of RS 6+3 (Table 1)",
         .source = source,
         .unit = "years",
         .published = "6.1e11",
         .reading = reading,
         .analytic = [] { return mttf_years(9, 3, 1); }},
    Case{.id = "azure-lrc/rs-6-3-as-stated",
         .title = "the same with the repair rate as the text defines it",
         .source = source,
         .unit = "years",
         .published = "6.1e11",
         .reading = "the same chain, first repair slowed by the six fragments it reads",
         .analytic = [] { return mttf_years(9, 3, 6); },
         .remark = "the text defines the rate as eps (M-1) B / (S C); the printed rows fit only "
                   "without the number of reads C"},
    Case{.id = "azure-lrc/lrc-6-2-2",
         .title = "MTTF of LRC(6,2,2), 6 data and 4 parities (Table 1)",
         .source = source,
         .unit = "years",
         .published = "2.6e12",
         .reading = reading,
         .analytic = lrc_mttf_years},
    Case{.id = "azure-lrc/decodable",
         .title = "share of 4-erasure patterns that LRC(6,2,2) decodes",
         .source = source,
         .unit = "share",
         .published = "0.86",
         .reading = "all 210 patterns, maximally recoverable: 180",
         .analytic = decodable_of_four},
    Case{.id = "azure-lrc/repair-reads",
         .title = "mean reads to rebuild a fragment of LRC(6,2,2)",
         .source = source,
         .unit = "reads",
         .published = "3.6",
         .reading = "six data and two local parities read 3, two global parities 6",
         .analytic = mean_repair_reads},
};

}  // namespace

std::span<const Case> azure_lrc_cases() { return cases; }

}  // namespace models::verify
