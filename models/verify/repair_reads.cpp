// What a repair reads, by code.
#include <algorithm>
#include <array>

#include "models/analytic/closed_forms.h"
#include "models/codes/code.h"
#include "models/verify/families.h"

namespace models::verify {

namespace {

/// Most that any single lost data shard reads, by the repair plans of the code itself.
double most_reads(const codes::CodeSpec& spec) {
  const auto code = codes::make_code(spec);
  int most = 0;
  for (int lost = 0; lost < code->shape().data; ++lost) {
    codes::ShardSet erased;
    erased.set(static_cast<std::size_t>(lost));
    most = std::max(most, code->repair_plan(erased, lost)->reads());
  }
  return most;
}

constexpr std::array cases{
    Case{.id = "repair-reads/rs-10-4",
         .title = "blocks read to repair one, RS 10+4",
         .source = "Sathiamoorthy et al.: XORing Elephants, VLDB 2013",
         .unit = "blocks",
         .published = "10",
         .reading = "the code's own repair plans, the largest of its data blocks",
         .analytic =
             [] {
               return most_reads({"reed-solomon", {{"data", 10}, {"parity", 4}}});
             }},
    Case{
        .id = "repair-reads/lrc-10-6-5",
        .title = "the same, LRC of 10 data blocks in two local groups",
        .source = "Sathiamoorthy et al.: XORing Elephants, VLDB 2013",
        .unit = "blocks",
        .published = "5",
        .reading = "LRC(10,2,4) of this tree: the local part of that code",
        .analytic =
            [] {
              return most_reads({"lrc", {{"data", 10}, {"local_parity", 2}, {"global_parity", 4}}});
            }},
    Case{.id = "repair-reads/hitchhiker-10-4",
         .title = "share read for a data block, Hitchhiker-XOR+ 10+4",
         .source = "Rashmi et al.: A Hitchhiker's Guide, SIGCOMM 2014 (35 % less)",
         .unit = "share",
         .published = "0.65",
         .reading = "(k + group) half blocks of 2k, a block in a group of three",
         .analytic = [] { return (10.0 + 3) / (2 * 10); }},
    Case{
        .id = "repair-reads/msr-10-4",
        .title = "the same, minimum-storage regenerating code, 13 helpers",
        .source = "Dimakis et al.: Network Coding for Distributed Storage, IEEE Trans. IT 56, 2010",
        .unit = "share",
        .published = "0.325",
        .reading = "d / (k (d - k + 1))",
        .analytic = [] { return analytic::msr_repair_share(10, 13); }},
};

}  // namespace

std::span<const Case> repair_reads_cases() { return cases; }

}  // namespace models::verify
