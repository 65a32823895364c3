// Sathiamoorthy et al.: 3000 nodes of 4 years hold 30 PB in blocks of 256 MB; one block at a time
// is repaired over 1 Gbit/s. Five digits of the first row need PB = 1024 TB and MB = 10^6 bytes.
#include <array>

#include "models/analytic/chain.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

constexpr std::string_view source =
    "Sathiamoorthy et al.: XORing Elephants, VLDB 2013, Table 1 (MTTDL)";
constexpr std::string_view reading =
    "chain of a stripe, serial repair, over the number of stripes; days; PB = 1024 TB, MB = 10^6 B";
constexpr double block = 256e6;
constexpr double node_loss = 1 / (4 * 365.0);             // a day
constexpr double block_repair = 1e9 / 8 / block * 86400;  // of one block that is read once, a day

struct Layout {
  int blocks{};
  int tolerated{};
  double data_blocks{};  ///< what divides the stored bytes into stripes
  double reads{};        ///< blocks read to repair one
};

double mttdl_days(const Layout& layout) {
  const double stripes = 30 * 1024e12 / (layout.data_blocks * block);
  const auto chain = analytic::k_of_n(layout.blocks, layout.tolerated, node_loss,
                                      block_repair / layout.reads, analytic::Repair::serial);
  return analytic::birth_death_mean_time(chain) / stripes;
}

constexpr std::array cases{
    Case{.id = "xoring-elephants/three-copies",
         .title = "three copies",
         .source = source,
         .unit = "days",
         .published = "2.3079e10",
         .reading = reading,
         .analytic =
             [] {
               return mttdl_days({3, 2, 3, 1});
             },
         .remark = "with PB = 10^15 B it is 2.3633e10, with PiB and MiB 2.0018e10"},
    Case{.id = "xoring-elephants/rs-10-4",
         .title = "RS 10+4",
         .source = source,
         .unit = "days",
         .published = "3.3118e13",
         .reading = reading,
         .analytic =
             [] {
               return mttdl_days({14, 4, 10, 10});
             },
         .remark = "loss after five erasures, ten reads a repair, as the article says; loss after "
                   "four gives 1.2e12. Its repair rates from the second erasure on are not stated"},
    Case{.id = "xoring-elephants/lrc-10-6-5",
         .title = "LRC of 10 data blocks and 6 parities, any four erasures repairable",
         .source = source,
         .unit = "days",
         .published = "1.2180e15",
         .reading = reading,
         .analytic =
             [] {
               return mttdl_days({16, 4, 10, 5});
             },
         .remark = "loss after five erasures, every repair local (5 reads); its mixture of local "
                   "and global repairs is not stated"},
};

}  // namespace

std::span<const Case> xoring_elephants_cases() { return cases; }

}  // namespace models::verify
