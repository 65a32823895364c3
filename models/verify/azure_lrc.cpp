// Huang et al.: 400 nodes of 16 TB; a first failure is repaired by a tenth of 1 Gbit/s of all
// others, further ones in the 30 minutes it takes to detect them. The node's life of 5 years is not
// stated: it is the one simple choice that gives all three rows.
#include <array>
#include <bit>
#include <memory>

#include "models/analytic/chain.h"
#include "models/codes/code.h"
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

std::unique_ptr<const codes::Code> lrc_6_2_2() {
  return codes::make_code({"lrc", {{"data", 6}, {"local_parity", 2}, {"global_parity", 2}}});
}

/// Share of the patterns of four erasures that the code itself recovers.
double decodable_of_four() {
  const auto code = lrc_6_2_2();
  const auto shards = static_cast<unsigned>(code->shape().total());
  int all = 0;
  int good = 0;
  for (unsigned erased = 0; erased < 1U << shards; ++erased) {
    if (std::popcount(erased) != 4) continue;
    ++all;
    good += code->recoverable(codes::ShardSet{erased}) ? 1 : 0;
  }
  return static_cast<double>(good) / all;
}

/// Reads to rebuild a single lost shard, on average over the shards.
double mean_repair_reads() {
  const auto code = lrc_6_2_2();
  const int shards = code->shape().total();
  int reads = 0;
  for (int lost = 0; lost < shards; ++lost) {
    codes::ShardSet erased;
    erased.set(static_cast<std::size_t>(lost));
    reads += code->repair_plan(erased, lost)->reads();
  }
  return static_cast<double>(reads) / shards;
}

double lrc_mttf_years() {
  constexpr int fragments = 10;
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
         .reading = "all 210 patterns tried on the code: 180",
         .analytic = decodable_of_four},
    Case{.id = "azure-lrc/repair-reads",
         .title = "mean reads to rebuild a fragment of LRC(6,2,2)",
         .source = source,
         .unit = "reads",
         .published = "3.6",
         .reading = "the code's repair plans: data and local parities read 3, global ones 6",
         .analytic = mean_repair_reads},
};

}  // namespace

std::span<const Case> azure_lrc_cases() { return cases; }

}  // namespace models::verify
