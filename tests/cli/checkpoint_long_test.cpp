// A thousand kills at random moments.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/cli/kill_and_resume.h"

namespace {

namespace fs = std::filesystem;

TEST(CheckpointLong, AThousandKillsAtRandomMomentsChangeNoBit) {
  const fs::path folder = fs::path{::testing::TempDir()} / "holdfast_checkpoint_long";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const cli_test::Killed killed =
      cli_test::kill_and_resume(folder.string(), "--method direct --replicates 0:12000", 1000);
  EXPECT_GE(killed.kills, 1000);
  EXPECT_GT(killed.with_file, 300);
  EXPECT_GT(killed.whole, 100);
  fs::remove_all(folder);
}

}  // namespace
