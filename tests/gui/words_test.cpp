#include "gui/words.h"

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "gui/panel.h"
#include "models/fleet/results.h"
#include "models/input/read_scenario.h"
#include "models/scenario/metrics.h"
#include "reports/result_json.h"
#include "tests/gui/window_fixture.h"

namespace gui {
namespace {

namespace fs = std::filesystem;

std::set<std::string> known() {
  std::set<std::string> words;
  for (const Phrase& phrase : chinese_phrases()) words.insert(phrase.english);
  return words;
}

/// The literals of a C++ text right behind `say(`, adjacent ones joined.
std::set<std::string> said(const std::string& source) {
  static const std::regex call{R"re(\bsay\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)[,)])re"};
  static const std::regex part{R"re("((?:[^"\\]|\\.)*)")re"};
  std::set<std::string> words;
  for (std::sregex_iterator at{source.begin(), source.end(), call}, end; at != end; ++at) {
    const std::string parts = (*at)[1];
    std::string whole;
    for (std::sregex_iterator p{parts.begin(), parts.end(), part}; p != end; ++p) whole += (*p)[1];
    words.insert(std::regex_replace(whole, std::regex{R"(\\n)"}, "\n"));
  }
  return words;
}

TEST(Words, EveryTextOfTheWindowsHasAChineseOne) {
  const auto words = known();
  for (const auto& entry : fs::recursive_directory_iterator{HOLDFAST_SOURCE_DIR "/gui"}) {
    if (entry.path().extension() != ".cpp") continue;
    std::ifstream stream{entry.path()};
    const std::string source{std::istreambuf_iterator<char>{stream}, {}};
    for (const std::string& text : said(source)) {
      const bool mark = text.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
      EXPECT_TRUE(mark || words.contains(text)) << entry.path().filename() << ": " << text;
    }
  }
}

TEST(Words, PanelsAndMetricsHaveChineseNames) {
  const auto words = known();
  for (const PanelKind& kind : all_panels()) EXPECT_TRUE(words.contains(kind.title)) << kind.title;
  for (const auto& metric : models::scenario::all_metrics()) {
    EXPECT_TRUE(words.contains(std::string{metric.title})) << metric.title;
    EXPECT_TRUE(words.contains(std::string{metric.unit})) << metric.unit;
  }
}

TEST(Words, PlaceholdersOfBothLanguagesAreTheSame) {
  static const std::regex place{"%[0-9]"};
  for (const Phrase& phrase : chinese_phrases()) {
    const auto of = [](const std::string& text) {
      return std::set<std::string>(std::sregex_token_iterator{text.begin(), text.end(), place}, {});
    };
    EXPECT_EQ(of(phrase.english), of(phrase.chinese)) << phrase.english;
  }
}

TEST(Words, AChineseWindowHasChineseTabs) {
  QApplication& app = application();
  ASSERT_EQ(install_language(app, QStringLiteral("zh")).toStdString(), "");
  {
    Session session;
    const MainWindow window{session};
    const auto* tabs = window.findChild<QTabWidget*>(QStringLiteral("panels"));
    EXPECT_EQ(tabs->tabText(2), QString::fromUtf8("比较"));
    EXPECT_EQ(QDialogButtonBox{QDialogButtonBox::Cancel}.button(QDialogButtonBox::Cancel)->text(),
              QString::fromUtf8("取消"));
  }
  remove_languages(app);
  EXPECT_EQ(say("Compare"), QStringLiteral("Compare"));
}

TEST(Words, ALocaleThatWritesCommasChangesNoFigure) {
  application();
  const fs::path folder = fs::path{HOLDFAST_BUILD_DIR} / "locales";
  fs::create_directories(folder);
  const std::string make = "localedef -i de_DE -f UTF-8 " + (folder / "de_DE.UTF-8").string();
  if (!fs::exists(folder / "de_DE.UTF-8")) {
    ASSERT_EQ(std::system(make.c_str()), 0) << make;
  }
  ::setenv("LOCPATH", folder.c_str(), 1);
  ASSERT_NE(std::setlocale(LC_ALL, "de_DE.UTF-8"), nullptr);
  ASSERT_STREQ(std::localeconv()->decimal_point, ",");
  const auto figures = [] {
    models::fleet::RunOptions options;
    options.method = sim::Method::analytic;
    const auto scenario = models::scenario::read_scenario(cold_archive);
    std::string json = reports::result_json(models::fleet::run(scenario.value(), options).value());
    return json.substr(0, json.find("\"timing\""));
  };
  const std::string german = figures();
  restore_plain_numbers();
  EXPECT_STREQ(std::localeconv()->decimal_point, ".");
  EXPECT_EQ(QLocale{}.decimalPoint(), QStringLiteral("."));
  EXPECT_EQ(figures(), german);
  std::setlocale(LC_ALL, "C");
  ::unsetenv("LOCPATH");
}

}  // namespace
}  // namespace gui
