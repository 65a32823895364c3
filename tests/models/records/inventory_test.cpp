// Lists of units as people have them: read as liberally as records are.
#include "models/records/inventory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/models/records/record_file.h"

namespace {

using models::records::Inventory;
using models::records::read_inventory;
using models::records::Reading;
using record_test::Folder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::string_literals;

Reading reading_of(const std::string& columns, const std::string& where = {}) {
  Reading reading;
  if (!columns.empty()) {
    EXPECT_EQ(models::records::read_columns(columns, reading), "");
  }
  if (!where.empty()) {
    EXPECT_EQ(models::records::read_where(where, reading), "");
  }
  return reading;
}

std::string faults_of(const std::string& path, const Reading& reading = {}) {
  const auto list = read_inventory(path, reading);
  const auto& faults = list ? list.value().faults : list.diagnostics();
  std::string text = list ? "read\n" : "";
  for (const auto& fault : faults) text += models::scenario::to_string(fault) + "\n";
  return text;
}

/// One unit A of model x in rack r1, machine m1, put in on 2019-03-14 and taken out on 2019-05-06.
struct ListCase {
  const char* name;
  const char* columns;
  const char* text;
  const char* unit;
};

class Lists : public ::testing::TestWithParam<ListCase> {};

TEST_P(Lists, AreRead) {
  const ListCase& wanted = GetParam();
  const Folder folder;
  const auto list =
      read_inventory(folder.write("units.csv", wanted.text), reading_of(wanted.columns));
  ASSERT_TRUE(list) << models::scenario::to_string(list.diagnostics().front());
  ASSERT_TRUE(list.value().units.contains(wanted.unit));
  const Inventory::Unit& unit = list.value().units.at(wanted.unit);
  EXPECT_EQ(unit.installed, models::records::start_of(*models::records::parse_day("2019-03-14")));
  EXPECT_EQ(unit.removed, models::records::start_of(*models::records::parse_day("2019-05-06")));
  EXPECT_EQ(unit.model, "x");
  EXPECT_EQ(unit.place.machine, "m1");
  EXPECT_EQ(list.value().rows_faulty, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Headers, Lists,
    ::testing::Values(
        ListCase{"plain", "",
                 "unit,installed,removed,model,machine\nA,2019-03-14,2019-05-06,x,m1\n", "A"},
        ListCase{"synonyms", "",
                 "Serial Number;Install Date;Retired;Drive Model;Hostname\n"
                 "A;14.03.2019;06.05.2019;x;m1\n",
                 "A"},
        ListCase{"months_first_told_by_another_row", "",
                 "sn,in_service,decommissioned,product,node\n"
                 "A,3/14/2019,5/6/2019,x,m1\n",
                 "A"},
        ListCase{"columns_of_the_list_alone",
                 "unit=Disk,time=When,list.unit=Name,list.installed=Bought,list.removed=Gone",
                 "Name,Bought,Gone,model,machine\nA,1552521600,1557100800,x,m1\n", "A"},
        ListCase{"columns_of_the_record_that_the_list_has_too", "unit=Server/Slot,time=When",
                 "Server\tSlot\tinstalled\tremoved\tmodel\nm1\t7\t2019-03-14\t2019-05-06\tx\n",
                 "m1/7"},
        ListCase{"places_alone", "",
                 "Server,Bay,Deployed,Removed,Model\nm1,7,2019-03-14,2019-05-06,x\n", "m1/7"}),
    [](const auto& list) { return std::string{list.param.name}; });

TEST(Inventory, IsReadFromAnyFileThatARecordIs) {
  const Folder folder;
  std::string text = "unit,installed\n";
  for (int i = 0; i < 3000; ++i) text += "u" + std::to_string(i) + ",2019-03-14\n";
  for (const std::string& file :
       {folder.write_gzip("u.csv.gz", text), folder.write_packed("u.xz", text, Folder::Packed::xz),
        folder.write_packed("u.zst", text, Folder::Packed::zstd),
        folder.write_zip("u.zip", {{"units.csv", text}})}) {
    const auto list = read_inventory(file);
    ASSERT_TRUE(list) << file << models::scenario::to_string(list.diagnostics().front());
    EXPECT_EQ(list.value().units.size(), 3000U) << file;
    EXPECT_EQ(list.value().files, std::vector{file});
  }
}

TEST(Inventory, OfAFolderHoldsTheUnitsOfAllItsFiles) {
  const Folder folder;
  folder.write("site_a.csv", "unit,installed\na,2019-01-01\n");
  folder.write("site_b.csv", "serial;installed\nb;2019-01-02\na;2019-01-03\nc;\n");
  const auto list = read_inventory(folder.path());
  ASSERT_TRUE(list) << models::scenario::to_string(list.diagnostics().front());
  EXPECT_EQ(list.value().units.size(), 3U);
  ASSERT_EQ(list.value().faults.size(), 1U);
  EXPECT_THAT(list.value().faults[0].message,
              ::testing::AllOf(HasSubstr("duplicate: unit 'a' is on line 2 of"),
                               HasSubstr("site_a.csv already")));
}

TEST(Inventory, TakesItsOwnRowsByAColumn) {
  const Folder folder;
  const std::string file = folder.write("u.csv", "unit,Site\na,north\nb,south\nc,north\n");
  const auto list = read_inventory(file, reading_of("", "list.Site=north"));
  ASSERT_TRUE(list);
  EXPECT_EQ(list.value().units.size(), 2U);
  EXPECT_EQ(list.value().rows_left_out, 1U);
  // A condition of the record is none of the list.
  EXPECT_EQ(read_inventory(file, reading_of("", "Action=replacement")).value().units.size(), 3U);
}

TEST(Inventory, LeavesOutRowsWithFaultsAndNamesThem) {
  const Folder folder;
  const std::string file =
      folder.write("u.csv",
                   "unit,installed,removed\na,soon,\nb,2020-01-01,2019-01-01\n,2020-01-01,\n"
                   "c\0,2020-01-01,\nd\xe9,2020-01-01,\n"s +
                       "e,,\nf,,\ng,,\nh,,\ni,,\nj,,\n");
  const std::string faults = faults_of(file);
  EXPECT_THAT(faults, HasSubstr("read\n"));
  EXPECT_THAT(faults, HasSubstr("u.csv:2: installed: 'soon' is no time"));
  EXPECT_THAT(faults, HasSubstr("u.csv:3: is removed before it is installed"));
  EXPECT_THAT(faults, HasSubstr("u.csv:4: names no unit"));
  EXPECT_THAT(faults, HasSubstr("u.csv:5: holds a NUL byte"));
  EXPECT_THAT(faults, HasSubstr("u.csv:6: 'd?' holds the byte 0xe9"));
  Reading strict;
  strict.strict = true;
  EXPECT_FALSE(read_inventory(file, strict));
  EXPECT_FALSE(read_inventory(folder.write("most.csv", "unit,installed\na,soon\nb,never\nc,\n")));
}

TEST(Inventory, TellsADateOfTwoReadingsAndWhatIsNoList) {
  const Folder folder;
  const std::string file = folder.write("u.csv", "unit,installed\na,3/4/2019\n");
  EXPECT_THAT(faults_of(file), HasSubstr("--dates"));
  Reading us;
  EXPECT_EQ(models::records::read_dates("us", us), "");
  EXPECT_EQ(read_inventory(file, us).value().units.at("a").installed,
            models::records::start_of(*models::records::parse_day("2019-03-04")));
  EXPECT_THAT(faults_of(folder.write("x.csv", "x,y\n1,2\n")),
              HasSubstr("--columns list.unit=NAME must say which column names the unit; there are "
                        "x, y"));
  EXPECT_THAT(faults_of(folder.write("y.csv", "unit\n1\n"), reading_of("list.unit=Name")),
              HasSubstr("there is no column 'Name'"));
  const std::string cut = folder.write_gzip("u.gz", "unit,installed\n" + std::string(60'000, '7'));
  std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
  EXPECT_THAT(faults_of(cut), HasSubstr("cut off"));
}

TEST(Inventory, SaysWhichColumnsItTook) {
  const Folder folder;
  const auto list = read_inventory(folder.write("u.csv", "SN,Deployed,Owner\na,2019-03-14,x\n"));
  ASSERT_TRUE(list);
  EXPECT_THAT(list.value().warnings,
              ElementsAre("list of units: the unit is column 'SN'",
                          "list of units: the installed is column 'Deployed'",
                          "list of units: column 'Owner' is not used"));
}

}  // namespace
