#include "tests/cli/kill_and_resume.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>
#include <vector>

#include "sim/random.h"
#include "tests/cli/run_program.h"

namespace cli_test {
namespace {

namespace fs = std::filesystem;

std::string timeless(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  auto json = nlohmann::ordered_json::parse(text.str());
  json.erase("timing");
  return json.dump();
}

/// -1 if it was killed.
int run_for(const std::string& arguments, double seconds) {
  const std::string line = std::string{"exec '"} + HOLDFAST_PROGRAM + "' " + arguments;
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  std::this_thread::sleep_for(std::chrono::duration<double>{seconds});
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Killed kill_and_resume(const std::string& folder, const std::string& options, int kills) {
  const std::string scenario = folder + "/small.json";
  const std::string checkpoint = folder + "/checkpoint";
  const std::string result = folder + "/result.json";
  std::ofstream{scenario} << small_scenario();
  const std::string command = "compare " + scenario + " --quiet " + options + " --json ";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run(command + folder + "/whole.json").code, 0);
  const std::chrono::duration<double> alone = std::chrono::steady_clock::now() - start;
  const std::string whole = timeless(folder + "/whole.json");
  sim::Stream stream(9, sim::Purpose::test);
  Killed killed;
  while (killed.kills < kills && !::testing::Test::HasFailure()) {
    fs::remove(checkpoint);
    fs::remove(result);
    for (bool over = false; !over && !::testing::Test::HasFailure();) {
      // Up to one and a half times as long as it takes: it meets each phase, and gets to the end.
      const double seconds = 1.5 * alone.count() * stream.uniform();
      const int code = run_for(command + result + " --checkpoint " + checkpoint, seconds);
      over = code >= 0;
      if (!over) {
        ++killed.kills;
        if (fs::exists(checkpoint)) ++killed.with_file;
        continue;
      }
      EXPECT_EQ(code, 0);
      EXPECT_EQ(timeless(result), whole);
      ++killed.whole;
    }
  }
  return killed;
}

}  // namespace cli_test
