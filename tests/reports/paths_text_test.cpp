#include "reports/paths_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/words/display_width.h"

namespace {

using ::testing::HasSubstr;
using namespace models::paths;

sim::Estimate share(double value) {
  sim::Estimate estimate;
  estimate.value = value;
  estimate.ci95 = {value * 0.9, value * 1.1};
  estimate.replicates = 100;
  return estimate;
}

PathResults sample() {
  StrategyPaths strategy{.name = "mirror of two arrays", .system = "2 hosts, 4 engines"};
  ServiceResult service{.name = "a service with a name that is rather long"};
  service.unavailability = share(2e-4);
  service.no_path = share(1e-4);
  service.exact_no_path = 1.01e-4;
  service.causes = {{PartKind::power, 90.5, 1}, {PartKind::enclosure, 0.01, 0.03}};
  service.single_points = {"gateway software", "power"};
  service.pairs = {"fabric 1 + fabric 2"};
  service.sets_of_two = 276;
  service.smallest_cut = {"gateway software"};
  service.next_cut = {"fabric 1", "fabric 2"};
  strategy.services.push_back(service);
  const double never = std::numeric_limits<double>::infinity();
  strategy.incidents = {{"virtual machines host", 2.5, true, {17, 951, 7300}, {0, 12.5, 30}, ""},
                        {"logical fault",
                         0.5,
                         true,
                         {never, never, never},
                         {never, never, never},
                         "both arrays hold the fault"}};
  strategy.bandwidth = {{"nothing", {8e9, 6e9}}, {"fabric 1 (and 1 like it)", {4e9, 4e9}}};
  strategy.figure.columns = {"hosts", "program"};
  strategy.figure.nodes = {{"a & b host 1", 0, false}, {"gateway software", 1, true}};
  strategy.figure.edges = {{0, 1}};
  PathResults results{.scenario = "small", .seed = 1, .missions = 100, .mission_years = 5};
  results.strategies.push_back(strategy);
  models::fleet::ClaimResult claim;
  claim.id = "one";
  claim.text = "No single point of failure";
  claim.strategy = strategy.name;
  claim.verdict = models::fleet::Verdict::refuted;
  claim.why = "without it no path is left: gateway software, power";
  claim.flips_when = {"two sites"};
  results.claims.push_back(claim);
  return results;
}

TEST(PathsText, FitsAPageOfEightyColumns) {
  const std::string text = reports::paths_text(sample());
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(reports::display_width(line), 80U) << line;
  }
  EXPECT_THAT(text, HasSubstr("does not survive: gateway software, power"));
  EXPECT_THAT(text, HasSubstr("17 s    16 min  2.0 h"));
  EXPECT_THAT(text, HasSubstr("no end"));
  EXPECT_THAT(text, HasSubstr("flips: two sites"));
  EXPECT_THAT(text, HasSubstr("smallest: 1 (gateway software); were single points safe: 2"));
}

TEST(PathsJson, HasNullForATimeWithoutEnd) {
  const auto json = nlohmann::json::parse(reports::paths_json(sample()));
  EXPECT_EQ(json["schema"], "holdfast/paths/1");
  const auto& incidents = json["strategies"][0]["incidents"];
  EXPECT_EQ(incidents[0]["rto_seconds"]["p95"], 951);
  EXPECT_TRUE(incidents[1]["rpo_seconds"]["max"].is_null());
  EXPECT_EQ(json["strategies"][0]["services"][0]["single_points"][0], "gateway software");
  EXPECT_EQ(json["claims"][0]["verdict"], "refuted");
}

TEST(PathsSvg, MarksSinglePointsByMoreThanColour) {
  const std::string svg = reports::paths_svg(sample().strategies.front());
  EXPECT_THAT(svg, HasSubstr("single point</text>"));
  EXPECT_THAT(svg, HasSubstr("stroke-width='3'"));
  EXPECT_THAT(svg, HasSubstr("a &amp; b host 1"));
}

TEST(PathsSvg, NamesSinglePointsThatAreNotDrawn) {
  EXPECT_THAT(reports::paths_svg(sample().strategies.front()),
              HasSubstr("Single points that are not drawn: power."));
}

TEST(PathsCsv, HasARowPerFigure) {
  EXPECT_THAT(reports::paths_csv(sample()),
              HasSubstr("mirror of two arrays,bandwidth,nothing,read_bytes_per_s,8000000000"));
  EXPECT_THAT(reports::paths_csv(sample()),
              HasSubstr("mirror of two arrays,incident,virtual machines host,rpo_max_s,30"));
}

}  // namespace
