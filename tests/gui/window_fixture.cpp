#include "tests/gui/window_fixture.h"

namespace gui {

QApplication& application() {
  static int count = 1;
  static char name[] = "test";
  static char* words[] = {name, nullptr};
  static QApplication instance{count, words};
  restore_plain_numbers();
  return instance;
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
