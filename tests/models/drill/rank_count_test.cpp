// What the drill calls lost is the code's own judgement: here it is held against a count that does
// not ask the code, on all patterns.
#include "tests/models/drill/rank_count.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/codes/slots.h"

namespace models::drill {
namespace {

codes::ShardSet pattern(std::uint32_t bits) { return {bits}; }

/// Calls check(code, pattern, by rank) for every pattern of every code.
template <class Check>
void on_every_pattern(const std::vector<codes::CodeSpec>& specs, const Check& check) {
  for (const codes::CodeSpec& spec : specs) {
    const auto code = codes::make_code(spec);
    const RankCount rank(*code);
    const auto all = std::uint32_t{1} << static_cast<unsigned>(code->shape().total());
    for (std::uint32_t bits = 0; bits < all; ++bits) {
      check(*code, pattern(bits), rank.recoverable(pattern(bits)));
    }
  }
}

TEST(RankCount, AgreesWithEveryPlainCodeOnEveryPattern) {
  on_every_pattern({{"reed-solomon", {{"data", 4}, {"parity", 2}}},
                    {"reed-solomon", {{"data", 6}, {"parity", 3}}},
                    {"replication", {{"copies", 3}}},
                    {"lrc", {{"data", 6}, {"local_parity", 2}, {"global_parity", 2}}}},
                   [](const codes::Code& code, const codes::ShardSet& erased, bool by_rank) {
                     ASSERT_EQ(by_rank, code.recoverable(erased)) << code.name() << " " << erased;
                   });
}

/// An array that its inner code cannot recover is lost as a whole: what its disks still hold does
/// not fill the gaps of another array, although the rank would allow it.
TEST(RankCount, ACodeOverArraysPromisesNothingThatTheRankDoesNot) {
  const codes::CodeSpec rs21{"reed-solomon", {{"data", 2}, {"parity", 1}}};
  const codes::CodeSpec rs31{"reed-solomon", {{"data", 3}, {"parity", 1}}};
  int stricter = 0;
  on_every_pattern({{"mirror", {{"copies", 2}}, {rs31}}, {"nested", {}, {rs31, rs21}}},
                   [&](const codes::Code& code, const codes::ShardSet& erased, bool by_rank) {
                     ASSERT_TRUE(by_rank || !code.recoverable(erased)) << code.name() << erased;
                     stricter += by_rank && !code.recoverable(erased) ? 1 : 0;
                   });
  EXPECT_GT(stricter, 0);
}

TEST(RankCount, CountsWhatAPlainSumCanBear) {
  const auto code = codes::make_code({"reed-solomon", {{"data", 3}, {"parity", 1}}});
  const RankCount rank(*code);
  for (std::uint32_t bits = 0; bits < 16; ++bits) {
    EXPECT_EQ(rank.recoverable(pattern(bits)), pattern(bits).count() <= 1);
  }
}

}  // namespace
}  // namespace models::drill
