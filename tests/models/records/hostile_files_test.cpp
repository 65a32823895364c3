// Compressed files, damaged ones, and files made to do harm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "models/records/read_trace.h"
#include "tests/models/records/record_file.h"

namespace {

using models::records::read_trace;
using models::records::Reading;
using record_test::Folder;
using ::testing::HasSubstr;

std::string faults_of(const std::string& path, const Reading& reading = {}) {
  const auto trace = read_trace(path, reading);
  const auto& faults = trace ? trace.value().faults : trace.diagnostics();
  std::string text = trace ? "read\n" : "";
  for (const auto& fault : faults) text += models::scenario::to_string(fault) + "\n";
  return text;
}

/// Rows that do not compress to nothing.
std::string log_of(int rows) {
  std::string text = "timestamp,unit\n";
  for (int i = 0; i < rows; ++i) {
    text += "2020-01-01T00:00:00." + std::to_string(1000 + static_cast<long>(i) * 7919 % 9000) +
            ",u" + std::to_string(i) + "\n";
  }
  return text;
}

TEST(Compressed, XzZstdAndZipAreReadLikeThePlainFile) {
  const Folder folder;
  const std::string text = log_of(3000);
  for (const std::string& file :
       {folder.write("a.csv", text), folder.write_gzip("a.csv.gz", text),
        folder.write_packed("a.csv.xz", text, Folder::Packed::xz),
        folder.write_packed("a.csv.zst", text, Folder::Packed::zstd),
        folder.write_packed("no_ending", text, Folder::Packed::xz),
        folder.write_zip("a.zip", {{"readme.md", "no record"}, {"data/a.csv", text}})}) {
    const auto trace = read_trace(file);
    ASSERT_TRUE(trace) << file << models::scenario::to_string(trace.diagnostics().front());
    EXPECT_EQ(trace.value().log.failures.size(), 3000U) << file;
    EXPECT_EQ(trace.value().files, std::vector{file});
  }
}

TEST(Compressed, AZipOfDaysIsReadInTheOrderOfItsNames) {
  const Folder folder;
  const std::string head = "date,serial_number,model,failure\n";
  const std::string zip =
      folder.write_zip("q1.zip", {{"data/2024-01-02.csv", head + "2024-01-02,A,m,1\n"},
                                  {"__MACOSX/data/._2024-01-01.csv", "junk"},
                                  {"data/2024-01-01.csv", head + "2024-01-01,A,m,0\n"}});
  for (const std::string& path : {zip, folder.path()}) {
    const auto trace = read_trace(path);
    ASSERT_TRUE(trace) << models::scenario::to_string(trace.diagnostics().front());
    EXPECT_TRUE(trace.value().drives.drives[0].failed);
    EXPECT_EQ(trace.value().rows_faulty, 0U);
    EXPECT_EQ(trace.value().sources.front(), zip + "/data/2024-01-01.csv");
  }
}

TEST(Compressed, AFileThatWasCutOffIsNoRecord) {
  const Folder folder;
  const std::string text = log_of(20'000);
  for (const std::string& file :
       {folder.write_packed("a.xz", text, Folder::Packed::xz),
        folder.write_packed("a.zst", text, Folder::Packed::zstd),
        folder.write_zip("a.zip", {{"a.csv", text}}), folder.write_gzip("a.gz", text)}) {
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    const std::string faults = faults_of(file);
    EXPECT_THAT(faults, ::testing::Not(HasSubstr("read\n"))) << file;
    EXPECT_THAT(faults, ::testing::ContainsRegex("cut off|no sound")) << file;
  }
}

TEST(Compressed, WhatIsNoTextIsNamedWithItsRemedy) {
  const Folder folder;
  EXPECT_THAT(faults_of(folder.write("a.parquet", "PAR1....")),
              ::testing::AllOf(HasSubstr("is Parquet"), HasSubstr("read_parquet")));
  EXPECT_THAT(faults_of(folder.write("a.csv", std::string("\xff\xfet\0i\0", 6))),
              HasSubstr("iconv -f UTF-16"));
  EXPECT_THAT(faults_of(folder.write_zip("a.zip", {{"a.bin", "x"}})),
              HasSubstr("is a zip without a file whose name ends in .csv"));
}

/// 150 MB of rows in 0.2 MB: reading ends long before the memory that the rows would take.
TEST(Hostile, ABombIsLeftWhereItExpandsTooFar) {
  const Folder folder;
  std::string text = "timestamp,unit,note\n";
  const std::string row = "2020-01-01,a," + std::string(1000, 'x') + "\n";
  text.reserve(160'000'000);
  while (text.size() < 150'000'000) text += row;
  const std::string bomb = folder.write_gzip("bomb.csv.gz", text);
  ASSERT_LT(std::filesystem::file_size(bomb) * 200 + (64U << 20U), text.size());
  EXPECT_THAT(faults_of(bomb), HasSubstr("expands to more than 200 times its size"));
}

/// Greatest memory of this process so far.
double most_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// A file with a hole of 1 GB in the midst of a line, between two texts.
std::string with_long_line(const Folder& folder, const std::string& before,
                           const std::string& after) {
  constexpr std::uint64_t hole = 1'000'000'000;
  std::string file = folder.write("long.csv", before);
  std::filesystem::resize_file(file, before.size() + hole);
  std::ofstream{file, std::ios::app} << after;
  return file;
}

TEST(Hostile, ALineOfAGigabyteIsOneFaultyRowInLittleMemory) {
  const Folder folder;
  const std::string head = "timestamp,unit\n2020-01-01,a\n2020-01-02,b\n";
  const double before = most_mib();
  const std::string row = with_long_line(folder, head + "2020-01-03,", "c\n2020-01-04,d\n");
  const auto trace = read_trace(row);
  ASSERT_TRUE(trace) << models::scenario::to_string(trace.diagnostics().front());
  EXPECT_EQ(trace.value().log.failures.size(), 3U);
  EXPECT_EQ(trace.value().rows_faulty, 1U);
  EXPECT_THAT(faults_of(row), HasSubstr("long.csv:4: is longer than"));
  EXPECT_THAT(faults_of(with_long_line(folder, "timestamp,", "unit\n2020-01-01,a\n")),
              HasSubstr("begins with a line that is too long to name columns"));
  EXPECT_LT(most_mib() - before, 32);
}

TEST(Hostile, EncodingsThatChangeWithinAFileAreFaultsOfSomeRows) {
  const Folder folder;
  // UTF-8 with a mark, then Latin-1, then two bytes a letter.
  const std::string text =
      "\xEF\xBB\xBFtimestamp;unit\r\n2020-01-01;caf\xc3\xa9\r\n2020-01-02;b\r\n2020-01-03;c\r\n"
      "2020-01-04;caf\xe9\r\n" +
      std::string("2\0000\0002\0000\000;\000d\000\n", 13) + "2020-01-06;e\r\n";
  const auto trace = read_trace(folder.write("log.csv", text));
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace.value().log.failures.size(), 4U);
  EXPECT_EQ(trace.value().log.units[0], "caf\xc3\xa9");
  EXPECT_EQ(trace.value().rows_faulty, 2U);
  ASSERT_EQ(trace.value().faults.size(), 2U);
  EXPECT_THAT(trace.value().faults[0].message, HasSubstr("0xe9, which is no UTF-8"));
  EXPECT_THAT(trace.value().faults[1].message, HasSubstr("holds a NUL byte"));
}

TEST(Hostile, NamesThatAreNoneAreFaultsOfTheirRows) {
  const Folder folder;
  std::string text = "timestamp,unit,rack\n2020-01-01,a,r1\n2020-01-02,b,r1\n2020-01-03,c,r1\n";
  text += "2020-01-04,caf\xe9,r1\n2020-01-05,caf\xc3\xa9,r1\n";
  text += "2020-01-06," + std::string(300, 'x') + ",r1\n";
  const std::string faults = faults_of(folder.write("log.csv", text));
  EXPECT_THAT(faults, HasSubstr("read\n"));
  EXPECT_THAT(faults, HasSubstr("log.csv:5: 'caf?' holds the byte 0xe9, which is no UTF-8"));
  EXPECT_THAT(faults, HasSubstr("log.csv:7:"));
  EXPECT_THAT(faults, HasSubstr("is longer than 256 bytes"));
  EXPECT_THAT(faults, ::testing::Not(HasSubstr("log.csv:6:")));
}

TEST(Faults, AreCountedAndTheirRowsLeftOutUnlessOneIsTooMany) {
  const Folder folder;
  std::string text = log_of(100);
  for (int i = 0; i < 30; ++i) text += "never,x\n";
  const std::string file = folder.write("log.csv", text);
  const auto trace = read_trace(file);
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace.value().rows, 130U);
  EXPECT_EQ(trace.value().rows_faulty, 30U);
  EXPECT_EQ(trace.value().log.failures.size(), 100U);
  ASSERT_EQ(trace.value().faults.size(), 21U);
  EXPECT_THAT(trace.value().faults.back().message, HasSubstr("10 more faults"));
  Reading strict;
  strict.strict = true;
  EXPECT_FALSE(read_trace(file, strict));
  for (int i = 0; i < 80; ++i) text += "never,x\n";
  EXPECT_FALSE(read_trace(folder.write("most.csv", text)));  // most rows are none
}

