// The launcher's part of a build: what it says while it runs and when it fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

struct Ended {
  int code{};
  std::string text;
};

class Setup : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{::testing::TempDir()} /
              (std::string{"holdfast_setup_"} +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "build");
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// Builds with a `cmake` that does what `lines` of the shell say; stdout and stderr apart.
  Ended build(const std::string& lines) const {
    std::ofstream{folder_ / "cmake"} << "#!/bin/bash\n"
                                     << "[ \"$1\" = --build ] || exit 0\n"
                                     << lines;
    fs::permissions(folder_ / "cmake", fs::perms::owner_all);
    std::ofstream{folder_ / "try.sh"} << "set -euo pipefail\nroot='" << folder_.string()
                                      << "'\nsource '" << HOLDFAST_SOURCE_DIR
                                      << "/scripts/setup.sh'\nprogress_every=1\n"
                                      << "PATH=$root:$PATH\nbuild_preset cli || exit 7\n";
    Ended ended;
    const std::string line = "bash '" + (folder_ / "try.sh").string() + "' 2>&1 >'" +
                             (folder_ / "stdout").string() + "'";
    std::FILE* pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) return {-1, "popen failed"};
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) ended.text += static_cast<char>(c);
    const int status = pclose(pipe);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ended;
  }
  std::string file(const std::string& name) const {
    std::ifstream stream{folder_ / name, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }

  fs::path folder_;
};

TEST_F(Setup, ABuildSaysHowFarItIs) {
  const Ended ended =
      build("echo '[1/359] one'; sleep 1.2; echo '[137/359] two'; echo '[138/359] x'\n");
  EXPECT_EQ(ended.code, 0) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("holdfast: building: 137 of 359\n"));
  // Now and then, not a line for each, and nothing where results are printed.
  EXPECT_THAT(ended.text, Not(HasSubstr("1 of 359")));
  EXPECT_THAT(ended.text, Not(HasSubstr("138 of 359")));
  EXPECT_EQ(file("stdout"), "");
  EXPECT_THAT(file("build/cli/build.log"), HasSubstr("[138/359] x"));
}

TEST_F(Setup, ABuildThatFailsShowsWhyAndFails) {
  const Ended ended = build("echo '[1/2] one'; echo 'x.cpp:3: error: no such type'; exit 1\n");
  EXPECT_EQ(ended.code, 7) << ended.text;
  EXPECT_THAT(ended.text, HasSubstr("x.cpp:3: error: no such type\n"));
  EXPECT_THAT(ended.text, Not(HasSubstr("[1/2]")));
  EXPECT_THAT(ended.text, HasSubstr("failed: cmake --build"));
}

}  // namespace
