// What an accumulator is written as, and that it reads back to the same bits or not at all.
#include "sim/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "sim/estimators/rare_tally.h"
#include "sim/moments.h"
#include "sim/quantile.h"
#include "sim/random.h"

namespace sim {
namespace {

using ::testing::HasSubstr;

struct Numbers {
  std::vector<double> reals;
  std::vector<std::uint64_t> counts;
  std::int64_t below{};
  std::uint16_t small{};
  std::string text;
  template <class Archive>
  void show(Archive& archive) {
    archive(reals, counts, below, small, text);
  }
};

std::vector<std::uint64_t> bits_of(const std::vector<double>& reals) {
  std::vector<std::uint64_t> bits;
  for (const double real : reals) bits.push_back(std::bit_cast<std::uint64_t>(real));
  return bits;
}

TEST(Words, ReadBackToTheSameBitsAtTheEndsOfTheRange) {
  using Limits = std::numeric_limits<double>;
  const Numbers written{{0.0, -0.0, 1.0 / 3, -1e-300, Limits::denorm_min(), Limits::max(),
                         Limits::infinity(), -Limits::infinity(), Limits::epsilon()},
                        {0, 0, 0, 0, std::numeric_limits<std::uint64_t>::max(), 0},
                        std::numeric_limits<std::int64_t>::min(),
                        65535,
                        "RS 6+3 = 100 %,\t\"größer\""};
  Numbers read;
  ASSERT_TRUE(read_words(words_of(written), read));
  EXPECT_EQ(bits_of(read.reals), bits_of(written.reals));
  EXPECT_EQ(read.counts, written.counts);
  EXPECT_EQ(read.below, written.below);
  EXPECT_EQ(read.small, written.small);
  EXPECT_EQ(read.text, written.text);
  EXPECT_THAT(words_of(written), HasSubstr("*4 18446744073709551615"));
}

TEST(Words, OfRandomBitsReadBack) {
  Stream stream(7, Purpose::test);
  for (int i = 0; i < 20'000; ++i) {
    const auto bits = static_cast<std::uint64_t>(stream.uniform() * 0x1p53) * 2654435761U;
    const double written = std::bit_cast<double>(bits);
    if (std::isnan(written)) continue;
    double read = 1;
    ASSERT_TRUE(read_words(words_of(written), read)) << written;
    EXPECT_EQ(std::bit_cast<std::uint64_t>(read), bits);
  }
}

TEST(Words, OfAnotherShapeAreRefused) {
  const Numbers written{{0.0, 0.5}, {0, 0, 3}, -4, 5, "text"};
  const std::string words = words_of(written);
  Numbers read;
  ASSERT_TRUE(read_words(words, read)) << words;
  for (std::size_t size = 0; size + 1 < words.size(); ++size) {
    // All that is left of the text is a shorter text.
    if (words.substr(0, size).find('=') != std::string::npos) continue;
    EXPECT_FALSE(read_words(words.substr(0, size), read)) << words.substr(0, size);
  }
  for (const char* wrong :
       {"", " ", "2 0 0x1p-1 1 7 -4 5 =t", "1 1p-1 1 7 -4 70000 =t", "1 1p-1 1 -7 -4 5 =t",
        "1 1p-1 1 7 -4 -5 =t", "99999999999999 *99999999999999 -4 5 =t", "1 1p-1 1 7 -4 5 t",
        "1 1p-1 1 7 -4 5 =%4", "1 1p-1 1 7 -4 5 =%zz", "1 1p-1 1 7 -4 5 =t 6",
        "1 1p-1 1 7 -4 5 =t ", "*1 1 7 -4 5 =t", "*x", "1 1p-1 *2 =t", "1 1p-1 *4 =t",
        "nonsense"}) {
    EXPECT_FALSE(read_words(wrong, read)) << wrong;
  }
}

TEST(Words, OfSumsReadBackAsTheyWere) {
  Stream stream(8, Purpose::test);
  Moments moments;
  PairedMoments pairs;
  QuantileSketch sketch;
  for (int i = 0; i < 100; ++i) {
    const double x = stream.exponential();
    moments.add(i % 3 == 0 ? 0.0 : x);
    pairs.add(x, stream.normal());
    sketch.add(i % 10 == 0 ? std::numeric_limits<double>::infinity() : 1e9 * x);
  }
  Moments moments_read;
  PairedMoments pairs_read;
  QuantileSketch sketch_read;
  EXPECT_TRUE(read_words(words_of(moments), moments_read));
  EXPECT_TRUE(read_words(words_of(pairs), pairs_read));
  EXPECT_TRUE(read_words(words_of(sketch), sketch_read));
  EXPECT_EQ(moments_read, moments);
  EXPECT_EQ(pairs_read, pairs);
  EXPECT_EQ(sketch_read, sketch);
}

TEST(Words, OfARareTallyReadBackAndFitOnlyItsOwnKind) {
  const Seconds mission{1e8};
  RareTally tally(mission, 2, 3);
  RareSample sample = tally.empty_sample();
  sample.record(LossPath{}.then(0).then(2), Seconds{4e7}, 1e-9, 0.5, {3.0, 4.0});
  sample.record(LossPath{}.then(1), Seconds{9e7}, 1e-12, 0.25, {1.0, 2.0});
  sample.deepest = 3;
  sample.work = {5, 6, 7};
  sample.tries[1] = {1, 2, 3};
  tally.add(sample);
  const RareTally empty(mission, 2, 3);
  RareTally read = empty;
  ASSERT_TRUE(read_words(words_of(tally), read));
  EXPECT_EQ(read, tally);
  EXPECT_TRUE(empty.fits(read));
  EXPECT_FALSE(RareTally(Seconds{2e8}, 2, 3).fits(read));
  EXPECT_FALSE(RareTally(mission, 1, 3).fits(read));
  EXPECT_FALSE(RareTally(mission, 2, 2).fits(read));
}

}  // namespace
}  // namespace sim
