#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "reports/report_table.h"

namespace reports {

/// [{"id", "title", "columns": [{"id", "title", "unit"}], "rows": [{column: value}], "note"}]; a
/// number where there is one behind the cell, null where it is not finite.
nlohmann::ordered_json tables_json(const std::vector<ReportTable>& tables);

}  // namespace reports
