#include "models/records/date_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/records/read_trace.h"
#include "tests/models/records/record_file.h"

namespace {

using models::records::DateForm;
using models::records::DateReader;
using models::records::read_trace;
using models::records::Reading;
using record_test::Folder;
using ::testing::HasSubstr;

double seconds_of(const char* text, DateForm form = DateForm::automatic) {
  const auto at = DateReader{form}.read(text);
  return at ? at->value : -1;
}

TEST(DateReader, ReadsIsoUsAndCountsOfSeconds) {
  constexpr double at = 1546612872;  // 2019-01-04 14:41:12 UTC
  for (const char* text :
       {"2019-01-04T14:41:12Z", "2019-01-04 14:41:12", "2019/01/04 14:41:12",
        "2019-01-04 14:41:12 UTC", "2019-01-04 15:41:12 +0100", "20190104T144112", "1546612872",
        "1546612872000", "1546612872000000", "1546612872000000000", "04.01.2019 14:41:12"}) {
    EXPECT_DOUBLE_EQ(seconds_of(text), at) << text;
  }
  EXPECT_DOUBLE_EQ(seconds_of("1/4/2019 2:41:12 PM", DateForm::month_first), at);
  EXPECT_DOUBLE_EQ(seconds_of("01/04/2019 14:41:12", DateForm::month_first), at);
  EXPECT_DOUBLE_EQ(seconds_of("4/1/2019, 14:41:12", DateForm::day_first), at);
  EXPECT_DOUBLE_EQ(seconds_of("1/14/2019"), 1547424000);  // one reading
  EXPECT_DOUBLE_EQ(seconds_of("12:00 AM"), -1);
  EXPECT_DOUBLE_EQ(seconds_of("1/4/2019 12:00 AM", DateForm::month_first), 1546560000);
}

TEST(DateReader, RefusesWhatIsNoTimeOfARecordAndSaysWhy) {
  DateReader reader;
  for (const auto& [text, why] : std::vector<std::pair<const char*, const char*>>{
           {"1970-01-01", "a clock that was not set"},
           {"86400", "as seconds since 1970 it is not in the years"},
           {"never", "is no time; it must be as"},
           {"31.02.2019", "is no time with the day first"},
           {"1/4/19", "is no time"},
           {"3/4/2019", "has two readings, 2019-03-04 (month first) and 2019-04-03 (day first)"},
           {"1/4/2019 13:00 PM", "two readings"},
           {"", "is no time"}}) {
    EXPECT_FALSE(reader.read(text)) << text;
    EXPECT_THAT(reader.why(), HasSubstr(why)) << text;
  }
  EXPECT_FALSE(DateReader{DateForm::month_first}.read("25/12/2019"));
  EXPECT_FALSE(DateReader{DateForm::month_first}.read("1/4/2019 13:00 PM"));
  EXPECT_FALSE(DateReader{DateForm::iso}.read("1546612872"));
  EXPECT_FALSE(DateReader{DateForm::epoch}.read("2019-01-04"));
}

std::string read(const std::string& path, DateForm form = DateForm::automatic) {
  Reading reading;
  reading.dates = form;
  const auto trace = read_trace(path, reading);
  if (!trace) return models::scenario::to_string(trace.diagnostics().front());
  return models::records::time_text(trace.value().log.failures.front().at);
}

TEST(DateOrder, IsThatOfAllDatesOfTheRecord) {
  const Folder folder;
  const std::string head = "timestamp,unit\n3/4/2019,A\n";
  EXPECT_EQ(read(folder.write("us.csv", head + "3/25/2019,B\n")), "2019-03-04 00:00");
  EXPECT_EQ(read(folder.write("eu.csv", head + "25/4/2019,B\n")), "2019-04-03 00:00");
  const std::string both = folder.write("both.csv", head + "5/6/2019,B\n");
  EXPECT_THAT(read(both), HasSubstr("'3/4/2019' has two readings, 2019-03-04 (month first) and "
                                    "2019-04-03 (day first); --dates us says"));
  EXPECT_EQ(read(both, DateForm::month_first), "2019-03-04 00:00");
  EXPECT_EQ(read(both, DateForm::day_first), "2019-04-03 00:00");
  EXPECT_THAT(read(folder.write("mixed.csv", head + "3/25/2019,B\n25/3/2019,C\n")),
              HasSubstr("'3/25/2019' has the month first and '25/3/2019' the day"));
  EXPECT_EQ(read(folder.write("same.csv", "timestamp,unit\n3/3/2019,A\n")), "2019-03-03 00:00");
}

TEST(DateOrder, OfAFolderIsDecidedByAllItsFiles) {
  const Folder folder;
  const std::string head = "date,serial_number,model,failure\n";
  folder.write("a.csv", head + "1/2/2019,A,m,0\n");
  folder.write("b.csv", head + "1/13/2019,A,m,1\n");
  const auto trace = read_trace(folder.path());
  ASSERT_TRUE(trace);
  EXPECT_EQ(models::records::date_text(trace.value().drives.first), "2019-01-02");
  EXPECT_EQ(models::records::date_text(trace.value().drives.last), "2019-01-13");
}

}  // namespace
