#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/report_table.h"

namespace reports {

/// Text as it may stand in HTML and SVG, attributes included: & < > " ' are escaped, control
/// characters other than line ends dropped.
std::string html_escape(std::string_view text);

/// A page in two languages that needs nothing from outside: style inside, no script, figures as
/// SVG. Each table can be saved as CSV, from the page itself. Every text that is passed is escaped
/// here; only `raw` takes markup.
class HtmlPage {
 public:
  explicit HtmlPage(Words title);

  void heading(const Words& words);
  void paragraph(const Words& words, std::string_view css_class = {});
  void table(const ReportTable& table);
  void list(const std::vector<std::string>& items);
  void code(std::string_view text);
  /// A figure that is SVG already, in each language; nothing if there is none.
  void figure(const Words& svg);
  /// On paper what follows begins a sheet: the first holds question, verdicts, design and cost.
  void new_sheet();
  /// A text that can be opened: the embedded scenario.
  void details(const Words& summary, std::string_view text);
  /// @param opens_in  the language that is shown first, and printed
  std::string take(Language opens_in) &&;

 private:
  std::string both(const Words& words) const;
  std::string body_;
  Words title_;
};

}  // namespace reports
