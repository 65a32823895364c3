#pragma once

#include <span>
#include <string_view>

#include "models/fleet/results.h"
#include "reports/footnotes.h"
#include "reports/page.h"
#include "reports/words/number_text.h"

namespace reports {

/// A metric as a column of a table, with two lines of title.
struct FigureColumn {
  std::string_view metric;
  std::string_view title;
  std::string_view subtitle;
  Form form{};
};

/// For each strategy its figures, how certain they are, and those of the textbook. Columns that no
/// strategy fills are left out. Nothing is ever cut: a name too long for its column stands on lines
/// of its own, and where the columns do not fit, each figure has a line.
void figure_table(Page& page, const models::fleet::Results& results,
                  std::span<const FigureColumn> columns, Footnotes& footnotes);

}  // namespace reports
