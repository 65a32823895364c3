// Every kind of bad file that a user can hand over: a message with place and remedy, no waiting, no
// crash. And the shipped scenario, which has no fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "models/codes/code.h"
#include "models/economics/price_table.h"
#include "models/input/read_scenario.h"

namespace models::scenario {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

// One line per part, so that a test knows the line of a fault.
constexpr std::string_view good = R"({"version": 1, "name": "small", "mission": "1 year",
"data": {"logical": "10 TB", "objects": 1000, "stripe": "4 MB"},
"hardware": {"racks_per_site": 10, "machines_per_rack": 2, "disks_per_machine": 2, "disk": {"capacity": "4 TB", "read": "200 MB/s", "write": "200 MB/s"}, "network": {"machine": "10 Gbit/s", "rack_uplink": "40 Gbit/s", "core": "100 Gbit/s"}},
"failures": {"disk": {"lifetime": "2 %/year"}},
"repair": {"detection": "15 min", "replacement": "24 h", "throttles": [{"at": "machine", "rate": "30 MB/s", "counts": "reads"}]},
"strategies": [{"name": "RS 6+3", "code": {"kind": "reed-solomon", "data": 6, "parity": 3}, "placement": {"kind": "declustered", "groups": 100}}]
}
)";

/// `good` with one text replaced by another.
std::string with(std::string_view from, std::string_view to) {
  std::string text(good);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

std::string text_of(const Diagnostics& faults) {
  std::string text;
  for (const Diagnostic& fault : faults) text += to_string(fault) + "\n";
  return text;
}

class BadInput : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              (std::string("holdfast_bad_input_") +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    file_ = folder_ / "scenario.json";
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// What reading a file of `text` says; empty if nothing.
  std::string faults_of(std::string_view text) const {
    std::ofstream(file_, std::ios::binary) << text;
    return faults();
  }
  std::string faults() const {
    const auto scenario = read_scenario(file_);
    return scenario ? "" : text_of(scenario.diagnostics());
  }
  /// `good` with a replacement is refused at `place`, in `line` of the file, in these `words`.
  void refuses(std::string_view from, std::string_view to, const std::string& place, int line,
               const std::string& words) const {
    const std::string text = faults_of(with(from, to));
    EXPECT_THAT(text, AllOf(HasSubstr(place), HasSubstr(words),
                            HasSubstr("scenario.json:" + std::to_string(line) + ":")))
        << to;
  }

  fs::path folder_;
  fs::path file_;
};

TEST_F(BadInput, TheFileThatTheseTestsSpoilIsGood) { EXPECT_EQ(faults_of(good), ""); }

TEST_F(BadInput, AMissingFile) {
  EXPECT_THAT(faults(), AllOf(HasSubstr("scenario.json"), HasSubstr("No such file")));
}

TEST_F(BadInput, ADirectory) {
  fs::create_directory(file_);
  EXPECT_THAT(faults(), HasSubstr("is a directory"));
}

TEST_F(BadInput, APipeIsRefusedWithoutWaitingForAWriter) {
  ASSERT_EQ(::mkfifo(file_.c_str(), 0600), 0);
  EXPECT_THAT(faults(), HasSubstr("pipe"));
}

TEST_F(BadInput, AFileThatMayNotBeRead) {
  std::ofstream(file_) << good;
  fs::permissions(file_, fs::perms::none);
  // Root may read everything: be nobody for the one call.
  constexpr uid_t nobody = 65534;
  const uid_t user = ::geteuid();
  if (user == 0 && ::seteuid(nobody) != 0) GTEST_SKIP() << "root that cannot be another user";
  const std::string text = faults();
  ASSERT_EQ(::seteuid(user), 0);
  EXPECT_THAT(text, HasSubstr("Permission denied"));
}

TEST_F(BadInput, AFileOver64MiBIsRefusedUnread) {
  std::ofstream(file_) << good;
  fs::resize_file(file_, (std::uintmax_t{64} << 20U) + 1);  // sparse: takes no room
  EXPECT_THAT(faults(), HasSubstr("64 MiB"));
}

TEST_F(BadInput, AnEmptyFile) { EXPECT_THAT(faults_of(""), HasSubstr("not valid JSON")); }

TEST_F(BadInput, NotJson) {
  EXPECT_THAT(faults_of("hello\n"), AllOf(HasSubstr(":1:"), HasSubstr("not valid JSON")));
  refuses("{\"logical\"", "{logical", "", 2, "not valid JSON");
  EXPECT_THAT(faults_of(std::string(good) + "{}"), HasSubstr("not valid JSON"));
  EXPECT_THAT(faults_of("[]"), HasSubstr("must be an object"));
}

TEST_F(BadInput, AnUnknownKeyComesWithTheNearestName) {
  refuses("\"stripe\"", "\"strip\"", "/data/strip", 2, "stripe");
  refuses("\"repair\": {", "\"repare\": {", "/repare", 5, "repair");
}

TEST_F(BadInput, ADuplicateKey) {
  refuses("\"objects\": 1000", "\"objects\": 1000, \"objects\": 1", "", 2, "twice");
}

TEST_F(BadInput, AWrongUnit) {
  refuses("\"10 TB\"", "\"10 TB/s\"", "/data/logical", 2, "TB");
  refuses("\"10 TB\"", "\"10 KB\"", "/data/logical", 2, "kB");
  refuses("\"10 TB\"", "10", "/data/logical", 2, "unit");
  refuses("\"15 min\"", "\"15 m\"", "/repair/detection", 5, "min");
  refuses("\"15 min\"", "\"15 TB\"", "/repair/detection", 5, "TB");
}

TEST_F(BadInput, ANegativeRate) {
  refuses("\"2 %/year\"", "\"-2 %/year\"", "/failures/disk/lifetime", 4, "-2");
  refuses("\"30 MB/s\"", "\"-30 MB/s\"", "/repair/throttles/0/rate", 5, "-30");
  refuses("\"2 %/year\"", "\"0 %/year\"", "/failures/disk/lifetime", 4, "0");
}

TEST_F(BadInput, MoreShardsThanDomainsToPlaceThemOn) {
  refuses("\"parity\": 3", "\"parity\": 5", "/strategies/0", 6, "needs 11 places");
  refuses("\"groups\": 100", "\"groups\": 100, \"max_per_domain\": {\"rack\": 2, \"machine\": 0}",
          "/strategies/0/placement/max_per_domain/machine", 6, "1 to 256");
}

TEST_F(BadInput, ACodeThatNeedsMoreDisksThanThereAre) {
  refuses("\"data\": 6, \"parity\": 3", "\"data\": 30, \"parity\": 11", "/strategies/0/code", 6,
          "there are 40");
  refuses("\"data\": 6", "\"data\": 254", "/strategies/0/code", 6, "256");
}

TEST_F(BadInput, AMissionOfZeroLength) {
  refuses("\"1 year\"", "\"0 years\"", "/mission", 1, "0");
  refuses("\"1 year\"", "\"-1 year\"", "/mission", 1, "-1");
  refuses("\"1 year\"", "\"1001 years\"", "/mission", 1, "1001 years");
}

TEST_F(BadInput, AThousandMillionDisks) {
  refuses("\"racks_per_site\": 10, \"machines_per_rack\": 2, \"disks_per_machine\": 2",
          "\"racks_per_site\": 100000, \"machines_per_rack\": 1000, \"disks_per_machine\": 10",
          "/hardware", 3, "700 GB of memory");
}

TEST_F(BadInput, MoreThanTenMillionDisksComeWithTheirMemory) {
  refuses("\"racks_per_site\": 10, \"machines_per_rack\": 2",
          "\"racks_per_site\": 50001, \"machines_per_rack\": 100", "/hardware", 3,
          "7 GB of memory");
}

TEST_F(BadInput, DeepNesting) {
  const std::string brackets(200000, '[');
  EXPECT_THAT(faults_of(brackets), HasSubstr("nested deeper"));
  EXPECT_THAT(faults_of(brackets + std::string(200000, ']')), HasSubstr("nested deeper"));
  refuses("\"10 TB\"", brackets + std::string(200000, ']'), "", 2, "nested deeper");
}

TEST_F(BadInput, AByteOrderMarkIsAcceptedAndInvalidUtf8IsNot) {
  EXPECT_EQ(faults_of("\xEF\xBB\xBF" + std::string(good)), "");
  EXPECT_NE(faults_of("\xFF\xFE" + std::string(good)), "");
  refuses("small", "sm\xE4ll", "", 1, "UTF-8");
}

TEST_F(BadInput, ControlCharactersInNames) {
  refuses("RS 6+3", "RS\\u001b[31m 6+3", "", 6, "control character");
  EXPECT_NE(faults_of(with("small", "sm\tall")), "");
}

TEST_F(BadInput, WhatNobodySeesInNamesAndKeys) {
  for (const char* code :
       {"061c", "00ad", "180e", "200b", "200c", "200d", "200e", "200f", "202a", "202b", "202c",
        "202d", "202e", "2060", "2066", "2067", "2068", "2069", "feff"}) {
    std::string upper{code};
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
    refuses("RS 6+3", std::string{"RS 6\\u"} + code + "+3", "", 6, "U+" + upper);
  }
  refuses("RS 6+3", "RS \u202e6+3", "", 6, "(right-to-left override) behind 'RS '; delete it");
  refuses("\"logical\"", "\"\u200flogical\"", "", 2, "the key has the invisible character U+200F");
  // Wide and combining characters are seen.
  EXPECT_EQ(faults_of(with("RS 6+3", "影像云 é ü –")), "");
}

TEST_F(BadInput, ANulByteDoesNotEndTheFileSilently) {
  std::string text(good);
  text.push_back('\0');
  text.append("rubbish");
  EXPECT_THAT(faults_of(text), HasSubstr("NUL"));
}

TEST_F(BadInput, AShapeOfZero) {
  refuses("\"2 %/year\"", "{\"kind\": \"weibull\", \"shape\": 0, \"scale\": \"50 years\"}",
          "/failures/disk/lifetime/shape", 4, "0");
  refuses("\"2 %/year\"", "{\"kind\": \"gamma\", \"shape\": -1, \"scale\": \"50 years\"}",
          "/failures/disk/lifetime/shape", 4, "-1");
}

TEST_F(BadInput, ANumberBeyondADouble) {
  EXPECT_THAT(faults_of(with("\"objects\": 1000", "\"objects\": 1e400")),
              HasSubstr("scenario.json:2:"));
  refuses("\"10 TB\"", "\"1e400 TB\"", "/data/logical", 2, "too large");
}

TEST_F(BadInput, NoStrategy) {
  std::string text(good);
  const std::size_t at = text.find("[{\"name\"");
  text.replace(at, text.rfind(']') + 1 - at, "[]");
  EXPECT_THAT(faults_of(text), AllOf(HasSubstr("/strategies"), HasSubstr("at least one")));
}

TEST_F(BadInput, TwoStrategiesOfOneName) {
  std::string text(good);
  const std::size_t at = text.find("{\"name\": \"RS");
  const std::string strategy = text.substr(at, text.rfind(']') - at);
  text.insert(at, strategy + ",\n");
  EXPECT_THAT(faults_of(text), AllOf(HasSubstr(":7: /strategies/1/name"), HasSubstr("RS 6+3")));
}

TEST_F(BadInput, AClaimOnAnUnknownMetricOrStrategy) {
  const std::string claim =
      R"(, "claims": [{"id": "a", "source": "s", "text": {"en": "t"}, "strategy": "RS 6+3", "metric": "durability_nines", "op": ">=", "value": 10}]})";
  std::string text(good);
  text.replace(text.rfind('}'), 1, claim);
  EXPECT_EQ(faults_of(text), "");
  const auto spoilt = [&text](std::string_view from, std::string_view to) {
    std::string copy = text;
    return copy.replace(copy.rfind(from), from.size(), to);
  };
  EXPECT_THAT(faults_of(spoilt("durability_nines", "durability_nine")),
              AllOf(HasSubstr("/claims/0/metric"), HasSubstr("durability_nines")));
  EXPECT_THAT(faults_of(spoilt("RS 6+3", "RS 6+4")),
              AllOf(HasSubstr("/claims/0/strategy"), HasSubstr("RS 6+3")));
}

TEST_F(BadInput, DataThatExceedTheUsableCapacity) {
  refuses("\"10 TB\"", "\"100 TB\"", "/strategies/0", 6, "14 TB too much");
}

TEST_F(BadInput, RebuildSlowerThanFailuresIsSaidAndRuns) {
  std::ofstream(file_) << with("\"2 %/year\"", "\"600 /year\"");
  Diagnostics warnings;
  const auto scenario = read_scenario(file_, {}, &warnings);
  ASSERT_TRUE(scenario) << text_of(scenario.diagnostics());
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].line, 6);
  EXPECT_THAT(warnings[0].message,
              AllOf(HasSubstr("unstable"), HasSubstr("1.711 GB/s"), HasSubstr("600 MB/s")));
}

