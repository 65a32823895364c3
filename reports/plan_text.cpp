#include <fmt/format.h>

#include <algorithm>

#include "holdfast_version.h"
#include "reports/page.h"
#include "reports/plan_report.h"
#include "reports/words/display_width.h"

namespace reports {
namespace {

constexpr std::size_t widest_word = 40;

// Columns side by side as far as they fit; the rest of a wide table goes below, each part with its
// first column again.
void print(Page& page, const ReportTable& table, const TextOptions& options) {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::size_t width = display_width(table.columns[c].title.en);
    for (const auto& row : table.rows) width = std::max(width, display_width(row[c].text.en));
    widths.push_back(std::min(width, widest_word));
  }
  std::size_t from = 1;
  while (from < table.columns.size()) {
    std::size_t to = from;
    std::size_t used = widths[0];
    while (to < table.columns.size() && (to == from || used + 1 + widths[to] <= options.width)) {
      used += 1 + widths[to];
      ++to;
    }
    const auto line = [&](const auto& text_of, Tone tone) {
      std::vector<Page::Cell> cells{{text_of(std::size_t{0}), widths[0], tone}};
      for (std::size_t c = from; c < to; ++c) cells.push_back({text_of(c), widths[c], tone});
      page.row(cells);
    };
    if (from > 1) page.blank();
    line([&](std::size_t c) { return table.columns[c].title.en; }, Tone::strong);
    for (const auto& row : table.rows) {
      line([&](std::size_t c) { return row[c].text.en; }, Tone::plain);
    }
    from = to;
  }
}

// Designs have long names: each is a paragraph with its figures.
void print_designs(Page& page, const ReportTable& table) {
  for (const auto& row : table.rows) {
    page.item("  - ", row[0].text.en);
    std::string figures;
    for (std::size_t c = 1; c < row.size(); ++c) {
      figures += (c == 1 ? "" : "; ") + table.columns[c].title.en + " " + row[c].text.en;
    }
    page.item("    ", figures, Tone::plain, Tone::faint);
  }
}

}  // namespace

std::string plan_text(const models::planning::PlanResults& results, const TextOptions& options) {
  Page page(options);
  page.heading(results.plan.name);
  page.paragraph(plan_verdict(results).en, Tone::strong);
  for (const ReportTable& table : plan_tables(results)) {
    page.heading(table.title.en);
    const bool designs = table.columns[0].id == "design";
    if (designs) {
      print_designs(page, table);
    } else {
      print(page, table, options);
    }
    if (!table.note.en.empty()) page.paragraph(table.note.en, Tone::faint);
  }
  page.heading("Not modelled");
  for (const std::string& words : results.not_modelled) page.item("  - ", words);
  page.rule();
  page.paragraph(fmt::format("Screened {} designs in {:.2f} s; {:.1f} s in all.",
                             results.search.screened, results.search.screening_seconds,
                             results.wall_s));
  return page.take();
}

}  // namespace reports
