#include "reports/figure/drawing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/fleet/results.h"
#include "reports/figure/axis.h"
#include "reports/figure/result_figures.h"

namespace reports::figure {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

models::fleet::StrategyResult strategy(std::string name, double nines, double cost) {
  models::fleet::StrategyResult result;
  result.name = std::move(name);
  const auto exact = [](double value) {
    return sim::Estimate::exact(value, sim::Method::arithmetic, "test");
  };
  result.metrics = {{.id = "durability_nines", .estimate = exact(nines), .analytic = {}},
                    {.id = "cost_per_usable_tb_year", .estimate = exact(cost), .analytic = {}}};
  return result;
}

models::fleet::Results three() {
  models::fleet::Results results;
  results.strategies = {strategy("safe", 12, 90), strategy("cheap <b>", 8, 40),
                        strategy("beaten", 7, 50)};
  return results;
}

TEST(Drawing, TheParetoFrontHoldsWhatNoOtherBeats) {
  EXPECT_THAT(pareto_front(three()), ElementsAre(0U, 1U));
}

TEST(Drawing, OfTwoEqualStrategiesBothAreOnTheFront) {
  models::fleet::Results results;
  results.strategies = {strategy("a", 9, 50), strategy("b", 9, 50)};
  EXPECT_THAT(pareto_front(results), ElementsAre(0U, 1U));
}

TEST(Drawing, NothingLeavesThePicture) {
  for (const Size size : {Size{360, 220}, Size{1280, 720}}) {
    for (const Drawing& figure :
         {interval_figure(three(), "durability_nines", size), cost_figure(three(), size),
          cause_figure(three(), size), rebuild_figure(three(), size)}) {
      for (const Shape& shape : figure.shapes) {
        EXPECT_GE(shape.x, 0) << figure.title;
        EXPECT_LE(shape.x, size.width) << figure.title;
        EXPECT_GE(shape.y, 0) << figure.title;
        EXPECT_LE(shape.y, size.height) << figure.title;
      }
    }
  }
}

TEST(Drawing, NamesCannotBreakTheSvg) {
  const std::string svg = svg_text(interval_figure(three(), "durability_nines", {}));
  EXPECT_THAT(svg, HasSubstr("cheap &lt;b&gt;"));
  EXPECT_THAT(svg, Not(HasSubstr("<b>")));
}

TEST(Axis, MarksStandAtRoundValuesWithinTheAxis) {
  const Axis axis{Axis::Scale::logarithmic, {1e-9, 1e-3}, 0, 600};
  for (const auto& [pixel, text] : axis.marks()) {
    EXPECT_GE(pixel, 0);
    EXPECT_LE(pixel, 600);
    EXPECT_THAT(text, ::testing::MatchesRegex("1e-[0-9]+|0.001|0.0001"));
  }
}

TEST(Axis, ABoundWithoutEndStaysAtTheEdge) {
  const Axis axis{Axis::Scale::linear, {1, 2, std::numeric_limits<double>::infinity()}, 0, 100};
  EXPECT_EQ(axis.at(std::numeric_limits<double>::infinity()), 100);
  EXPECT_EQ(axis.at(-5), 0);
}

}  // namespace
}  // namespace reports::figure
