#include <nlohmann/json.hpp>

#include "reports/provenance.h"

namespace reports {

std::string with_provenance(const std::string& json, const Provenance& provenance) {
  using Json = nlohmann::ordered_json;
  Json document = Json::parse(json);
  Json& from = document["provenance"];
  from["command"] = provenance.command;
  from["files"] = Json::array();
  for (const auto& file : provenance.files) {
    from["files"].push_back({{"what", file.what}, {"file", file.file}, {"sha256", file.sha256}});
  }
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