TEST(Faults, AFailureThatIsThereTwiceCountsOnce) {
  const Folder folder;
  const auto trace = read_trace(folder.write(
      "log.csv", "timestamp,unit\n2020-01-01,a\n2020-01-02,b\n2020-01-01,a\n2020-01-03,c\n"));
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace.value().log.failures.size(), 3U);
  EXPECT_EQ(trace.value().rows_faulty, 1U);
  EXPECT_EQ(trace.value().faults.front().line, 4);
}

/// Public statistics of 2013 have drives of 29 years by their own count.
TEST(Faults, AnAgeThatNoDriveCanHaveIsNamedAndNotBelieved) {
  const Folder folder;
  const std::string file = folder.write("days.csv",
                                        "date,serial_number,model,failure,smart_9_raw\n"
                                        "2013-04-10,A,m,0,254040\n2013-04-10,B,m,0,100\n");
  const auto trace = read_trace(file);
  ASSERT_TRUE(trace);
  EXPECT_LT(trace.value().drives.drives[0].age_days, 0);
  ASSERT_EQ(trace.value().warnings.size(), 1U);
  EXPECT_THAT(trace.value().warnings.front(),
              HasSubstr("days.csv:2: drive 'A' has been on for 254040 hours, 29 years, on "
                        "2013-04-10"));
  Reading strict;
  strict.strict = true;
  EXPECT_FALSE(read_trace(file, strict));
}

}  // namespace
