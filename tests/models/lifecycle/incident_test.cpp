#include "models/lifecycle/incident.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/quantity.h"

// The incident of the machine room, by hand: what is lost, what comes back, and when.
namespace models::lifecycle {
namespace {

using scenario::IncidentKind;
using scenario::IncidentOf;
using scenario::StoredCopy;
using scenario::Versions;
using sim::days;
using sim::hours;
using sim::minutes;

StoredCopy array() {
  StoredCopy copy;
  copy.name = "array";
  copy.place = "hospital/machine room";
  copy.versions = Versions::snapshots;
  copy.medium = "array";
  return copy;
}

StoredCopy cloud() {
  StoredCopy copy;
  copy.name = "cloud";
  copy.place = "region/three zones";
  copy.medium = "object store";
  copy.versions = Versions::immutable;
  copy.versions_for = days(30);
  copy.behind = hours(2);
  copy.restore = {1.25e9};
  return copy;
}

IncidentOf room() {
  IncidentOf incident;
  incident.name = "the machine room";
  incident.kind = IncidentKind::place;
  incident.place = "hospital";
  return incident;
}

IncidentOf logical(IncidentKind kind) {
  IncidentOf incident;
  incident.kind = kind;
  return incident;
}

CopySet set_of(const std::vector<StoredCopy>& copies) {
  return {.copies = copies,
          .data = 100 * terabyte,
          .object = {100e6},
          .snapshots =
              policy::SnapshotRule{.every = hours(6), .keep = {{hours(6), days(7)}}, .most = 256},
          .course = nullptr};
}

TEST(Incident, AHundredTerabytesComeBackOverTenGigabitsInTwentyTwoHours) {
  const std::vector<StoredCopy> copies{array(), cloud()};
  const Aftermath after =
      aftermath(room(), set_of(copies), days(100),
                {.destroys = 0.5, .found_after = minutes(30), .ready_after = {}});
  EXPECT_FALSE(after.lost);
  EXPECT_EQ(after.from, "cloud");
  EXPECT_EQ(after.rolled_back, hours(2));
  EXPECT_NEAR(after.all_back.value, 1800 + 80000, 1e-6);
  EXPECT_NEAR(after.first_back.value, 1800 + 0.08, 1e-6);
}

TEST(Incident, TheArrayIsACeilingOfTheRestore) {
  const std::vector<StoredCopy> copies{array(), cloud()};
  CopySet set = set_of(copies);
  set.intake = scenario::Intake{.rate = {1e9}, .operations = {300e3}};
  EXPECT_NEAR(aftermath(room(), set, days(100), {.destroys = 0.5}).all_back.value, 1e5, 1e-6);
  // A million objects of 100 MB, five operations a second.
  set.intake->operations = {5};
  EXPECT_NEAR(aftermath(room(), set, days(100), {.destroys = 0.5}).all_back.value, 2e5, 1e-6);
}

TEST(Incident, WithoutTheCloudAllIsLost) {
  const std::vector<StoredCopy> copies{array(), cloud()};
  CopySet set = set_of(copies);
  set.off_site = false;
  EXPECT_TRUE(
      aftermath(room(), set, days(100), {.destroys = 0.5, .found_after = {}, .ready_after = {}})
          .lost);
}

TEST(Incident, WhatIsNotDestroyedComesBackWithTheRoom) {
  const std::vector<StoredCopy> copies{array(), cloud()};
  IncidentOf incident = room();
  incident.destroys = 0.2;
  const Aftermath after = aftermath(incident, set_of(copies), days(100),
                                    {.destroys = 0.3, .found_after = {}, .ready_after = hours(5)});
  EXPECT_FALSE(after.lost);
  EXPECT_EQ(after.rolled_back.value, 0);
  EXPECT_EQ(after.all_back, hours(5));
}

TEST(Incident, APlaceLiesInItsRegionAndNotInOneOfLikeName) {
  std::vector<StoredCopy> copies{array(), cloud()};
  copies[1].place = "hospital 2/room";
  EXPECT_FALSE(aftermath(room(), set_of(copies), days(1), {.destroys = 0.5}).lost);
}

TEST(Incident, ADeletionIsRolledBackToTheLastSnapshot) {
  const std::vector<StoredCopy> copies{array(), cloud()};
  const Aftermath after =
      aftermath(logical(IncidentKind::deletion), set_of(copies), days(100) + hours(8),
                {.destroys = 0.5, .found_after = days(1), .ready_after = hours(1)});
  EXPECT_FALSE(after.lost);
  EXPECT_EQ(after.from, "array");
  EXPECT_NEAR(after.rolled_back.value, hours(2).value, 1e-3);
  EXPECT_EQ(after.all_back, days(1) + hours(1));
}

TEST(Incident, ADeletionFoundAfterTheSnapshotsAreGoneComesFromTheCloud) {
  const std::vector<StoredCopy> copies{array(), cloud()};
  const Aftermath after = aftermath(logical(IncidentKind::deletion), set_of(copies), days(100),
                                    {.destroys = 0.5, .found_after = days(10)});
  EXPECT_EQ(after.from, "cloud");
  EXPECT_TRUE(aftermath(logical(IncidentKind::deletion), set_of(copies), days(100),
                        {.destroys = 0.5, .found_after = days(31)})
                  .lost);
}

TEST(Incident, RansomwareTakesSnapshotsAndNotWhatNobodyCanDelete) {
  std::vector<StoredCopy> copies{array(), cloud()};
  EXPECT_EQ(aftermath(logical(IncidentKind::ransomware), set_of(copies), days(100),
                      {.destroys = 0.5, .found_after = days(2)})
                .from,
            "cloud");
  copies[1].versions = Versions::snapshots;
  EXPECT_TRUE(aftermath(logical(IncidentKind::ransomware), set_of(copies), days(100),
                        {.destroys = 0.5, .found_after = days(2)})
                  .lost);
}

TEST(Incident, ACopyThatFollowsDoesNotHelpAgainstDeletion) {
  std::vector<StoredCopy> copies{array(), cloud()};
  copies[0].versions = copies[1].versions = Versions::none;
  EXPECT_TRUE(
      aftermath(logical(IncidentKind::deletion), set_of(copies), days(100), {.destroys = 0.5})
          .lost);
}

TEST(Incident, CopiesAreCountedByPlaceAndMedium) {
  std::vector<StoredCopy> copies{array(), cloud()};
  EXPECT_FALSE(count_copies(copies).met());
  copies.push_back(cloud());
  copies.back().place = "another region";
  EXPECT_TRUE(count_copies(copies).met());
  EXPECT_EQ(count_copies(copies).immutable, 2U);
}

TEST(Incident, DrawnOnesRollBackToTheStateOfTheLine) {
  scenario::Lifecycle all;
  all.copies = {array(), cloud()};
  all.copies[1].over_line = true;
  all.writes = scenario::Writes{.per_day = {24e9}, .from = {}, .to = days(1), .overwritten = 0};
  all.line =
      scenario::CloudLine{.rate = {1e9 / 360}, .share = 1, .hours = {}, .outage = std::nullopt};
  all.snapshots = policy::SnapshotRule{.every = hours(1), .keep = {}, .most = 256};
  const IncidentFigures figures =
      draw_incidents(room(), all, 100 * terabyte, {100e6}, sim::years(1), true, 1, 4000);
  EXPECT_EQ(figures.lost, 0U);
  // Evenly between 0.1 and 1.1 h: 4 standard errors of 4,000 draws, and a bin.
  EXPECT_NEAR(figures.rolled_back_s.quantile(0.5), hours(0.6).value, 160);
  EXPECT_LE(figures.rolled_back_s.quantile(1), hours(1.11).value);
  const IncidentFigures without =
      draw_incidents(room(), all, 100 * terabyte, {100e6}, sim::years(1), false, 1, 1000);
  EXPECT_EQ(without.lost, 1000U);
}

}  // namespace
}  // namespace models::lifecycle
