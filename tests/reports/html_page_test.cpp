// The page of every report: nothing from outside, nothing of a text as markup, two languages.
#include "reports/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "reports/chart_svg.h"
#include "reports/chinese.h"
#include "reports/provenance.h"

namespace reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* hostile = "<script>alert('1')</script>\"&";

ReportTable hostile_table() {
  return {hostile,
          {hostile, hostile},
          {{"a", {hostile, "甲"}}, {"b", {"number", "数"}, "TB"}},
          {{word_cell(hostile), {{"1,234", "1,234"}, 1234.5}},
           {word_cell("=1+1"), {{"∞", "∞"}, std::numeric_limits<double>::infinity()}}},
          {hostile, hostile}};
}

std::string hostile_page(Language language) {
  HtmlPage page({hostile, "标题"});
  page.heading({hostile, hostile});
  page.paragraph({hostile, hostile});
  page.table(hostile_table());
  page.list({hostile});
  page.code(hostile);
  page.details({"file", "文件"}, hostile);
  page.figure({row_chart(hostile, {hostile}, {{hostile, {1}}}),
               row_chart(hostile, {hostile}, {{hostile, {1}}})});
  place(page, {.command = hostile, .sha256 = hostile, .seed = 1, .text = hostile});
  return std::move(page).take(language);
}

TEST(HtmlPage, NoTextBecomesMarkup) {
  const std::string page = hostile_page(Language::english);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;"));
}

TEST(HtmlPage, NeedsNothingFromOutside) {
  const std::string page = hostile_page(Language::english);
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const char* word : {"src=", "url(", "@import", "<link rel=\"stylesheet\"", "<iframe"}) {
    EXPECT_THAT(page, Not(HasSubstr(word))) << word;
  }
  // The only addresses are data of the page itself and the name of the language of figures.
  std::size_t at = 0;
  while ((at = page.find("href=\"", at)) != std::string::npos) {
    at += 6;
    EXPECT_EQ(page.compare(at, 5, "data:"), 0) << page.substr(at, 40);
  }
}

TEST(HtmlPage, OpensInTheLanguageAskedFor) {
  EXPECT_THAT(hostile_page(Language::english), HasSubstr("id=\"en\" checked"));
  const std::string chinese = hostile_page(Language::chinese);
  EXPECT_THAT(chinese, HasSubstr("<html lang=\"zh\">"));
  EXPECT_THAT(chinese, HasSubstr("id=\"zh\" checked"));
  EXPECT_THAT(chinese, HasSubstr("<title>标题</title>"));
}

TEST(HtmlPage, EveryTableCanBeSavedAsCsv) {
  // a,b / "<script>...",1234.5 / '=1+1,∞ with its letters as per cent codes.
  const std::string page = hostile_page(Language::english);
  EXPECT_THAT(page, HasSubstr("href=\"data:text/csv;charset=utf-8,a,b%0A"));
  EXPECT_THAT(page, HasSubstr("1234.5%0A"));
}

TEST(TableCsv, HasIdsThenNumbersWithAllDigitsOrWords) {
  ReportTable table{"t", {"", ""}, {{"name", {}}, {"x", {}}}, {}, {}};
  table.rows = {{word_cell("a, b"), {{"0.33", "0.33"}, 1.0 / 3}},
                {word_cell("c"), word_cell("none")}};
  EXPECT_EQ(table_csv(table), "name,x\n\"a, b\",0.3333333333333333\nc,none\n");
}

TEST(Chinese, KnowsFiguresWithTheirUnits) {
  EXPECT_EQ(in_both("Durability (nines of objects)").zh, "数据持久性（对象，几个9）");
  EXPECT_EQ(in_both("a name (of a scenario)").zh, "");
  EXPECT_EQ(in_both("site").in(Language::chinese), "站点");
  EXPECT_EQ(in_both("unknown").in(Language::chinese), "unknown");
}

TEST(ShellWord, IsReadBackAsItWas) {
  EXPECT_EQ(shell_word("scenarios/a.json"), "scenarios/a.json");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("it's $HOME"), "'it'\\''s $HOME'");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(set_options({"/a=1", "/b=2 %"}), " --set /a=1 --set '/b=2 %'");
}

TEST(Sources, AreToldOnceWithAllTheirPlaces) {
  HtmlPage page({"t", ""});
  place_sources(page, R"({"a": {"source": "S", "confidence": "published"},
                          "b": [{"source": "S", "confidence": "published"}, {"source": "Q"}]})");
  const std::string html = std::move(page).take(Language::english);
  EXPECT_THAT(html, HasSubstr("/a, /b/0"));
  EXPECT_THAT(html, HasSubstr("已发表"));
  HtmlPage none({"t", ""});
  place_sources(none, "{}");
  EXPECT_THAT(std::move(none).take(Language::english), Not(HasSubstr("<table")));
}

TEST(WaterfallChart, HangsChangesBetweenTotals) {
  const std::string svg =
      waterfall_chart("t", {{"raw", 100, true}, {"less", -40, false}, {"left", 60, true}});
  // 100 of 100 is the whole height of 222, 40 begins at its top, 60 stands on the ground.
  EXPECT_THAT(svg, HasSubstr("y=\"44.0\" width=\"154.0\" height=\"222.0\""));
  EXPECT_THAT(svg, HasSubstr("y=\"44.0\" width=\"154.0\" height=\"88.8\""));
  EXPECT_THAT(svg, HasSubstr("y=\"132.8\" width=\"154.0\" height=\"133.2\""));
}

}  // namespace
}  // namespace reports
