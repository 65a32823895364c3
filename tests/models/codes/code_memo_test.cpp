#include "models/codes/code_memo.h"

#include <gtest/gtest.h>

#include "sim/random.h"

namespace models::codes {
namespace {

// More patterns than it keeps, each asked for again and again.
TEST(CodeMemo, AnswersAsTheCodeDoes) {
  const CodeSpec mirror{
      "mirror", {{"copies", 2}}, {{"reed-solomon", {{"data", 6}, {"parity", 2}}}}};
  const auto code = make_code(mirror);
  CodeMemo memo(*code);
  sim::Stream stream(3, sim::Purpose::test);
  for (int i = 0; i < 20000; ++i) {
    ShardSet erased;
    for (std::size_t slot = 0; slot < 16; ++slot) erased.set(slot, stream.uniform() < 0.3);
    EXPECT_EQ(memo.recoverable(erased), code->recoverable(erased)) << erased;
    const auto target = static_cast<int>(stream.below(16));
    erased.set(static_cast<std::size_t>(target));
    const auto plan = code->repair_plan(erased, target);
    const auto& kept = memo.repair_plan(erased, target);
    ASSERT_EQ(kept.has_value(), plan.has_value()) << erased;
    if (!plan) continue;
    EXPECT_EQ(kept->required, plan->required);
    EXPECT_EQ(kept->any_of, plan->any_of);
    EXPECT_EQ(kept->any_count, plan->any_count);
  }
}

}  // namespace
}  // namespace models::codes
