#include "models/integrity/md5.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace models::integrity {
namespace {

std::string of(std::string_view text) { return hex(md5(std::as_bytes(std::span(text)))); }

TEST(Md5, IsThatOfTheStandard) {  // RFC 1321, appendix A.5
  EXPECT_EQ(of(""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(of("abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(of("message digest"), "f96b697d7cb7938d525a2f31aaf161d0");
  EXPECT_EQ(of("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
            "57edf4a22be3c955ac49da2e2107b67a");
}

TEST(Md5, OfPiecesIsThatOfTheWhole) {
  constexpr std::string_view text = "message digest";
  const auto bytes = std::as_bytes(std::span(text));
  const std::array pieces{bytes.first(3), bytes.subspan(3, 0), bytes.subspan(3)};
  EXPECT_EQ(md5(pieces), md5(bytes));
}

}  // namespace
}  // namespace models::integrity
