#include "models/records/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/records/read_trace.h"
#include "tests/models/records/record_file.h"

namespace {

using models::records::AgeTable;
using models::records::make_sample;
using models::records::parse_day;
using models::records::Sample;
using models::records::Watched;
using record_test::Folder;
using ::testing::HasSubstr;

/// The sample, or its faults.
struct Made {
  Sample sample;
  std::string faults;
};
Made made_from(const std::string& path, const Watched& watched) {
  const auto trace = models::records::read_trace(path);
  EXPECT_TRUE(trace) << models::scenario::to_string(trace.diagnostics().front());
  auto sample = make_sample(trace.value(), watched);
  if (sample) return {std::move(sample.value()), ""};
  Made made;
  for (const auto& fault : sample.diagnostics()) {
    made.faults += models::scenario::to_string(fault) + "\n";
  }
  return made;
}

constexpr const char* log_text =
    "timestamp,unit\n"
    "2020-07-01T00:00:00Z,a\n"
    "2021-07-01T00:00:00Z,a\n"
    "2020-10-01T00:00:00Z,b\n";

/// Three places, watched 2020 and 2021 (731 days), in since 2019: a fails after 182 days and 365
/// more, b after 274.
TEST(Sample, CutsTheTimeOfAPlaceIntoTheLivesOfItsUnits) {
  const Folder folder;
  const Made made =
      made_from(folder.write("log.csv", log_text), {.population = 3,
                                                    .from = parse_day("2020-01-01"),
                                                    .until = parse_day("2021-12-31"),
                                                    .installed = parse_day("2019-01-01")});
  ASSERT_EQ(made.faults, "");
  const Sample& sample = made.sample;
  EXPECT_EQ(sample.all.failures, 3);
  EXPECT_NEAR(sample.all.unit_years * 365.25, 3 * 731, 1e-9);
  EXPECT_NEAR(sample.by_year.at(2020).unit_years * 365.25, 3 * 366, 1e-9);
  EXPECT_EQ(sample.by_year.at(2020).failures, 2);
  EXPECT_EQ(sample.by_year.at(2021).failures, 1);
  ASSERT_EQ(sample.lives.size(), 6U);
  // Half a day later than midnight: only the day is known.
  const auto days = [](sim::Seconds time) { return sim::in_days(time); };
  EXPECT_NEAR(days(sample.lives[0].entry), 365, 1e-9);
  EXPECT_NEAR(days(sample.lives[0].exit), 365 + 182.5, 1e-9);
  EXPECT_NEAR(days(sample.lives[1].exit), 365, 1e-9);
  EXPECT_TRUE(sample.lives[1].failed);
  EXPECT_EQ(sample.lives[1].entry.value, 0);
  EXPECT_FALSE(sample.lives[2].failed);
  EXPECT_EQ(sample.lives[5].units, 1);
  EXPECT_NEAR(AgeTable(sample.lives).exposure(), sample.all.unit_years, 1e-9);
}

TEST(Sample, WantsToKnowWhoDidNotFail) {
  const Folder folder;
  const std::string log = folder.write("log.csv", log_text);
  EXPECT_THAT(made_from(log, {}).faults, HasSubstr("--population N says how many there were"));
  EXPECT_THAT(made_from(log, {.population = 1}).faults,
              HasSubstr("--population 1: the record names 2 units"));
  EXPECT_THAT(made_from(log, {.population = 5, .installed = parse_day("2022-01-01")}).faults,
              HasSubstr("must come in this order"));
  EXPECT_THAT(made_from(log, {.population = 5, .model = "m"}).faults, HasSubstr("--model"));
}

TEST(Sample, OfListedUnitsKnowsTheAgeOfEach) {
  const Folder folder;
  const std::string log = folder.write("log.csv",
                                       "timestamp,unit\n"
                                       "2020-07-01T00:00:00Z,a\n"
                                       "2020-10-01T00:00:01Z,b\n");
  auto list = models::records::read_inventory(folder.write(
      "units.csv", "unit,installed,removed\na,2019-07-01,\nb,,\nc,2020-04-01,2020-08-01\n"));
  ASSERT_TRUE(list);
  const Made made = made_from(log, {.from = parse_day("2020-01-01"),
                                    .until = parse_day("2020-12-31"),
                                    .inventory = list.value()});
  ASSERT_EQ(made.faults, "");
  ASSERT_EQ(made.sample.lives.size(), 2U);
  EXPECT_NEAR(sim::in_days(made.sample.lives[0].entry), 184, 1e-6);
  EXPECT_TRUE(made.sample.lives[0].failed);
  EXPECT_NEAR(sim::in_days(made.sample.lives[1].exit), 122, 1e-6);
  EXPECT_EQ(made.sample.without_age.failures, 1);
  EXPECT_NEAR(made.sample.all.unit_years * 365.25, 182 + 274 + 122, 0.01);
}

TEST(Sample, TellsUnitsThatTheListDoesNotHaveOrThatFailTwice) {
  const Folder folder;
  auto list =
      models::records::read_inventory(folder.write("units.csv", "unit,installed\na,2020-08-01\n"));
  ASSERT_TRUE(list);
  const std::string faults =
      made_from(folder.write("log.csv", log_text), {.inventory = list.value()}).faults;
  EXPECT_THAT(faults, HasSubstr("log.csv:4: unknown unit 'b'"));
  EXPECT_THAT(faults, HasSubstr("log.csv:2: unit 'a' fails before it is installed"));
}

TEST(Sample, LeavesOutAFailureThatTheListDoesNotBearUnlessItIsStrict) {
  const Folder folder;
  auto list = models::records::read_inventory(
      folder.write("units.csv", "unit,installed\na,2019-01-01\nb,2019-01-01\nc,2019-01-01\n"));
  ASSERT_TRUE(list);
  const std::string log = folder.write("log.csv",
                                       "timestamp,unit\n2020-01-02T00:00:00Z,a\n"
                                       "2020-02-02T00:00:00Z,b\n2020-03-02T00:00:00Z,b\n"
                                       "2020-03-04T00:00:00Z,c\n2020-03-05T00:00:00Z,x\n");
  const Made made = made_from(log, {.inventory = list.value()});
  ASSERT_EQ(made.faults, "");
  EXPECT_EQ(made.sample.all.failures, 3);
  EXPECT_EQ(made.sample.rows_faulty, 2U);
  ASSERT_EQ(made.sample.faults.size(), 2U);
  EXPECT_THAT(made.sample.faults[0].message, HasSubstr("unit 'b' has failed on line 3"));
  EXPECT_THAT(made.sample.faults[1].message, HasSubstr("unknown unit 'x'"));
  const Made strict = made_from(log, {.inventory = list.value(), .strict = true});
  EXPECT_THAT(strict.faults, HasSubstr("log.csv:6: unknown unit 'x'"));
}

TEST(Sample, OfDriveDaysBeginsAtTheAgeThatDrivesTell) {
  const Folder folder;
  const std::string days = folder.write("days.csv",
                                        "date,serial_number,model,failure,smart_9_raw\n"
                                        "2024-01-01,A,m1,0,2400\n2024-01-01,B,m2,0,\n"
                                        "2024-01-02,A,m1,0,2424\n2024-01-02,B,m2,1,\n"
                                        "2024-01-02,C,m1,0,\n2024-01-03,C,m1,1,\n");
  const Made made = made_from(days, {});
  ASSERT_EQ(made.faults, "");
  ASSERT_EQ(made.sample.lives.size(), 2U);
  EXPECT_NEAR(sim::in_days(made.sample.lives[0].entry), 100, 1e-6);
  EXPECT_NEAR(sim::in_days(made.sample.lives[0].exit), 102, 1e-6);
  EXPECT_EQ(made.sample.lives[1].entry.value, 0);  // C came later: it was new
  EXPECT_EQ(made.sample.without_age.failures, 1);  // nobody knows how old B was
  EXPECT_EQ(made.sample.by_model.at("m1").failures, 1);
  EXPECT_EQ(made_from(days, {.model = "m2"}).sample.all.failures, 1);
  EXPECT_THAT(made_from(days, {.model = "m3"}).faults, HasSubstr("there is no 'm3'"));
  EXPECT_THAT(made_from(days, {.population = 3}).faults, HasSubstr("--population"));
}

}  // namespace
