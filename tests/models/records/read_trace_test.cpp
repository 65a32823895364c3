#include "models/records/read_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "models/records/line_reader.h"
#include "tests/models/records/record_file.h"

namespace {

using models::records::Layout;
using models::records::LineReader;
using models::records::parse_day;
using models::records::parse_time;
using models::records::read_trace;
using record_test::Folder;
using ::testing::HasSubstr;

/// All faults of a record, a line each.
std::string faults_of(const std::string& path) {
  const auto trace = read_trace(path);
  if (trace) return "none";
  std::string text;
  for (const auto& fault : trace.diagnostics()) {
    text += models::scenario::to_string(fault) + "\n";
  }
  return text;
}

TEST(CivilTime, ReadsTheFormsOfIso8601) {
  EXPECT_EQ(parse_time("1970-01-01T00:00:00Z")->value, 0);
  EXPECT_EQ(parse_time("2019-01-04T14:41:12-0500")->value, 1546630872);
  EXPECT_EQ(parse_time("2019-01-04 14:41:12-05:00")->value, 1546630872);
  EXPECT_EQ(parse_time("2019-01-04T14:41-05")->value, 1546630860);
  EXPECT_EQ(parse_time("2019-01-04T00:00:00.25")->value, 1546560000.25);
  EXPECT_EQ(parse_time("2019-01-04")->value, 1546560000);
  EXPECT_EQ(models::records::date_text(*parse_day("2024-02-29")), "2024-02-29");
  EXPECT_EQ(models::records::time_text(*parse_time("2019-01-04T14:41:12-0500")),
            "2019-01-04 19:41");
  EXPECT_EQ(models::records::year_of(models::records::first_day_of(2019) - 1), 2018);
}

TEST(CivilTime, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "2019", "2019-02-29", "2019-13-01", "2019-01-04T24:00:00", "2019-01-04T12:60:00",
        "2019-01-04T12:00:00+", "2019-01-04T12:00:00 EST", "2019-1-4", "04.01.2019",
        "2019-01-04T12:00:00Z ", "1e9", "9999-01-01", "2019-01-04T"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

TEST(LineReader, ReadsPlainAndGzipAlikeAndKnowsLastLinesWithoutAnEnd) {
  const Folder folder;
  const std::string text = "one\r\ntwo\n\nfour";
  for (const std::string& file : {folder.write("a", text), folder.write_gzip("a.gz", text)}) {
    LineReader reader({.path = file});
    std::string all;
    for (std::string_view line; reader.next(line) == LineReader::Got::line;) {
      all += std::to_string(reader.number()) + ":" + std::string(line) + ";";
    }
    EXPECT_EQ(all, "1:one;2:two;3:;4:four;") << file;
    EXPECT_EQ(reader.fault(), "");
  }
}

TEST(LineReader, PassesOverALineThatIsTooLongWithoutKeepingIt) {
  const Folder folder;
  const std::string file = folder.write("long", "a\n");
  {
    std::ofstream out{file, std::ios::app};
    const std::string piece(1U << 20U, 'x');
    for (int i = 0; i < 64; ++i) out << piece;
    out << "\nb\n";
  }
  LineReader reader({.path = file});
  std::string_view line;
  EXPECT_EQ(reader.next(line), LineReader::Got::line);
  EXPECT_EQ(reader.next(line), LineReader::Got::too_long);
  EXPECT_EQ(reader.number(), 2U);
  EXPECT_EQ(reader.next(line), LineReader::Got::line);
  EXPECT_EQ(line, "b");
  EXPECT_EQ(reader.next(line), LineReader::Got::end);
}

TEST(ReadTrace, TakesALogOfFailuresWithItsPlaces) {
  const Folder folder;
  const auto trace = read_trace(folder.write("log.csv",
                                             "timestamp,unit,rack,note\n"
                                             "2020-01-02T00:00:01Z,\"b,1\",r2,x\n"
                                             "2020-01-01,a,r1,\n"
                                             "2020-02-01,a,r1,\n"));
  ASSERT_TRUE(trace) << models::scenario::to_string(trace.diagnostics().front());
  const auto& log = trace.value().log;
  ASSERT_EQ(log.failures.size(), 3U);
  EXPECT_EQ(log.units[log.failures[0].unit], "a");
  EXPECT_EQ(log.units[log.failures[1].unit], "b,1");
  EXPECT_EQ(log.places[log.failures[1].unit].rack, "r2");
  EXPECT_EQ(log.resolution.value, 1);
  EXPECT_THAT(trace.value().warnings.front(), HasSubstr("column 'note' is not used"));
}

TEST(ReadTrace, TellsEveryFaultOfALogWithItsLine) {
  const Folder folder;
  const std::string faults = faults_of(folder.write("log.csv",
                                                    "timestamp,unit,rack\n"
                                                    "2020-01-01T25:00:00,a,r1\n"
                                                    "2020-01-01,b,r1\n"
                                                    "2020-01-03,,r1\n"
                                                    "2020-01-01,b,r1\n"
                                                    "2020-01-05,b,r2\n"
                                                    "2020-01-06,c\n"
                                                    "2020-01-07,\"d,r1\n"));
  EXPECT_THAT(faults, HasSubstr("log.csv:2: '2020-01-01T25:00:00' is no time"));
  EXPECT_THAT(faults, HasSubstr("log.csv:4: names no unit"));
  EXPECT_THAT(faults, HasSubstr("log.csv:5: duplicate: unit 'b' fails at this time on line 3"));
  EXPECT_THAT(faults, HasSubstr("log.csv:6: unit 'b' has another place than before"));
  EXPECT_THAT(faults, HasSubstr("log.csv:7: has 2 fields; the first line names 3"));
  EXPECT_THAT(faults, HasSubstr("log.csv:8: has a quote that does not end"));
}

TEST(ReadTrace, ShowsTwentyFaultsAndCountsTheRest) {
  const Folder folder;
  std::string text = "timestamp,unit\n";
  for (int i = 0; i < 1000; ++i) text += "never,a\n";
  const std::string faults = faults_of(folder.write("log.csv", text));
  EXPECT_EQ(std::count(faults.begin(), faults.end(), '\n'), 22);  // and why there is no record
  EXPECT_THAT(faults, HasSubstr("980 more faults of this record are not shown"));
}

TEST(ReadTrace, KnowsTheUnitsOfAlpine) {
  const Folder folder;
  const std::string head = "timestamp,cluster,building_block,enclosure,slot,rack,rack_unit\n";
  const auto good =
      read_trace(folder.write("good.csv", head + "2019-01-04T14:41:12-0500,2,g,1,29,8,1\n"));
  ASSERT_TRUE(good);
  EXPECT_EQ(good.value().layout, Layout::alpine);
  EXPECT_EQ(good.value().log.units[0], "2-g-1-29");
  EXPECT_EQ(good.value().log.population, 32'494U);
  const std::string faults =
      faults_of(folder.write("bad.csv", head + "2019-01-04T14:41:12-0500,11,g,1,29,8,1\n" +
                                            "2019-01-04T14:41:12-0500,2,i,1,29,8,1\n" +
                                            "2019-01-04T14:41:12-0500,2,a,1,107,8,1\n"));
  EXPECT_THAT(faults, HasSubstr("bad.csv:2: unknown unit: cluster '11'; Alpine has cluster 1 to"));
  EXPECT_THAT(faults, HasSubstr("bad.csv:3: unknown unit: building_block 'i'"));
  EXPECT_THAT(faults, HasSubstr("bad.csv:4: unknown unit: slot '107'"));
}

TEST(ReadTrace, TellsATruncatedGzipAndBytesThatAreNoText) {
  const Folder folder;
  std::string text = "timestamp,unit\n";
  for (int i = 0; i < 5000; ++i) {
    text += "2020-01-01T00:00:00." + std::to_string(1000 + i * 7919 % 9000) + ",u" +
            std::to_string(i) + "\n";
  }
  const std::string whole = folder.write_gzip("log.csv.gz", text);
  EXPECT_EQ(faults_of(whole), "none");
  std::filesystem::resize_file(whole, std::filesystem::file_size(whole) / 2);
  EXPECT_THAT(faults_of(whole),
              ::testing::ContainsRegex("log.csv.gz:[0-9]+: ends in the middle of its gzip stream"));
  const std::string nul =
      folder.write("nul.csv", std::string("timestamp,unit\n2020-01-01,a\0b\n", 30));
  EXPECT_THAT(faults_of(nul), HasSubstr("nul.csv:2: holds a NUL byte"));
  std::string broken = "\x1f\x8b\x08";
  broken += std::string(100, 'x');
  EXPECT_THAT(faults_of(folder.write("x.gz", broken)), HasSubstr("x.gz"));
}

TEST(ReadTrace, TellsFilesThatAreNoRecord) {
  const Folder folder;
  EXPECT_THAT(faults_of(folder.path() + "/missing.csv"), HasSubstr("cannot be read"));
  EXPECT_THAT(faults_of(folder.path()), HasSubstr("holds no file whose name ends in .csv"));
  EXPECT_THAT(faults_of(folder.write("empty.csv", "")), HasSubstr("is empty"));
  EXPECT_THAT(faults_of(folder.write("other.csv", "a,b\n1,2\n")), HasSubstr("names no columns"));
  EXPECT_THAT(faults_of(folder.write("head.csv", "timestamp,unit\n")), HasSubstr("holds no rows"));
  EXPECT_THAT(faults_of(folder.write("twice.csv", "timestamp,unit,unit\n")),
              HasSubstr("column 'unit' is there twice"));
}

TEST(ReadTrace, AddsUpTheDaysOfDrivesOfAFolder) {
  const Folder folder;
  const std::string head = "date,serial_number,model,capacity_bytes,failure,smart_9_raw\n";
  folder.write("2024-01-01.csv", head + "2024-01-01,A,m1,1,0,2400\n2024-01-01,B,m2,1,0,\n");
  folder.write_gzip("2024-01-02.csv.gz", head +
                                             "2024-01-02,A,m1,1,0,2424\n"
                                             "2024-01-02,B,m2,1,1,\n2024-01-02,C,m1,1,0,0\n");
  folder.write("2024-01-03.csv", head + "2024-01-03,A,m1,1,0,2448\n2024-01-03,B,m2,1,0,\n");
  const auto trace = read_trace(folder.path());
  ASSERT_TRUE(trace) << models::scenario::to_string(trace.diagnostics().front());
  const auto& drives = trace.value().drives;
  EXPECT_EQ(drives.rows, 7U);
  ASSERT_EQ(drives.drives.size(), 3U);
  EXPECT_EQ(drives.drives[0].days, 3U);
  EXPECT_FLOAT_EQ(drives.drives[0].age_days, 100);
  EXPECT_TRUE(drives.drives[1].failed);
  EXPECT_EQ(drives.drives[1].days, 2U);
  EXPECT_LT(drives.drives[1].age_days, 0);
  EXPECT_EQ(drives.rows_after_failure, 1U);
  const auto count = drives.by_model_and_year.at({1, 2024});
  EXPECT_EQ(count.days, 2);
  EXPECT_EQ(count.failures, 1);
}

TEST(ReadTrace, TellsFaultsOfDriveDays) {
  const Folder folder;
  const std::string faults =
      faults_of(folder.write("days.csv",
                             "date,serial_number,model,failure\n"
                             "2024-01-01,A,m,0\n2024-01-01,A,m,0\n2024-02-30,B,m,0\n"
                             "2024-01-02,C,m,2\n2024-01-02,,m,0\n"));
  EXPECT_THAT(faults, HasSubstr("days.csv:3: duplicate: drive 'A' is there on 2024-01-01"));
  EXPECT_THAT(faults, HasSubstr("days.csv:4: '2024-02-30' is no time"));
  EXPECT_THAT(faults, HasSubstr("days.csv:5: failure must be 0 or 1, got '2'"));
  EXPECT_THAT(faults, HasSubstr("days.csv:6: names no serial number"));
}

TEST(ReadTrace, ReadsATableOfModels) {
  const Folder folder;
  const auto trace = read_trace(folder.write(
      "table.csv", "model,capacity_tb,drives,drive_days,failures\na,4,10,3650,2\nb,4,10,100,0\n"));
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace.value().models.size(), 2U);
  EXPECT_THAT(faults_of(folder.write("bad.csv",
                                     "model,drive_days,failures\n"
                                     "a,0,1\na,10,-1\nb,1,1\nb,2,1\n")),
              ::testing::AllOf(HasSubstr("bad.csv:2: drive_days must be a number above 0"),
                               HasSubstr("bad.csv:3: failures must be a number from 0 on"),
                               HasSubstr("bad.csv:5: duplicate: model 'b' is on line 4")));
}

TEST(ReadTrace, ReadsTheRecordOfAlpine) {
  const std::string file = record_test::alpine_record();
  if (file.empty()) GTEST_SKIP() << "the record is not here";
  const auto trace = read_trace(file);
  ASSERT_TRUE(trace) << models::scenario::to_string(trace.diagnostics().front());
  EXPECT_EQ(trace.value().log.failures.size(), 3766U);
  EXPECT_EQ(trace.value().log.units.size(), 3279U);
  EXPECT_EQ(trace.value().log.units_in_rack.size(), 39U);
}

}  // namespace
