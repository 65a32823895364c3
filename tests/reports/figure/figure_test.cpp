#include "reports/figure/figure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "reports/codes_text.h"

namespace reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<double> values(const FigureScale& scale) {
  std::vector<double> result;
  for (const FigureTick& tick : scale.ticks) result.push_back(tick.value);
  return result;
}

TEST(Scale, TicksAreRoundNumbers) {
  EXPECT_EQ(values(make_scale(0, 9.3, 0, 5)), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(values(make_scale(0.2, 30, 10, 8)), (std::vector<double>{0.1, 1, 10, 100}));
  EXPECT_EQ(values(make_scale(4096, 65536, 2, 12)),
            (std::vector<double>{4096, 8192, 16384, 32768, 65536}));
  EXPECT_EQ(values(make_scale(1, 1024, 2, 5)), (std::vector<double>{1, 8, 64, 512}));
}

RC_GTEST_PROP(Scale, HoldsEveryValueAndRises, (bool logarithmic)) {
  const double low = std::exp(*rc::gen::inRange(-2000, 2000) * 0.01);
  const double high = low * (1 + *rc::gen::inRange(0, 100000) * 0.001);
  const FigureScale scale = make_scale(low, high, logarithmic ? 10 : 0, 8);
  RC_ASSERT(scale.at(low) >= -1e-9 && scale.at(high) <= 1 + 1e-9);
  RC_ASSERT(scale.ticks.size() >= 2U);
  RC_ASSERT(std::ranges::is_sorted(scale.ticks, {}, &FigureTick::at));
}

Figure sample() {
  Figure figure;
  figure.title = "a < b & c";
  const auto text = [](double value) { return std::to_string(static_cast<int>(value)); };
  figure.x = {"block", 2, text};
  figure.y = {"speed", 10, text};
  figure.series = {{"first", {{1024, 1, 0.8, 1.4}, {4096, 3, 3, 3}}},
                   {"second", {{1024, 20, 9, 30}}}};
  return figure;
}

TEST(Svg, ShowsEverySeriesWithItsSpreadAndEscapesText) {
  const std::string svg = figure_svg(sample());
  EXPECT_THAT(svg, HasSubstr("a &lt; b &amp; c"));
  EXPECT_THAT(svg, HasSubstr(">first<"));
  EXPECT_THAT(svg, HasSubstr(">second<"));
  EXPECT_THAT(svg, HasSubstr(">4096<"));
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(svg, ::testing::EndsWith("</svg>\n"));
}

TEST(CodesText, SaysForBothKernelsWhetherSixteenBitsAreBest) {
  using models::codes::Measured;
  std::vector<Measured> measured;
  const auto add = [&](const char* kernel, int bits, std::size_t block, double rate) {
    measured.push_back({kernel, "RS 6+3", "encode", bits, block, 1 << 26, 1, rate, rate, rate});
  };
  for (const int bits : {8, 16, 32}) {
    add("SIMD", bits, 65536, 80.0 / bits);
    add("SIMD", bits, 1 << 20, 80.0 / bits);
    add("scalar tables", bits, 65536, 8.0 / bits);
    add("scalar tables", bits, 1 << 20, bits == 16 ? 2.0 : 1.0);
  }
  measured.push_back({"ISA-L", "RS 6+3", "encode", 8, 65536, 1 << 26, 2, 11, 10, 12});
  const std::string text = codes_text(measured);
  EXPECT_THAT(text, HasSubstr("SIMD: W = 16 is the fastest in 0 of 2 cases."));
  EXPECT_THAT(text, HasSubstr("scalar tables: W = 16 is the fastest in 1 of 2 cases, and in all "
                              "with blocks of 1 MiB and more."));
  EXPECT_THAT(codes_csv(measured), HasSubstr("ISA-L,RS 6+3,encode,8,65536,67108864,2,11,10,12\n"));
  EXPECT_EQ(words_figure(measured).series.size(), 6U);
}

}  // namespace
}  // namespace reports
