#pragma once

#include <QtWidgets/QMainWindow>

#include "gui/panel.h"

class QTabWidget;

namespace gui {

class MainWindow final : public QMainWindow {
 public:
  explicit MainWindow(Session& session);
  /// Opens a file, after asking about changes that are not saved. A file with faults opens in the
  /// editor.
  void open(const std::string& file);
  void show_panel(std::string_view name);
  /// Writes a picture of every panel to `folder`; false if one cannot be written.
  bool write_screenshots(const QString& folder);

 private:
  void closeEvent(QCloseEvent* event) override;
  void build_menus();
  void build_view_menu();
  void undo_or_redo(void (ScenarioText::*step)());
  bool may_leave_text();
  bool save(bool ask_for_name);
  void ask_and_open();
  void remember(const std::string& file);

  Session& session_;
  QTabWidget* tabs_{};
};

}  // namespace gui
