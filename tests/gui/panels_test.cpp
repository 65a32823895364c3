#include <cstdio>

#include "gui/editor_rows.h"
#include "gui/panel.h"
#include "models/input/read_scenario.h"
#include "reports/result_json.h"
#include "tests/gui/window_fixture.h"

namespace gui {
namespace {

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
  constexpr qint64 most_ms = 200;  // a loaded machine schedules late; 50 is what is aimed at
  EXPECT_LE(longest, most_ms);
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

TEST_F(Window, AnotherBaselineIsPinned) {
  find<QSpinBox>("missions")->setValue(64);
  click("run");
  ASSERT_TRUE(wait_for([this] { return !session.runner().running(); }));
  auto* table = find<QTableWidget>("table");
  EXPECT_EQ(table->item(0, 1)->text(), QStringLiteral("baseline"));
  auto* pinned = find<QComboBox>("baseline");
  pinned->setFocus();
  QTest::keyClick(pinned, Qt::Key_Down);
  Q_EMIT pinned->activated(1);
  EXPECT_EQ(table->item(1, 1)->text(), QStringLiteral("baseline"));
  EXPECT_NE(table->item(0, 1)->text(), QStringLiteral("baseline"));
}

TEST_F(Window, AnAddedStrategyIsValidAndOneMore) {
  const std::size_t strategies = session.reading().scenario->strategies.size();
  click("add");
  ASSERT_TRUE(session.reading().scenario) << session.reading().faults.front().message;
  EXPECT_EQ(session.reading().scenario->strategies.size(), strategies + 1);
}

TEST_F(Window, WhatACrashLeftBehindIsBroughtBack) {
  const QTemporaryDir folder;
  session.autosave_file = folder.filePath(QStringLiteral("autosave.json")).toStdString();
  find<QPlainTextEdit>("raw")->insertPlainText(QStringLiteral(" "));
  const std::string changed = session.text.text();
  ASSERT_TRUE(wait_for([this] { return session.left_behind().has_value(); }));
  Session next;
  next.autosave_file = session.autosave_file;
  const auto left = next.left_behind();
  ASSERT_TRUE(left);
  next.recover(*left);
  EXPECT_EQ(next.text.text(), changed);
  EXPECT_TRUE(next.text.modified());
  EXPECT_EQ(next.text.file(), cold_archive);
  session.forget_changes();
  EXPECT_FALSE(session.left_behind());
}

TEST_F(Window, EveryWidgetThatTakesKeysIsReachedByTab) {
  for (const PanelKind& kind : all_panels()) {
    const QWidget* shown = panel(std::string{kind.name}.c_str());
    for (const auto* button : shown->findChildren<QPushButton*>()) {
      if (!button->isVisible()) continue;
      EXPECT_NE(button->focusPolicy() & Qt::TabFocus, 0) << kind.name;
    }
  }
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
