#pragma once

#include <string>
#include <vector>

#include "reports/report_table.h"

namespace reports {

/// A JSON list: [{"id", "title", "columns": [{"id", "title", "unit"}], "rows": [{column: value}],
/// "note"}]; a number where there is one behind the cell, null where it is not finite.
std::string tables_json(const std::vector<ReportTable>& tables);

}  // namespace reports
