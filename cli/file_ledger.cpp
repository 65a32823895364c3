#include "cli/file_ledger.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/input_text.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using models::scenario::FileRead;
using models::scenario::FilesRead;

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) || place_of(a) == place_of(b);
}

/// A device or pipe takes from two writers without losing what the first one wrote.
bool takes_turns(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

/// Where an input lies: standard input as the system names it, so that a file behind it is found.
std::string place_of_input(const std::string& name) {
  struct stat status {};
  const bool from_file = name_of_input(name) == standard_input &&
                         ::fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode);
  return from_file ? "/dev/stdin" : name;
}

/// Standard output was sent into this very file: ">> scenario.json".
bool is_stdout(const std::string& path) {
  struct stat out {};
  struct stat file {};
  return ::fstat(STDOUT_FILENO, &out) == 0 && S_ISREG(out.st_mode) &&
         ::stat(path.c_str(), &file) == 0 && out.st_dev == file.st_dev && out.st_ino == file.st_ino;
}

}  // namespace

void FileLedger::reads(const FilesRead& files) {
  for (const FileRead& file : files) reads(file);
}

FilesRead FileLedger::inputs() const {
  FilesRead all;
  for (FileRead input : inputs_) {
    input.file = name_of_input(input.file);
    const auto known = std::ranges::find(all, input.file, &FileRead::file);
    if (known == all.end()) {
      all.push_back(input);
    } else if (known->sha256.empty()) {
      *known = input;
    }
  }
  // A folder stands for the files in it, which were told one by one.
  std::erase_if(all, [](const FileRead& input) {
    std::error_code error;
    return fs::is_directory(input.file, error);
  });
  for (FileRead& input : all) {
    if (input.sha256.empty()) input.sha256 = models::scenario::sha256_of_file(input.file);
  }
  return all;
}

std::optional<std::string> FileLedger::input_lost() const {
  for (const FileRead& input : inputs_) {
    const std::string place = place_of_input(input.file);
    if (prints_ && is_stdout(place)) {
      return fmt::format("standard output goes into {}, which is the input ({})", input.file,
                         input.what);
    }
    for (const OutputFile& output : outputs_) {
      if (output.is_stdout() || !same_file(output.path(), place)) continue;
      return fmt::format("{} is the input ({}); the result needs another file", output.path(),
                         input.what);
    }
  }
  return std::nullopt;
}

std::optional<std::string> FileLedger::output_lost() const {
  if (std::ranges::count_if(outputs_, &OutputFile::is_stdout) > 1) {
    return "two outputs on standard output; give one of them a file";
  }
  for (auto output = outputs_.begin(); output != outputs_.end(); ++output) {
    if (output->is_stdout() || takes_turns(output->path())) continue;
    const auto shared = [&](const OutputFile& earlier) {
      return !earlier.is_stdout() && same_file(earlier.path(), output->path());
    };
    if ((prints_ && is_stdout(output->path())) || std::any_of(outputs_.begin(), output, shared)) {
      return fmt::format("two outputs on {}; give one of them another file", output->path());
    }
  }
  return std::nullopt;
}

std::optional<std::string> FileLedger::conflict() const {
  auto fault = input_lost();
  return fault ? fault : output_lost();
}

}  // namespace cli
