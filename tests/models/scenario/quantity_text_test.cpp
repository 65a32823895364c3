// Texts with units: what they mean, what is refused with which remedy, and that printing loses no
// digit.
#include "models/scenario/quantity_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>

#include "sim/quantity.h"

namespace models::scenario {
namespace {

using enum QuantityKind;
using testing::HasSubstr;

double value_of(QuantityKind kind, std::string_view text) {
  const ParsedQuantity parsed = parse_quantity(kind, text);
  EXPECT_TRUE(parsed) << text << ": " << parsed.fault;
  return parsed.value;
}

std::string fault_of(QuantityKind kind, std::string_view text) {
  const ParsedQuantity parsed = parse_quantity(kind, text);
  EXPECT_FALSE(parsed) << text << " was read as " << parsed.value;
  return parsed.fault;
}

TEST(QuantityText, DecimalAndBinaryBytesDiffer) {
  EXPECT_EQ(value_of(bytes, "16 TB"), 16e12);
  EXPECT_EQ(value_of(bytes, "16TiB"), 17592186044416.0);
  EXPECT_EQ(value_of(bytes, "4 kB"), 4000);
  EXPECT_EQ(value_of(bytes, "0.1 TB"), 1e11);
  EXPECT_EQ(value_of(bytes, "1 PB"), 1e15);
}

TEST(QuantityText, RatesOfBytesAndBits) {
  EXPECT_EQ(value_of(byte_rate, "30 MB/s"), 30e6);
  EXPECT_EQ(value_of(byte_rate, "10 Gbit/s"), 1.25e9);
  EXPECT_EQ(value_of(byte_rate, "1 MiB/s"), 1048576);
}

TEST(QuantityText, TimesFromSecondsToYears) {
  EXPECT_EQ(value_of(time, "350 s"), 350);
  EXPECT_EQ(value_of(time, "30 min"), 1800);
  EXPECT_EQ(value_of(time, "24 h"), 86400);
  EXPECT_EQ(value_of(time, "2 weeks"), 14 * 86400);
  EXPECT_EQ(value_of(time, "1 year"), sim::year.value);
  EXPECT_EQ(value_of(time, "-3 years"), -3 * sim::year.value);
}

TEST(QuantityText, RatesPerTimeAndShares) {
  EXPECT_EQ(value_of(rate, "3 /year"), 3 / sim::year.value);
  EXPECT_EQ(value_of(rate, "0.4 % / year"), 0.4 / (100 * sim::year.value));
  EXPECT_EQ(value_of(rate, "1.2e-5 /h"), 1.2e-5 / 3600);
  EXPECT_EQ(value_of(fraction, "85 %"), 0.85);
  EXPECT_EQ(value_of(fraction, "0.4%"), 0.004);
}

TEST(QuantityText, AmbiguousUnitsAreRefusedWithTheRemedy) {
  EXPECT_THAT(fault_of(bytes, "4 KB"), HasSubstr("kB (1000 bytes) or KiB (1024 bytes)"));
  EXPECT_THAT(fault_of(bytes, "4 m"), HasSubstr("MB"));
  EXPECT_THAT(fault_of(time, "4 m"), HasSubstr("min"));
  EXPECT_THAT(fault_of(time, "4 months"), HasSubstr("no fixed length"));
  EXPECT_THAT(fault_of(byte_rate, "10 Gb/s"), HasSubstr("Gbit/s"));
  EXPECT_THAT(fault_of(byte_rate, "30 MB"), HasSubstr("MB/s"));
  EXPECT_THAT(fault_of(bytes, "16 tb"), HasSubstr("'TB'"));
}

TEST(QuantityText, WhatIsNoQuantityIsRefusedWithAnExample) {
  for (const std::string_view text :
       {"", "TB", "inf TB", "nan TB", "+5 TB", "0x10 TB", "five TB"}) {
    EXPECT_THAT(fault_of(bytes, text), HasSubstr("16 TB")) << text;
  }
  EXPECT_THAT(fault_of(bytes, "16"), HasSubstr("unit is missing"));
  EXPECT_THAT(fault_of(bytes, "10,000 TB"), HasSubstr("thousands"));
  EXPECT_THAT(fault_of(bytes, "1e400 TB"), HasSubstr("too large"));
  EXPECT_THAT(fault_of(bytes, "1e308 TB"), HasSubstr("too large"));
}

TEST(QuantityText, PrintsAsPeopleWrite) {
  EXPECT_EQ(print_quantity(bytes, 16e12), "16 TB");
  EXPECT_EQ(print_quantity(bytes, 4194304), "4 MiB");
  EXPECT_EQ(print_quantity(time, sim::year.value), "1 year");
  EXPECT_EQ(print_quantity(time, 1000 * sim::year.value), "1000 years");
  EXPECT_EQ(print_quantity(time, 86400), "1 day");
  EXPECT_EQ(print_quantity(fraction, 0.85), "85 %");
  EXPECT_EQ(print_quantity(rate, 3 / sim::year.value), "3 /year");
  EXPECT_EQ(print_number(100000), "100000");
}

constexpr std::array kinds{bytes, byte_rate, time, rate, fraction};

RC_GTEST_PROP(QuantityText, EveryPrintedQuantityReadsBackToTheLastBit,
              (std::uint64_t mantissa, std::uint8_t exponent, std::uint8_t which)) {
  const double significand = 1 + static_cast<double>(mantissa >> 12U) * 0x1p-52;
  const double value = std::ldexp(significand, static_cast<int>(exponent) - 128);
  const QuantityKind kind = kinds[which % kinds.size()];
  const std::string text = print_quantity(kind, value);
  const ParsedQuantity back = parse_quantity(kind, text);
  RC_ASSERT(back.fault.empty());
  RC_ASSERT(back.value == value);
}

RC_GTEST_PROP(QuantityText, AnyTextIsAValueOrAFault, (const std::string& text)) {
  for (const QuantityKind kind : kinds) {
    const ParsedQuantity parsed = parse_quantity(kind, text);
    RC_ASSERT(!parsed || std::isfinite(parsed.value));
  }
}

}  // namespace
}  // namespace models::scenario
