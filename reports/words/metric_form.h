#pragma once

#include <string_view>

#include "reports/words/number_text.h"

namespace reports {

/// How the figures of a metric are written; plain numbers for one that the table does not know.
Form form_of(std::string_view metric);

}  // namespace reports
