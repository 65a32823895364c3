#include "tests/models/records/record_file.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace record_test {

namespace fs = std::filesystem;

Folder::Folder() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const fs::path folder =
      fs::path{::testing::TempDir()} / (std::string{"holdfast_record_"} + test->test_suite_name() +
                                        "_" + test->name() + "_" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder);
  path_ = folder.string();
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::write(std::string_view name, std::string_view text) const {
  const fs::path file = fs::path{path_} / name;
  std::ofstream{file, std::ios::binary} << text;
  return file.string();
}

std::string Folder::write_gzip(std::string_view name, std::string_view text) const {
  const std::string file = (fs::path{path_} / name).string();
  gzFile out = gzopen(file.c_str(), "wb");
  gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
  gzclose(out);
  return file;
}

std::string alpine_record() {
  const fs::path file = fs::path{HOLDFAST_SOURCE_DIR} / "../shared/data/alpine_failures.csv";
  return fs::exists(file) ? file.string() : std::string{};
}

}  // namespace record_test