TEST_F(BadInput, PricesMayNotLeaveTheFolder) {
  const std::string from = "\"failures\"";
  refuses(from, "\"prices\": \"../prices.json\", " + from, "/prices", 4, "folder");
  refuses(from, "\"prices\": \"/etc/passwd\", " + from, "/prices", 4, "relative");
  refuses(from, "\"prices\": \"none.json\", " + from, "/prices", 4, "No such file");
}

TEST_F(BadInput, AllFaultsOfAFileAreToldAtOnce) {
  std::string text = with("\"10 TB\"", "\"10 KB\"");
  text.replace(text.find("15 min"), 6, "15 m");
  text.replace(text.find("2 %/year"), 8, "-2 %/year");
  EXPECT_THAT(faults_of(text), AllOf(HasSubstr("/data/logical"), HasSubstr("/repair/detection"),
                                     HasSubstr("/failures/disk/lifetime")));
}

TEST(ShippedScenario, TheRegionalImagingCloudHasNoFaultAndNoDoubt) {
  const fs::path file = fs::path(HOLDFAST_SOURCE_DIR) / "scenarios/regional_imaging_cloud.json";
  Diagnostics warnings;
  const auto read = read_scenario(file, {}, &warnings);
  ASSERT_TRUE(read) << text_of(read.diagnostics());
  EXPECT_THAT(warnings, IsEmpty()) << text_of(warnings);
  const Scenario& scenario = read.value();
  EXPECT_EQ(scenario.hardware.machines(), 100);
  EXPECT_EQ(scenario.hardware.racks(), 20);
  EXPECT_DOUBLE_EQ(scenario.data.object_size().value, 1e8);
  EXPECT_NEAR(scenario.failures.disk->mean().value, sim::years(100 / 1.36).value, 1);
  EXPECT_NEAR(sim::in_hours(scenario.failures.rack_outage->duration.mean()), 34, 1e-9);
  ASSERT_TRUE(scenario.prices);
  // All but the flat price of a storage service, which stands in place of hardware.
  EXPECT_EQ(scenario.prices->items.size(), economics::all_prices().size() - 1);
  EXPECT_EQ(scenario.claims.size(), 8U);
  EXPECT_EQ(scenario.not_modelled.size(), 2U);
}

