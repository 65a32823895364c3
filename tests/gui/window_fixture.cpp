#include "tests/gui/window_fixture.h"

namespace gui {

QApplication& application() {
  // A test must not need a screen, nor show windows on one.
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  static int count = 1;
  static char name[] = "test";
  static char* words[] = {name, nullptr};
  // Never destroyed: at the exit, Qt's own statics are gone already.
  static auto* instance = new QApplication{count, words};
  restore_plain_numbers();
  return *instance;
}

void Window::SetUp() {
  QStandardPaths::setTestModeEnabled(true);
  session.open(cold_archive);
  window.show();
}

QWidget* Window::panel(const char* name) {
  window.show_panel(name);
  QWidget* shown = find<QTabWidget>("panels")->currentWidget();
  EXPECT_TRUE(idle(shown)) << name;
  return shown;
}

}  // namespace gui
