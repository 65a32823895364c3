// What is saved of a run, and that no other file is taken for it.
#include "models/fleet/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/input/file_bytes.h"

namespace models::fleet {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

RunIdentity small_run() {
  return {{"program", "1.2 (abc)"}, {"seed", "5"}, {"--set", "a=b c"}, {"--set", "d=\"e\""}};
}

std::string small_text() {
  BlockStore store;
  store.add({"missions", 0, 64, "1 2 0x1p+3"});
  store.played({"rare loss of RS 6+3, exposure 0123", 64, 80, "*4 1.8p+1 =disk"});
  return checkpoint_text(small_run(), store);
}

std::string refusal(const std::string& text, const RunIdentity& run = small_run()) {
  BlockStore store;
  const scenario::Diagnostics faults = read_checkpoint(text, "k", run, store);
  EXPECT_EQ(faults.empty(), !store.all().empty());
  if (faults.empty()) return "none";
  EXPECT_THAT(faults, SizeIs(1));
  EXPECT_EQ(faults.front().file, "k");
  EXPECT_THAT(faults.front().message, HasSubstr("remove it, or name another file"));
  return faults.front().message;
}

TEST(Checkpoint, ReadsBackEveryBlock) {
  BlockStore store;
  EXPECT_THAT(read_checkpoint(small_text(), "k", small_run(), store), IsEmpty());
  EXPECT_EQ(checkpoint_text(small_run(), store), small_text());
  EXPECT_THAT(store.all(), SizeIs(2));
  EXPECT_THAT(store.used(), IsEmpty());
  EXPECT_EQ(store.news(), 0U);
  EXPECT_EQ(store.use("missions", 0, 64), "1 2 0x1p+3");
  EXPECT_EQ(store.use("missions", 0, 63), std::nullopt);
  EXPECT_EQ(store.use("mission", 0, 64), std::nullopt);
  EXPECT_THAT(store.used(), SizeIs(1));
}

TEST(Checkpoint, WithAnyByteChangedIsRefused) {
  const std::string text = small_text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const int mask : {1, 0x20, 0x80}) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ mask);
      EXPECT_NE(refusal(changed), "none") << i;
    }
  }
}

TEST(Checkpoint, OfAnyOtherLengthIsRefused) {
  const std::string text = small_text();
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_NE(refusal(text.substr(0, size)), "none") << size;
  }
  EXPECT_NE(refusal(text + "\n"), "none");
}

TEST(Checkpoint, OfAnotherRunIsRefusedWithWhatDiffers) {
  RunIdentity other = small_run();
  other[1].value = "6";
  EXPECT_THAT(refusal(small_text(), other), HasSubstr("seed is 5 there and 6 here"));
  other = small_run();
  other.pop_back();
  EXPECT_THAT(refusal(small_text(), other),
              HasSubstr("--set is a=b c, d=\"e\" there and a=b c here"));
  other = small_run();
  other.push_back({"--replicates", "0:64"});
  EXPECT_THAT(refusal(small_text(), other), HasSubstr("--replicates is none there and 0:64 here"));
}

TEST(Checkpoint, OfAnotherVersionIsNamed) {
  std::string text = small_text();
  text.replace(text.find("/1 "), 3, "/2 ");
  EXPECT_THAT(refusal(text), HasSubstr("version '2'"));
  EXPECT_THAT(refusal("{}"), HasSubstr("no checkpoint"));
}

TEST(Checkpoint, WithTheRightDigestButNoBlocksOfItsOwnIsRefused) {
  for (const std::string body : {"=a =b\nx\t1\n", "=a\n", "=m 3 2\t1\n", "=m 1\t1\n"}) {
    const std::string text = "holdfast/checkpoint/1 " + scenario::sha256_of(body) + "\n" + body;
    EXPECT_THAT(refusal(text), HasSubstr("a line of it")) << body;
  }
}

}  // namespace
}  // namespace models::fleet