TEST(ShippedScenario, TheSchemaBesideItIsThatOfTheFieldTable) {
  std::ifstream file(fs::path(HOLDFAST_SOURCE_DIR) / "scenarios/schema/scenario.schema.json");
  const std::string shipped{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(shipped == schema_json())
      << "run: holdfast schema > scenarios/schema/scenario.schema.json";
}

TEST(ShippedScenario, EachStrategyOfTheRegionalImagingCloudFits) {
  const fs::path file = fs::path(HOLDFAST_SOURCE_DIR) / "scenarios/regional_imaging_cloud.json";
  const auto read = read_scenario(file);
  ASSERT_TRUE(read) << text_of(read.diagnostics());
  const Scenario& scenario = read.value();
  const Bytes usable = scenario.hardware.disk.capacity *
                       static_cast<double>(scenario.hardware.disks()) *
                       scenario.hardware.usable_fill;
  std::vector<std::string> names;
  for (const Strategy& strategy : scenario.strategies) {
    const auto code = codes::make_code(strategy.code);
    names.push_back(strategy.name);
    EXPECT_LE(code->shape().total(), scenario.hardware.racks()) << strategy.name;
    EXPECT_LE(scenario.data.logical * code->overhead(), usable) << strategy.name;
    EXPECT_NEAR(strategy.placement.groups * code->shape().total() /
                    static_cast<double>(scenario.hardware.disks()),
                100, 5);
  }
  EXPECT_THAT(names, testing::ElementsAre("three replicas", "RS 6+3", "RS 10+4", "two copies"));
}

}  // namespace
}  // namespace models::scenario
