#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <string>

#include "gui/main_window.h"
#include "gui/session.h"
#include "gui/words.h"

namespace gui {

inline const std::string cold_archive = HOLDFAST_SOURCE_DIR "/scenarios/hospital_cold_archive.json";

/// One application for all tests of the program: Qt allows no second.
QApplication& application();

/// The main window with a shipped scenario, driven through clicks and keys.
class Window : public ::testing::Test {
 protected:
  void SetUp() override;

  template <class Widget>
  Widget* find(const char* name) {
    auto* found = window.findChild<Widget*>(QString::fromLatin1(name));
    EXPECT_NE(found, nullptr) << name;
    return found;
  }
  void click(const char* name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
  template <class Condition>
  bool wait_for(const Condition& condition) {
    constexpr int most_ms = 120'000;
    return QTest::qWaitFor(condition, most_ms);
  }
  /// Shows a panel and waits until what it does by itself is done.
  QWidget* panel(const char* name);
  bool idle(const QWidget* panel) {
    return wait_for([panel] { return !panel->property("busy").toBool(); });
  }

  QApplication& app = application();
  Session session;
  MainWindow window{session};
};

}  // namespace gui
