#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <clocale>
#include <fstream>
#include <iterator>

#include "gui/editor_rows.h"
#include "gui/main_window.h"
#include "gui/session.h"
#include "models/scenario/read_scenario.h"
#include "reports/result_json.h"

namespace gui {
namespace {

const std::string cold_archive = HOLDFAST_SOURCE_DIR "/scenarios/hospital_cold_archive.json";

/// One application for all tests of the program: Qt allows no second.
QApplication& application() {
  static int count = 1;
  static char name[] = "test";
  static char* words[] = {name, nullptr};
  static QApplication instance{count, words};
  std::setlocale(LC_NUMERIC, "C");
  return instance;
}

class Window : public ::testing::Test {
 protected:
  void SetUp() override {
    QStandardPaths::setTestModeEnabled(true);
    session.open(cold_archive);
    window.show();
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* found = window.findChild<Widget*>(QString::fromLatin1(name));
    EXPECT_NE(found, nullptr) << name;
    return found;
  }
  void click(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
  template <class Condition>
  bool wait_for(const Condition& condition) {
    constexpr int most_ms = 120'000;
    return QTest::qWaitFor(condition, most_ms);
  }

  QApplication& app = application();
  Session session;
  MainWindow window{session};
};

std::string without_timing(std::string json) { return json.substr(0, json.find("\"timing\"")); }

TEST_F(Window, TextbookFiguresComeWithoutARun) {
  ASSERT_TRUE(wait_for([this] { return session.textbook() != nullptr; }));
  EXPECT_EQ(find<QTableWidget>("table")->rowCount(),
            static_cast<int>(session.reading().scenario->strategies.size()));
}

TEST_F(Window, ARunGivesTheBytesOfTheCommandLine) {
  find<QSpinBox>("missions")->setValue(64);
  find<QSpinBox>("seed")->setValue(7);
  click("run");
  EXPECT_TRUE(session.runner().running());
  ASSERT_TRUE(wait_for([this] { return !session.runner().running(); }));
  ASSERT_TRUE(session.results());
  models::fleet::RunOptions options;
  options.seed = 7;
  options.replicates = {0, 64};
  const auto scenario = models::scenario::read_scenario(cold_archive);
  const auto same = models::fleet::run(scenario.value(), options);
  EXPECT_EQ(without_timing(reports::result_json(*session.results())),
            without_timing(reports::result_json(same.value())));
}

TEST_F(Window, APausedRunStandsStillAndAStoppedOneKeepsWhatIsKnown) {
  find<QSpinBox>("missions")->setValue(1 << 20);
  click("run");
  ASSERT_TRUE(wait_for([this] { return !session.course().empty(); }));
  click("pause");
  EXPECT_TRUE(session.runner().paused());
  QTest::qWait(300);
  const auto reported = session.course().size();
  QTest::qWait(300);
  EXPECT_EQ(session.course().size(), reported);
  click("pause");
  click("cancel");
  ASSERT_TRUE(wait_for([this] { return !session.runner().running(); }));
  ASSERT_TRUE(session.results());
  EXPECT_TRUE(session.results()->interrupted);
}

TEST_F(Window, TheWindowAnswersDuringARun) {
  find<QSpinBox>("missions")->setValue(1 << 20);
  click("run");
  QElapsedTimer clock;
  qint64 longest = 0;
  clock.start();
  QTimer tick;
  tick.setInterval(0);
  tick.callOnTimeout([&] { longest = std::max(longest, clock.restart()); });
  tick.start();
  QTest::qWait(2000);
  click("cancel");
  ASSERT_TRUE(wait_for([this] { return !session.runner().running(); }));
  RecordProperty("longest_stall_ms", static_cast<int>(longest));
  std::printf("longest stall of the event loop: %lld ms\n", static_cast<long long>(longest));
}

TEST_F(Window, AFaultIsToldWhereItStandsAndUndoTakesItBack) {
  auto* raw = find<QPlainTextEdit>("raw");
  const std::string before = session.text.text();
  raw->setPlainText(
      raw->toPlainText().replace(QStringLiteral("\"1 TB\""), QStringLiteral("\"1 XB\"")));
  EXPECT_FALSE(session.reading().scenario);
  EXPECT_TRUE(
      find<QListWidget>("faults")->item(0)->text().contains(QStringLiteral("/data/logical")));
  EXPECT_FALSE(find<QPushButton>("run")->isEnabled());
  session.text.undo();
  session.text_changed();
  EXPECT_EQ(session.text.text(), before);
  EXPECT_TRUE(session.reading().scenario);
}

TEST_F(Window, AStrategyIsDuplicatedAndRemovedWithTheCommentsLeftAlone) {
  const std::size_t strategies = session.reading().scenario->strategies.size();
  click("duplicate");
  ASSERT_TRUE(session.reading().scenario) << session.reading().faults.front().message;
  EXPECT_EQ(session.reading().scenario->strategies.size(), strategies + 1);
  EXPECT_THAT(session.text.text(), ::testing::HasSubstr("// 10 h + an exponential of 24 h"));
  session.text.undo();
  session.text_changed();
  EXPECT_EQ(session.reading().scenario->strategies.size(), strategies);
  EXPECT_FALSE(session.text.modified());
}

TEST_F(Window, APictureOfEveryPanelIsWritten) {
  ASSERT_TRUE(wait_for([this] { return session.textbook() != nullptr; }));
  const QTemporaryDir folder;
  ASSERT_TRUE(window.write_screenshots(folder.path()));
  for (const PanelKind& kind : all_panels()) {
    const QImage image{
        folder.filePath(QString::fromUtf8(kind.name.data()) + QStringLiteral(".png"))};
    EXPECT_EQ(image.size(), QSize(1280, 720)) << kind.name;
  }
}

TEST(EditorRows, AFieldTellsItsRangeItsDefaultAndWhereThatIsFrom) {
  const auto rows = editor_rows(R"({"name": "x", "strategies": [{"name": "one"}]})");
  const auto strategies = std::ranges::find(rows, "strategies", &EditorRow::key);
  ASSERT_NE(strategies, rows.end());
  ASSERT_EQ(strategies->rows.size(), 1U);
  const auto& fields = strategies->rows.front().rows;
  const auto placement = std::ranges::find(fields, "placement", &EditorRow::key);
  ASSERT_NE(placement, fields.end());
  const auto within = std::ranges::find(placement->rows, "within", &EditorRow::key);
  ASSERT_NE(within, placement->rows.end());
  EXPECT_EQ(within->fallback, "fleet");
  EXPECT_FALSE(within->source.empty());
  EXPECT_FALSE(within->given);
  EXPECT_THAT(within->choices, ::testing::Contains("machine"));
}

TEST(EditorRows, NumbersAreWrittenBareAndTextsQuoted) {
  EditorRow row;
  row.text = false;
  EXPECT_EQ(literal_of(row, "12"), "12");
  EXPECT_EQ(literal_of(row, "twelve"), "\"twelve\"");
  row.text = true;
  EXPECT_EQ(literal_of(row, "12"), "\"12\"");
  EXPECT_EQ(literal_of(row, R"({"kind": "fixed"})"), R"({"kind": "fixed"})");
}

}  // namespace
}  // namespace gui
