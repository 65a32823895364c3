// The page of a replay says what its text and JSON say of placements and resampled records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/chinese.h"
#include "reports/provenance.h"
#include "reports/replay_text.h"

namespace reports {
namespace {

using models::replay::Blocks;
using models::replay::Figure;
using models::replay::Replay;
using models::replay::Resampled;
using models::replay::StrategyReplay;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<Figure> figures(double lost) {
  return {{"loss_probability", "loses data", "share",
           sim::Estimate::exact(lost, sim::Method::direct, "replay")}};
}

StrategyReplay strategy(const char* name) {
  StrategyReplay one;
  one.name = name;
  one.tolerance = 2;
  one.placements = 20;
  one.placements_with = {0, 20};
  one.figures = figures(0);
  return one;
}

Replay replay() {
  Replay result;
  result.scenario = "plant";
  result.strategies = {strategy("arrays"), strategy("scattered")};
  return result;
}

std::string page_of(const Replay& result) {
  return replay_html(result, {.command = "holdfast replay", .seed = 1}, Language::english);
}

TEST(ReplayPage, SaysWhichStrategiesHaveOnePlacement) {
  Replay result = replay();
  EXPECT_THAT(page_of(result), Not(HasSubstr("One placement")));
  result.strategies[0].one_placement = true;
  const std::string page = page_of(result);
  EXPECT_THAT(page, HasSubstr("One placement, so played once, without an interval: arrays<"));
  EXPECT_THAT(page, HasSubstr("仅有一种布局"));
}

TEST(ReplayPage, ShowsTheFiguresOverResampledRecords) {
  Replay result = replay();
  EXPECT_THAT(page_of(result), Not(HasSubstr("other records")));
  // One strategy was interrupted before its records were played.
  result.strategies[1].resampled = Resampled{Blocks::weeks, 200, figures(0.125)};
  const std::string page = page_of(result);
  EXPECT_THAT(page, HasSubstr("Over other records of this kind"));
  EXPECT_THAT(page, HasSubstr("200 records, each of blocks of four weeks of this one"));
  EXPECT_THAT(page, HasSubstr("12.5 %"));
  result.strategies[1].resampled->blocks = Blocks::machines;
  EXPECT_THAT(page_of(result), HasSubstr("each of the machines of this one"));
}

}  // namespace
}  // namespace reports
