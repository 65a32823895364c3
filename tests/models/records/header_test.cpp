// First lines of records as people have them.
#include "models/records/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/records/read_trace.h"
#include "tests/models/records/record_file.h"

namespace {

using models::records::Layout;
using models::records::Place;
using models::records::read_trace;
using models::records::Reading;
using models::records::Trace;
using record_test::Folder;
using ::testing::HasSubstr;

struct LayoutCase {
  const char* name;
  const char* columns;  ///< --columns; empty: none
  const char* text;     ///< two rows: of a unit "A", and one of another unit
  Layout layout;
  const char* unit;
  Place place;
};

class Layouts : public ::testing::TestWithParam<LayoutCase> {};

Reading reading_of(const std::string& columns) {
  Reading reading;
  if (!columns.empty()) {
    EXPECT_EQ(models::records::read_columns(columns, reading), "");
  }
  return reading;
}

std::string faults_of(const std::string& path, const Reading& reading = {}) {
  const auto trace = read_trace(path, reading);
  if (trace) return "none";
  std::string text;
  for (const auto& fault : trace.diagnostics()) {
    text += models::scenario::to_string(fault) + "\n";
  }
  return text;
}

TEST_P(Layouts, AreRead) {
  const LayoutCase& wanted = GetParam();
  const Folder folder;
  const auto read = read_trace(folder.write("log.csv", wanted.text), reading_of(wanted.columns));
  ASSERT_TRUE(read) << models::scenario::to_string(read.diagnostics().front());
  const Trace& trace = read.value();
  EXPECT_EQ(trace.layout, wanted.layout);
  EXPECT_EQ(trace.rows_faulty, 0U);
  if (wanted.layout == Layout::failures) {
    ASSERT_EQ(trace.log.failures.size(), 2U);
    EXPECT_EQ(trace.log.failures.front().at.value, 1546594872);  // 2019-01-04 09:41:12
    EXPECT_EQ(trace.log.units[0], wanted.unit);
    EXPECT_EQ(trace.log.places[0], wanted.place);
  } else if (wanted.layout == Layout::drive_days) {
    EXPECT_EQ(trace.drives.serials[0], wanted.unit);
    EXPECT_TRUE(trace.drives.drives[0].failed);
    EXPECT_FALSE(trace.drives.drives[1].failed);
  } else {
    ASSERT_EQ(trace.models.size(), 2U);
    EXPECT_EQ(trace.models[0].model, wanted.unit);
    EXPECT_EQ(trace.models[0].failures, 3);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Ten, Layouts,
    ::testing::Values(
        LayoutCase{"plain",
                   "",
                   "timestamp,unit,rack,machine,slot\n"
                   "2019-01-04T09:41:12Z,A,r1,m1,7\n2019-01-05,B,r1,m1,8\n",
                   Layout::failures,
                   "A",
                   {"r1", "m1", "7"}},
        LayoutCase{"serial_numbers",
                   "",
                   "Failure Time,Serial Number,Model,Hostname,Bay\n"
                   "2019-01-04 09:41:12,A,x,m1,7\n2019-01-05 00:00:00,B,x,m1,8\n",
                   Layout::failures,
                   "A",
                   {"", "m1", "7"}},
        LayoutCase{"server_enclosure_slot",
                   "unit=Server/Enclosure/Slot,time=Timestamp",
                   "Timestamp,Action,Server,Enclosure,Slot\n"
                   "1/4/2019 9:41:12 AM,replacement,s1,2,7\n"
                   "1/15/2019 9:00:00 AM,replacement,s1,1,7\n",
                   Layout::failures,
                   "s1/2/7",
                   {"", "s1/2", "7"}},
        LayoutCase{"places_alone",
                   "",
                   "Date,Time,Rack,Server,Slot\n"
                   "2019-01-04,09:41:12,r1,m1,7\n2019-01-05,00:00:00,r1,m1,8\n",
                   Layout::failures,
                   "r1/m1/7",
                   {"r1", "m1", "7"}},
        LayoutCase{"semicolons_day_first",
                   "",
                   "Date;Disk-ID;Cabinet\n04.01.2019 09:41:12;A;r1\n05.01.2019 00:00:00;B;r1\n",
                   Layout::failures,
                   "A",
                   {"r1", "", ""}},
        LayoutCase{"tabs_and_seconds",
                   "",
                   "epoch\tdevice_id\tnode\n1546594872\tA\tm1\n1546600000\tB\tm1\n",
                   Layout::failures,
                   "A",
                   {"", "m1", ""}},
        LayoutCase{"milliseconds_in_quotes",
                   "",
                   "\"event_time\",\"drive_id\",\"jbod\",\"drive_bay\"\n"
                   "\"1546594872000\",\"A\",\"j1\",\"7\"\n\"1546600000000\",\"B\",\"j1\",\"8\"\n",
                   Layout::failures,
                   "A",
                   {"", "j1", "7"}},
        LayoutCase{"backblaze",
                   "",
                   "date,serial_number,model,capacity_bytes,failure,smart_9_raw\n"
                   "2019-01-04,A,x,1,1,10\n2019-01-04,B,x,1,0,10\n",
                   Layout::drive_days,
                   "A",
                   {}},
        LayoutCase{"drive_days_otherwise",
                   "",
                   "day,disk_serial,disk_model,failed,power_on_hours\n"
                   "2019/01/04,A,x,true,10\n2019/01/04,B,x,false,10\n",
                   Layout::drive_days,
                   "A",
                   {}},
        LayoutCase{"table_with_failed",
                   "",
                   "Drive Model,Drive Days,Failed\nA,1000,3\nB,1000,0\n",
                   Layout::model_table,
                   "A",
                   {}}),
    [](const auto& layout) { return std::string{layout.param.name}; });

TEST(Header, SaysWhichColumnsItTook) {
  const Folder folder;
  const auto trace = read_trace(
      folder.write("log.csv", "Failure Date,Disk Serial,Note\n2019-01-04,A,\n2019-01-05,B,\n"));
  ASSERT_TRUE(trace);
  EXPECT_THAT(trace.value().warnings, ::testing::ElementsAre("the time is column 'Failure Date'",
                                                             "the unit is column 'Disk Serial'",
                                                             "column 'Note' is not used"));
}

TEST(Header, TwoColumnsThatCouldBeMeantAreADoubtWithItsRemedy) {
  const Folder folder;
  const std::string file =
      folder.write("log.csv", "failed_at,detected_at,serial\n2019-01-04,2019-01-05,A\n");
  EXPECT_THAT(faults_of(file),
              HasSubstr("columns failed_at and detected_at could all say the time; "
                        "--columns time=failed_at chooses one"));
  EXPECT_EQ(faults_of(file, reading_of("time=detected_at")), "none");
}

TEST(Header, AColumnThatIsNotThereIsToldWithThoseThatAre) {
  const Folder folder;
  const std::string file = folder.write("log.csv", "when,serial\n2019-01-04,A\n");
  EXPECT_THAT(faults_of(file, reading_of("unit=Sreial")),
              HasSubstr("there is no column 'Sreial'; the first line names when, serial"));
  EXPECT_THAT(faults_of(folder.write("other.csv", "x,y\n1,2\n")),
              HasSubstr("There are x, y; --columns unit=NAME,time=NAME"));
}

TEST(Reading, WordsOfTheCommandLineAreReadStrictly) {
  Reading reading;
  EXPECT_THAT(models::records::read_columns("serial=A", reading), HasSubstr("no role of a column"));
  EXPECT_THAT(models::records::read_columns("unit", reading), HasSubstr("ROLE=COLUMN"));
  EXPECT_THAT(models::records::read_columns("unit=A,unit=B", reading), HasSubstr("named twice"));
  EXPECT_THAT(models::records::read_where("Action", reading), HasSubstr("COLUMN=VALUE"));
  EXPECT_THAT(models::records::read_where("=x", reading), HasSubstr("COLUMN=VALUE"));
  EXPECT_THAT(models::records::read_dates("german", reading), HasSubstr("auto, iso, us"));
}

TEST(Reading, TakesTheRowsOfOneKind) {
  const Folder folder;
  const std::string file = folder.write("log.csv",
                                        "timestamp,unit,Action\n"
                                        "2019-01-04,A,Replacement\n2019-01-05,B,check\n"
                                        "2019-01-06,C,removal\n2019-01-07,D,test\n");
  const auto rows = [&](const char* where) {
    Reading reading;
    EXPECT_EQ(models::records::read_where(where, reading), "");
    const auto trace = read_trace(file, reading);
    return trace ? trace.value().log.failures.size() : 0U;
  };
  EXPECT_EQ(rows("Action=replacement"), 1U);
  EXPECT_EQ(rows("action = replacement|removal"), 2U);
  EXPECT_EQ(rows("Action!=test"), 3U);
  Reading none;
  EXPECT_EQ(models::records::read_where("Action=swap", none), "");
  EXPECT_THAT(faults_of(file, none), HasSubstr("holds no row that --where takes"));
  Reading unknown;
  EXPECT_EQ(models::records::read_where("Kind=swap", unknown), "");
  EXPECT_THAT(faults_of(file, unknown), HasSubstr("--where: there is no column 'Kind'"));
}

}  // namespace
