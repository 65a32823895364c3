#include "gui/stripe.h"

#include "tests/gui/window_fixture.h"

namespace gui {
namespace {

const models::codes::CodeSpec six_and_three{"reed-solomon", {{"data", 6}, {"parity", 3}}};

TEST(Stripe, AnyThreeOfNineAreGivenBackAndAFourthIsTooMany) {
  Stripe stripe{six_and_three};
  const std::string bytes = "every byte counts, the last as well";
  stripe.fill(bytes);
  for (const int slot : {0, 4, 8}) stripe.destroy(slot);
  EXPECT_EQ(stripe.read(), bytes);
  stripe.destroy(2);
  EXPECT_FALSE(stripe.recoverable());
  EXPECT_FALSE(stripe.read());
  EXPECT_FALSE(stripe.decode());
}

TEST(Stripe, ARebuiltShardHoldsWhatItHeld) {
  for (const auto& spec :
       {six_and_three, models::codes::CodeSpec{"replication", {{"copies", 3}}}}) {
    Stripe stripe{spec};
    stripe.fill("some bytes to keep");
    stripe.destroy(0);
    stripe.destroy(2);
    const auto plan = stripe.plan(2);
    ASSERT_TRUE(plan);
    EXPECT_EQ(stripe.reads(*plan).count(), static_cast<std::size_t>(plan->reads()));
    EXPECT_TRUE(stripe.rebuild(2));
    EXPECT_TRUE(stripe.rebuild(0));
    EXPECT_TRUE(stripe.as_stored());
  }
}

TEST(Stripe, AnLrcReadsOneGroupForOneLoss) {
  Stripe stripe{{"lrc", {{"data", 12}, {"local_parity", 2}, {"global_parity", 2}}}};
  stripe.fill("twelve shards of data");
  stripe.destroy(3);
  EXPECT_EQ(stripe.plan(3)->reads(), 6);
}

TEST_F(Window, AShardIsDestroyedByAClickAndRebuiltByTheNext) {
  panel("stripe");
  auto* shard = find<QAbstractButton>("shard 1");
  QTest::mouseClick(shard, Qt::LeftButton);
  EXPECT_EQ(find<QTreeWidget>("stripe plans")->topLevelItemCount(), 1);
  EXPECT_THAT(find<QLabel>("stripe verdict")->text().toStdString(),
              ::testing::HasSubstr("shards are gone: the rest gives back every byte"));
  shard->setFocus();
  QTest::keyClick(shard, Qt::Key_Space);
  EXPECT_EQ(find<QTreeWidget>("stripe plans")->topLevelItemCount(), 0);
}

}  // namespace
}  // namespace gui
