// The registry of published claims: each case comes out as it is known to, and its value keeps the
// digits of a recomputation with 60 digits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "models/verify/published_case.h"

namespace models::verify {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

double ours(std::string_view id) {
  const auto found = find_cases(id);
  EXPECT_EQ(found.size(), 1U) << id;
  return found.empty() ? 0 : recompute(*found.front(), {}).ours.value().value.value();
}

TEST(PublishedCases, OfTheAnalyticOnesOnlyTheKnownDoNotComeOut) {
  std::set<std::string> not_reproduced;
  for (const Case& one : all_cases()) {
    if (one.analytic == nullptr) continue;
    const Outcome outcome = recompute(one, {});
    EXPECT_NE(outcome.verdict, Verdict::undecided) << one.id;
    if (outcome.verdict != Verdict::not_reproduced) continue;
    not_reproduced.emplace(one.id);
    EXPECT_FALSE(one.remark.empty()) << one.id << " needs the reason";
    EXPECT_THAT(outcome.why, HasSubstr(std::string{one.remark}));
  }
  const std::set<std::string> known{
      // The formula leaves out what the chain has.
      "elerath-pecht/mttdl-chain",
      // The text of the article is not what its table was computed by.
      "azure-lrc/rs-6-3-as-stated", "xoring-elephants/rs-10-4", "xoring-elephants/lrc-10-6-5",
      // Fitted rates; lost digits of the source.
      "ford/four-copies", "backblaze/5-failures", "backblaze/6-failures",
      // What the audit is about.
      "seventeen-plus-three/claim", "seventeen-plus-three/x100-windows",
      // Three of the four readings of one sentence.
      "rebuild-claim/tb-mb", "rebuild-claim/tb-mib", "rebuild-claim/tib-mb"};
  EXPECT_EQ(not_reproduced, known);
}

struct Exact {
  std::string_view id;
  double value;
  double tolerance;  ///< relative
};

// Where an article rounds, the value with more digits is a recomputation with 60 digits.
TEST(PublishedCases, KeepTheDigitsOfARecomputationWithSixty) {
  constexpr std::array values{Exact{"xoring-elephants/three-copies", 2.3078890903078e10, 1e-12},
                              Exact{"azure-lrc/three-copies", 3.5042456423148e9, 1e-12},
                              Exact{"azure-lrc/rs-6-3", 6.09182176738724e11, 1e-12},
                              Exact{"azure-lrc/lrc-6-2-2", 2.55742149455387e12, 1e-12},
                              Exact{"azure-lrc/decodable", 180.0 / 210, 1e-15},
                              Exact{"backblaze/1-failure", 0.07780630855539186, 1e-13},
                              Exact{"backblaze/2-failures", 5.54453516341855e-05, 1e-12},
                              Exact{"backblaze/3-failures", 2.3991895797594864e-08, 1e-12},
                              Exact{"backblaze/4-failures", 7.353799498779542e-12, 1e-12},
                              Exact{"backblaze/5-failures", 1.6971921363449405e-15, 1e-12},
                              Exact{"backblaze/6-failures", 3.0601769038075395e-19, 1e-12},
                              Exact{"backblaze/window", 1.3095807326640998e-13, 1e-12},
                              Exact{"backblaze/drives-2025", 1.36261, 4e-6},
                              Exact{"seventeen-plus-three/parallel", 2.93921486353e-11, 1e-11},
                              Exact{"seventeen-plus-three/serial", 1.76208509962e-10, 1e-11},
                              Exact{"ford/two-copies", 499000, 1e-7},
                              Exact{"ford/three-copies", 1.35e9, 1e-7},
                              Exact{"ford/four-copies", 2.7392e12, 2e-5},
                              Exact{"ford/twice-the-repair-three-copies", 3.99901, 2e-6},
                              Exact{"ford/twice-the-repair-rs-9-4", 15.9783, 3e-6},
                              Exact{"rebuild-claim/simedc-flat", 10.486, 5e-5},
                              Exact{"rebuild-claim/simedc-hierarchical", 6.991, 8e-5},
                              Exact{"rebuild-claim/tib-mib", 349.525, 2e-6},
                              Exact{"rebuild-claim/tb-mb", 1000.0 / 3, 1e-14},
                              Exact{"elerath-pecht/mttdl", 36162.25, 1e-6},
                              Exact{"elerath-pecht/mttdl-chain", 36176.36, 1e-6},
                              Exact{"elerath-pecht/double-failures", 0.27653, 2e-5},
                              Exact{"closed-forms/three-copies", 3334500183330.0, 1e-12},
                              Exact{"copysets/random", 22.8081, 3e-6},
                              Exact{"copysets/copyset", 0.78137, 7e-6},
                              Exact{"raid-1988/groups-of-10", 818182, 1e-6},
                              Exact{"raid-1988/groups-of-25", 346154, 1e-6},
                              Exact{"storj/16-of-32", 99.99999462065277, 2e-16},
                              Exact{"stiff-chains/4-of-6", 28940741357400.0, 1e-11},
                              Exact{"stiff-chains/6-of-9", 8975219193490000.0, 1e-11},
                              Exact{"stiff-chains/4-of-6-first-year", 3.014436459393758e-10, 1e-12},
                              Exact{"overhead/archive-saving", 52428800, 1e-15},
                              Exact{"overhead/oss-bill", 151.47, 1e-15}};
  for (const Exact& exact : values) {
    EXPECT_NEAR(ours(exact.id) / exact.value, 1, exact.tolerance) << exact.id;
  }
}

// Each by itself: the chain's 1/MTTDL, the fixed repair's rate and the windows times four differ
// from one another by terms of the order of rate x repair time alone.
TEST(PublishedCases, WindowsAreLowByParityPlusOneAndSerialRepairIsParityFactorialWorse) {
  const double windows = ours("seventeen-plus-three/windows");
  const double parallel = ours("seventeen-plus-three/parallel");
  EXPECT_NEAR(parallel / windows, 4, 0.01);
  EXPECT_NEAR(ours("seventeen-plus-three/fixed") / parallel, 1, 0.002);
  EXPECT_NEAR(ours("seventeen-plus-three/serial") / parallel, 6, 0.01);
}

TEST(PublishedCases, ASimulatedOneComesOut) {
  const auto found = find_cases("raid-1988/groups-of-10-simulated");
  ASSERT_EQ(found.size(), 1U);
  const Outcome outcome = recompute(*found.front(), {.seed = 1, .threads = 2});
  EXPECT_EQ(outcome.verdict, Verdict::reproduced) << outcome.why;
  EXPECT_TRUE(outcome.ours->converged);
  EXPECT_EQ(outcome.ours->replicates, 4096U);
}

TEST(PublishedCases, ACaseWithoutAModelSaysWhatItNeeds) {
  for (const Case& one : all_cases()) {
    if (one.analytic != nullptr || one.simulated != nullptr) continue;
    const Outcome outcome = recompute(one, {});
    EXPECT_EQ(outcome.verdict, Verdict::undecided) << one.id;
    EXPECT_FALSE(outcome.ours.has_value()) << one.id;
    EXPECT_THAT(outcome.why, HasSubstr("not computed")) << one.id;
  }
}

TEST(PublishedCases, TheRegistryIsInOrder) {
  std::set<std::string_view> ids;
  for (const Case& one : all_cases()) {
    EXPECT_TRUE(ids.insert(one.id).second) << one.id << " twice";
    EXPECT_EQ(std::ranges::count(one.id, '/'), 1) << one.id;
    EXPECT_FALSE(one.title.empty()) << one.id;
    EXPECT_FALSE(one.source.empty()) << one.id;
    EXPECT_FALSE(one.reading.empty()) << one.id;
    EXPECT_NE(one.published.empty(), one.reference == nullptr) << one.id;
    EXPECT_TRUE(one.analytic == nullptr || one.simulated == nullptr) << one.id;
  }
  EXPECT_EQ(find_cases("storj").size(), 4U);
  EXPECT_EQ(find_cases("storj/4-of-8").size(), 1U);
  EXPECT_THAT(find_cases("storj/"), IsEmpty());
  EXPECT_THAT(find_cases(""), IsEmpty());
}

TEST(PublishedCases, AFigureMaySplitItsLastPrintedDigitAndNoMore) {
  EXPECT_NEAR(printed_range("2.3079e10").low, 2.3078e10, 1);
  EXPECT_NEAR(printed_range("2.3079e10").high, 2.3080e10, 1);
  EXPECT_NEAR(printed_range("350").low, 349, 1e-9);
  EXPECT_NEAR(printed_range("1.31e-13").high, 1.32e-13, 1e-27);
  const auto exact = [](double value) {
    return sim::Estimate::exact(value, sim::Method::analytic, "");
  };
  EXPECT_EQ(verdict_of(printed_range("0.28"), exact(0.2899)), Verdict::reproduced);
  EXPECT_EQ(verdict_of(printed_range("0.28"), exact(0.2901)), Verdict::not_reproduced);
}

TEST(PublishedCases, ASimulatedFigureNearItsIntervalIsUndecided) {
  sim::Estimate estimate;
  estimate.value = 10;
  estimate.ci95 = {9, 11};
  EXPECT_EQ(verdict_of({10.9, 10.9}, estimate), Verdict::reproduced);
  EXPECT_EQ(verdict_of({11.9, 11.9}, estimate), Verdict::undecided);
  EXPECT_EQ(verdict_of({8.1, 8.1}, estimate), Verdict::undecided);
  EXPECT_EQ(verdict_of({12.1, 12.1}, estimate), Verdict::not_reproduced);
  estimate.converged = false;
  EXPECT_EQ(verdict_of({10, 10}, estimate), Verdict::undecided);
}

/// Where the project's list of published cases is at hand: its entries and the registry's.
struct Listed {
  std::string_view listed;   ///< id in the list
  std::string_view pointer;  ///< to a number in it
  std::string_view id;
};

TEST(PublishedCases, AgreeWithTheProjectsList) {
  const std::filesystem::path file = std::filesystem::path{HOLDFAST_SOURCE_DIR}.parent_path() /
                                     "shared/reference" / "published_cases.json";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "the list of published cases is not beside this tree";
  }
  std::map<std::string, nlohmann::json> list;
  std::ifstream stream{file};
  for (auto& entry : nlohmann::json::parse(stream)) list[entry["id"]] = entry;
  constexpr std::array rows{
      Listed{"PUB-01", "/recomputed/MTTDL_days", "xoring-elephants/three-copies"},
      Listed{"PUB-02", "/recomputed/MTTF_years", "azure-lrc/three-copies"},
      Listed{"PUB-03", "/recomputed/MTTF_years", "azure-lrc/rs-6-3"},
      Listed{"PUB-06", "/recomputed/R=4", "ford/four-copies"},
      Listed{"PUB-07", "/recomputed/RS(9,4) x2", "ford/twice-the-repair-rs-9-4"},
      Listed{"PUB-08", "/recomputed/flat_h", "rebuild-claim/simedc-flat"},
      Listed{"PUB-08", "/recomputed/hie_h", "rebuild-claim/simedc-hierarchical"},
      Listed{"PUB-09", "/recomputed/MTTDL_years", "elerath-pecht/mttdl"},
      Listed{"PUB-09", "/recomputed/exact CTMC", "elerath-pecht/mttdl-chain"},
      Listed{"PUB-11", "/recomputed/chain", "closed-forms/three-copies"},
      Listed{"PUB-13", "/recomputed/RAID5 G=10", "raid-1988/groups-of-10"},
      Listed{"PUB-13", "/recomputed/RAID5 G=25", "raid-1988/groups-of-25"},
      Listed{"PUB-14", "/recomputed/4,8", "storj/4-of-8"},
      Listed{"PUB-15", "/recomputed/(9,6)/MTTDL_h", "stiff-chains/6-of-9"},
      Listed{"PUB-17", "/recomputed/s", "rebuild-claim/tib-mib"},
      Listed{"PUB-19", "/recomputed/saving", "overhead/archive-saving"},
      Listed{"PUB-20", "/recomputed/CNY", "overhead/oss-bill"}};
  for (const Listed& row : rows) {
    const nlohmann::json::json_pointer pointer{std::string{row.pointer}};
    const double value = list.at(std::string{row.listed}).at(pointer).get<double>();
    EXPECT_NEAR(ours(row.id) / value, 1, 1e-4) << row.listed << " " << row.id;
  }
}

}  // namespace
}  // namespace models::verify
