// Codes with codes inside, and ways of placing and sparing, from text to values.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "models/input/read_scenario.h"
#include "tests/models/input/small_scenario.h"

namespace models::scenario {
namespace {

using testing::HasSubstr;

Checked<Scenario> read(std::string_view from, std::string_view to) {
  return read_scenario_text(small_scenario_with(from, to), "s.json", {});
}

std::string faults_with(std::string_view from, std::string_view to) {
  const auto read_back = read(from, to);
  std::string text;
  if (read_back) return text;
  for (const Diagnostic& fault : read_back.diagnostics()) text += to_string(fault) + "\n";
  return text;
}

constexpr std::string_view replicas = R"("code": {"kind": "replication", "copies": 3})";

TEST(ReadCode, CodesInsideCodesBecomePartsInTheOrderOfTheKind) {
  const auto checked = read(replicas, R"("code": {"kind": "nested",
      "inner": {"kind": "lrc", "data": 2, "local_parity": 1, "global_parity": 1},
      "outer": {"kind": "mirror", "copies": 2,
                "inside": {"kind": "reed-solomon", "data": 1, "parity": 0}}})");
  ASSERT_TRUE(checked) << to_string(checked.diagnostics().front());
  const codes::CodeSpec& code = checked.value().strategies[0].code;
  ASSERT_EQ(code.parts.size(), 2U);
  EXPECT_EQ(code.parts[0].kind, "mirror");
  EXPECT_EQ(code.parts[0].parts[0].parameters.at("data"), 1);
  EXPECT_EQ(code.parts[1].kind, "lrc");
  EXPECT_EQ(codes::make_code(code)->name(), "(2 x RS 1+0) over LRC(2,1,1)");
}

TEST(ReadCode, FaultsInsideACodeAreToldInTheirPlace) {
  for (const auto& [code, place, words] : {
           std::tuple{R"({"kind": "mirror", "copies": 2})", "/strategies/0/code/inside",
                      "is missing: the code inside each array"},
           {R"({"kind": "mirror", "copies": 2, "inside": {"kind": "raid"}})",
            "/strategies/0/code/inside/kind", "must be a kind of code"},
           {R"({"kind": "mirror", "copies": 2, "inner": {"kind": "replication", "copies": 2}})",
            "/strategies/0/code/inner", "there are 'kind', 'copies', 'inside'"},
           {R"({"kind": "mirror", "copies": 2,
                "inside": {"kind": "reed-solomon", "data": 200, "parity": 2}})",
            "/strategies/0/code", "2 arrays of 202 shards are 404, must be <= 256"},
           {R"({"kind": "mirror", "copies": 2, "inside": 3})", "/strategies/0/code/inside",
            "must be an object"},
       }) {
    const std::string text = faults_with(replicas, R"("code": )" + std::string(code));
    EXPECT_THAT(text, HasSubstr(place));
    EXPECT_THAT(text, HasSubstr(words));
  }
}

}  // namespace
}  // namespace models::scenario
