#include "models/analytic/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>

#include "models/analytic/chain.h"
#include "models/analytic/closed_forms.h"
#include "tests/models/analytic/uneven_codes.h"

namespace models::analytic {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
using CodePtr = std::unique_ptr<const codes::Code>;

CodePtr reed_solomon(int data, int parity) {
  return codes::make_code({"reed-solomon", {{"data", data}, {"parity", parity}}});
}
CodePtr replicas(int copies) { return codes::make_code({"replication", {{"copies", copies}}}); }

// One group, one year, shards lost 0.02 times a year and repaired 365 times as fast as a year.
ChainInputs inputs_for(const codes::Code& code) {
  ChainInputs in;
  in.code = &code;
  in.groups = 1;
  in.disk_loss = {0.02};
  in.shard_repair = sim::years(1 / 365.0);
  in.mission = sim::years(1);
  return in;
}

TEST(Figures, TenPlusFourHasTheAnnualLossOfSeventyDigits) {
  const CodePtr code = reed_solomon(10, 4);
  ChainInputs in = inputs_for(*code);
  EXPECT_NEAR(chain_figures(in).annual_object_loss / 1.792810304803593e-15, 1, 1e-12);
  in.shard_repair = sim::years(1 / 36.5);
  EXPECT_NEAR(chain_figures(in).annual_object_loss / 1.686546023906238e-11, 1, 1e-12);
}

TEST(Figures, AMissionOfTenYearsIsAveragedOverItsYears) {
  const CodePtr code = reed_solomon(10, 4);
  ChainInputs in = inputs_for(*code);
  in.mission = sim::years(10);
  EXPECT_NEAR(chain_figures(in).annual_object_loss / 1.802071538787678e-15, 1, 1e-12);
}

// 1.4 % read as a rate, and as the probability to fail within a year (which gives the 23.95 nines
// that plain LU misses by seven).
TEST(Figures, EightPlusSixAtOnePointFourPercentAndADayHasNearlyTwentyFourNines) {
  const CodePtr code = reed_solomon(8, 6);
  ChainInputs in = inputs_for(*code);
  in.disk_loss = {0.014};
  in.shard_repair = sim::day;
  EXPECT_NEAR(chain_figures(in).durability_nines, 23.975178, 1e-6);
  in.disk_loss = {-std::log1p(-0.014)};
  EXPECT_NEAR(chain_figures(in).durability_nines, 23.95, 0.005);
}

TEST(Figures, EightPlusFourAtOnePointFourPercentAndADay) {
  const CodePtr code = reed_solomon(8, 4);
  ChainInputs in = inputs_for(*code);
  in.disk_loss = {0.014};
  in.shard_repair = sim::day;
  EXPECT_NEAR(chain_figures(in).annual_object_loss / 1.18920679472218e-16, 1, 1e-12);
}

TEST(Figures, WithoutLossNothingIsLostAndNinesAreUnbounded) {
  const CodePtr code = reed_solomon(6, 3);
  ChainInputs in = inputs_for(*code);
  in.disk_loss = {0};
  const ChainFigures out = chain_figures(in);
  EXPECT_EQ(out.annual_object_loss, 0);
  EXPECT_EQ(out.durability_nines, infinity);
  EXPECT_EQ(out.annual_loss_probability, 0);
  EXPECT_EQ(out.mttdl_years, infinity);
  EXPECT_EQ(out.nomdl_bytes_per_tb_year, 0);
  EXPECT_EQ(out.data_unavailability, 0);
}

TEST(Figures, RepairInNoTimeLosesOnlyWhatToleratesNothing) {
  const CodePtr code = reed_solomon(6, 3);
  ChainInputs in = inputs_for(*code);
  in.shard_repair = {0};
  EXPECT_EQ(chain_figures(in).annual_object_loss, 0);
  const CodePtr bare = reed_solomon(6, 0);
  in.code = bare.get();
  EXPECT_NEAR(chain_figures(in).annual_object_loss / -std::expm1(-0.12), 1, 1e-13);
}

TEST(Figures, WithoutRepairTheCodeIsABinomialTail) {
  const CodePtr code = replicas(3);
  ChainInputs in = inputs_for(*code);
  in.shard_repair = {infinity};
  const double gone = -std::expm1(-0.02);
  EXPECT_NEAR(chain_figures(in).annual_object_loss / (gone * gone * gone), 1, 1e-12);
}

TEST(Figures, ASingleCopyDiesWithItsDisk) {
  const CodePtr code = replicas(1);
  ChainInputs in = inputs_for(*code);
  in.mission = sim::years(5);
  in.disk_unavailability = 0.03;
  const ChainFigures out = chain_figures(in);
  EXPECT_NEAR(out.annual_object_loss, -std::expm1(-0.1) / 5, 1e-14);
  EXPECT_NEAR(out.annual_loss_probability, -std::expm1(-0.02), 1e-14);
  EXPECT_NEAR(out.mttdl_years, 50, 1e-6);
  EXPECT_NEAR(out.nomdl_bytes_per_tb_year, -std::expm1(-0.1) / 5 * 1e12, 1e-2);
  EXPECT_NEAR(out.data_unavailability, 0.03, 1e-15);
}

TEST(Figures, ManyGroupsLoseAsIndependentOnes) {
  const CodePtr code = reed_solomon(6, 3);
  ChainInputs in = inputs_for(*code);
  in.mission = sim::years(10);
  const double one = chain_figures(in).annual_object_loss * 10;
  in.groups = 1e5;
  const ChainFigures out = chain_figures(in);
  EXPECT_NEAR(out.annual_object_loss * 10 / one, 1, 1e-12);
  EXPECT_NEAR(out.annual_loss_probability / -std::expm1(1e4 * std::log1p(-one)), 1, 1e-9);
  EXPECT_NEAR(out.mttdl_years * out.annual_loss_probability, 1, 1e-4);
}

// Reference: quadrature of the survival of three groups with 30 digits.
TEST(Figures, MeanTimeToLossKeepsItsDefinitionWhereLossIsFrequent) {
  const CodePtr code = replicas(2);
  ChainInputs in = inputs_for(*code);
  in.groups = 3;
  in.disk_loss = {0.5};
  in.shard_repair = sim::years(0.25);
  in.mission = sim::years(2);
  EXPECT_NEAR(chain_figures(in).mttdl_years, 4.06506244796075, 1e-8);
  in.groups = 1;
  in.mission = sim::years(2000);  // certain to end: then it is the chain's mean time
  EXPECT_NEAR(chain_figures(in).mttdl_years, mirror_mttdl(0.5, 4), 1e-6);
}

TEST(Figures, AnObjectIsLostWithAnyOfItsStripes) {
  const CodePtr code = reed_solomon(6, 3);
  ChainInputs in = inputs_for(*code);
  in.groups = 1e6;
  const double one = chain_figures(in).annual_object_loss;
  in.stripes_per_object = 64;
  const ChainFigures out = chain_figures(in);
  EXPECT_NEAR(out.annual_object_loss / (64 * one), 1, 1e-4);
  EXPECT_THAT(out.model, testing::HasSubstr("stripes on groups at random"));
  in.stripes_per_object = 0.01;  // many objects in one stripe
  EXPECT_EQ(chain_figures(in).annual_object_loss, one);
}

TEST(Figures, AnObjectOnEveryGroupIsLostWithAnyGroup) {
  const CodePtr code = reed_solomon(6, 3);
  ChainInputs in = inputs_for(*code);
  in.groups = 20;
  in.stripes_per_object = 1e6;
  const ChainFigures out = chain_figures(in);
  EXPECT_NEAR(out.annual_object_loss / out.annual_loss_probability, 1, 1e-9);
}

TEST(Figures, TwoMirroredPairsAreTwoIndependentMirrors) {
  const CodePtr pairs = make_two_pairs();
  const CodePtr mirror = replicas(2);
  ChainInputs in = inputs_for(*pairs);
  in.disk_unavailability = 1e-9;
  const ChainFigures both = chain_figures(in);
  in.code = mirror.get();
  const ChainFigures one = chain_figures(in);
  EXPECT_NEAR(both.annual_object_loss / any_of_independent(2, one.annual_object_loss), 1, 1e-12);
  EXPECT_NEAR(both.data_unavailability / any_of_independent(2, 1e-18), 1, 1e-12);
}

TEST(Figures, UnavailabilityIsABinomialTail) {
  const CodePtr code = reed_solomon(6, 3);
  ChainInputs in = inputs_for(*code);
  in.disk_unavailability = 1e-5;
  EXPECT_NEAR(chain_figures(in).data_unavailability / 1.25994960083999e-18, 1, 1e-9);
  in.disk_unavailability = 1;
  EXPECT_EQ(chain_figures(in).data_unavailability, 1);
}

TEST(Figures, TheModelNamesItsAssumptions) {
  const CodePtr code = reed_solomon(6, 3);
  const std::string model = chain_figures(inputs_for(*code)).model;
  for (const char* part : {"Markov chain", "constant loss rates", "parallel exponential repair",
                           "independent groups", "binomial"}) {
    EXPECT_THAT(model, testing::HasSubstr(part));
  }
}

}  // namespace
}  // namespace models::analytic
