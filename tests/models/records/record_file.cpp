#include "tests/models/records/record_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace record_test {

namespace fs = std::filesystem;

namespace {

void add_entry(archive* out, const std::string& name, std::string_view text) {
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, name.c_str());
  archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_write_header(out, entry);
  archive_write_data(out, text.data(), text.size());
  archive_entry_free(entry);
}

}  // namespace

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

std::string Folder::write_packed(std::string_view name, std::string_view text, Packed form) const {
  const std::string file = (fs::path{path_} / name).string();
  archive* out = archive_write_new();
  archive_write_set_format_raw(out);
  if (form == Packed::xz) {
    archive_write_add_filter_xz(out);
  } else {
    archive_write_add_filter_zstd(out);
  }
  archive_write_open_filename(out, file.c_str());
  add_entry(out, "data", text);
  archive_write_close(out);
  archive_write_free(out);
  return file;
}

std::string Folder::write_zip(std::string_view name,
                              const std::vector<std::pair<std::string, std::string>>& files) const {
  const std::string file = (fs::path{path_} / name).string();
  archive* out = archive_write_new();
  archive_write_set_format_zip(out);
  archive_write_open_filename(out, file.c_str());
  for (const auto& [inside, text] : files) add_entry(out, inside, text);
  archive_write_close(out);
  archive_write_free(out);
  return file;
}

std::string alpine_record() {
  const fs::path file = fs::path{HOLDFAST_SOURCE_DIR} / "../shared/data/alpine_failures.csv";
  return fs::exists(file) ? file.string() : std::string{};
}

}  // namespace record_test
