#include <nlohmann/json.hpp>

#include "holdfast_version.h"
#include "reports/drill_tables.h"
#include "reports/drill_text.h"
#include "reports/tables_json.h"

namespace reports {

std::string drill_json(const DrillParts& parts, const models::drill::DrillOptions& options) {
  nlohmann::ordered_json json{
      {"schema", "holdfast/drill/1"},
      {"version", holdfast::version},
      {"commit", holdfast::commit},
      {"command", "drill"},
      {"seed", options.setting.seed},
      {"objects", options.setting.objects},
      {"object_bytes", options.setting.object_bytes},
      {"missions", options.missions},
      {"passed", parts.passed()},
      {"tables", nlohmann::ordered_json::parse(tables_json(drill_tables(parts)))}};
  return json.dump(2) + "\n";
}

}  // namespace reports
