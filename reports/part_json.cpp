#include <nlohmann/json.hpp>
#include <utility>

#include "models/input/file_bytes.h"
#include "reports/part.h"

namespace reports {
namespace {

using Json = nlohmann::ordered_json;
using models::fleet::BlockSums;
using models::scenario::Diagnostics;

constexpr std::string_view format = "holdfast/blocks/1";

std::string digest_of(const Json& blocks) {
  return models::scenario::sha256_of(blocks.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json json_of(const Part& part) {
  Json json;
  json["format"] = format;
  json["run"] = Json::array();
  for (const auto& fact : part.run) {
    json["run"].push_back({{"name", fact.name}, {"value", fact.value}});
  }
  json["scenario"] = part.scenario;
  json["scenario_file"] = part.scenario_file;
  json["scenario_text"] = part.scenario_text;
  json["set"] = part.overrides;
  json["strategies"] = part.strategies;
  json["seed"] = part.seed;
  json["method"] = part.method ? Json(*part.method) : Json(nullptr);
  json["replicates"] = {part.first, part.end};
  json["sums"] = Json::array();
  for (const BlockSums& block : part.blocks) {
    json["sums"].push_back(
        {{"stage", block.stage}, {"replicates", {block.first, block.end}}, {"words", block.words}});
  }
  return json;
}

Part part_of(const Json& json) {
  Part part;
  for (const Json& fact : json.at("run")) {
    part.run.push_back({fact.at("name").get<std::string>(), fact.at("value").get<std::string>()});
  }
  part.scenario = json.at("scenario").get<std::string>();
  part.scenario_file = json.at("scenario_file").get<std::string>();
  part.scenario_text = json.at("scenario_text").get<std::string>();
  part.overrides = json.at("set").get<std::vector<std::string>>();
  part.strategies = json.at("strategies").get<std::vector<std::string>>();
  part.seed = json.at("seed").get<std::uint64_t>();
  if (const Json& method = json.at("method"); !method.is_null()) {
    part.method = method.get<std::string>();
  }
  part.first = json.at("replicates").at(0).get<std::uint64_t>();
  part.end = json.at("replicates").at(1).get<std::uint64_t>();
  for (const Json& block : json.at("sums")) {
    part.blocks.push_back(
        {block.at("stage").get<std::string>(), block.at("replicates").at(0).get<std::uint64_t>(),
         block.at("replicates").at(1).get<std::uint64_t>(), block.at("words").get<std::string>()});
  }
  return part;
}

/// Why a result document has no blocks.
std::string why_no_blocks(const Json& document) {
  const Json& schema = document.value("schema", Json());
  if (schema != "holdfast/result/1") {
    return "is no result of 'holdfast compare' (schema holdfast/result/1); only those can be "
           "merged";
  }
  if (document.value("command", Json()) != "compare") {
    return "is a result of another command; only those of 'holdfast compare' can be merged";
  }
  if (document.value("interrupted", Json(false)) == true) {
    return "was interrupted, so its replicates are not all there; play it again to its end";
  }
  return "holds no blocks; make it with 'holdfast compare ... --replicates A:B --json FILE', "
         "without "
         "--precision, --max-seconds and --method analytic";
}

}  // namespace

std::string with_part(const std::string& json, const Part& part) {
  Json document = Json::parse(json);
  Json blocks = json_of(part);
  blocks["sha256"] = digest_of(blocks);
  document["blocks"] = std::move(blocks);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

models::scenario::Checked<Part> read_part(std::string_view json, const std::string& file) {
  const auto refuse = [&file](std::string why, std::string pointer = {}) {
    return Diagnostics{
        {.file = file, .line = 0, .pointer = std::move(pointer), .message = std::move(why)}};
  };
  const std::string again = "; write it again";
  Json document = Json::parse(json, nullptr, false);
  if (document.is_discarded() || !document.is_object()) {
    return refuse("is no JSON document, or was cut off" + again);
  }
  if (!document.contains("blocks")) return refuse(why_no_blocks(document));
  Json& blocks = document["blocks"];
  if (!blocks.is_object() || blocks.value("format", Json()) != Json(format)) {
    return refuse("must be of format " + std::string(format) +
                      "; merge with the version of holdfast that wrote it",
                  "/blocks");
  }
  const Json digest = blocks.value("sha256", Json());
  blocks.erase("sha256");
  if (digest != digest_of(blocks)) {
    return refuse("is damaged: it does not have its own digest" + again, "/blocks");
  }
  try {
    Part part = part_of(blocks);
    if (part.first < part.end) return part;
    return refuse("must be A and B with A < B" + again, "/blocks/replicates");
  } catch (const Json::exception& error) {
    return refuse(std::string("is not complete: ") + error.what() + again, "/blocks");
  }
}

}  // namespace reports
