#include "gui/main_window.h"

#include <QtWidgets/QtWidgets>

#include "gui/theme.h"

namespace gui {

MainWindow::MainWindow(Session& session) : session_(session) {
  tabs_ = new QTabWidget;
  tabs_->setObjectName(QStringLiteral("panels"));
  tabs_->setDocumentMode(true);
  const WindowRequests requests{.open = [this](const std::string& file) { open(file); },
                                .show = [this](std::string_view panel) { show_panel(panel); }};
  for (const PanelKind& kind : all_panels()) {
    tabs_->addTab(kind.make(session_, requests), say(kind.title));
  }
  setCentralWidget(tabs_);
  build_menus();
  constexpr QSize usual{1280, 720};
  resize(usual);
  const auto title = [this] {
    setWindowTitle(QStringLiteral("%1[*] - Holdfast")
                       .arg(QFileInfo{QString::fromStdString(session_.text.file())}.fileName()));
    setWindowModified(session_.text.modified());
  };
  session_.when_text_changes(title);
  title();
}

void MainWindow::build_menus() {
  QMenu* file = menuBar()->addMenu(say("&File"));
  file->addAction(say("&Open ..."), QKeySequence::Open, this, [this] { ask_and_open(); });
  file->addAction(say("&Save"), QKeySequence::Save, this, [this] { save(false); });
  file->addAction(say("Save &as ..."), QKeySequence::SaveAs, this, [this] { save(true); });
  file->addSeparator();
  file->addAction(say("&Quit"), QKeySequence::Quit, this, [this] { close(); });
  QMenu* edit = menuBar()->addMenu(say("&Edit"));
  edit->addAction(say("&Undo"), QKeySequence::Undo, this,
                  [this] { undo_or_redo(&ScenarioText::undo); });
  edit->addAction(say("&Redo"), QKeySequence::Redo, this,
                  [this] { undo_or_redo(&ScenarioText::redo); });
  build_view_menu();
}

void MainWindow::build_view_menu() {
  QMenu* view = menuBar()->addMenu(say("&View"));
  const auto panels = all_panels();
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const int place = static_cast<int>(i);
    view->addAction(say(panels[i].title), QKeySequence{Qt::CTRL | (Qt::Key_1 + place)}, this,
                    [this, place] { tabs_->setCurrentIndex(place); });
  }
  view->addSeparator();
  using Choice = std::pair<const char*, const char*>;
  const auto add_choices = [this, view](const QString& title, const char* setting,
                                        std::initializer_list<Choice> choices, auto chosen) {
    QMenu* menu = view->addMenu(title);
    auto* group = new QActionGroup{menu};
    const QString key = QString::fromLatin1(setting);
    const QString now = QSettings{}.value(key).toString();
    for (const auto& [words, value] : choices) {
      const QString kept = QString::fromLatin1(value);
      QAction* action = menu->addAction(say(words), this, [key, kept, chosen] {
        QSettings{}.setValue(key, kept);
        chosen(kept);
      });
      action->setCheckable(true);
      action->setChecked(kept == now);
      group->addAction(action);
    }
  };
  add_choices(say("&Theme"), "theme",
              {{"As the desktop", ""}, {"Light", "light"}, {"Dark", "dark"}},
              [](const QString& theme) { install_theme(theme); });
  add_choices(say("&Language"), "language",
              {{"As the desktop", ""}, {"English", "en"}, {"\u4e2d\u6587", "zh"}},
              [this](const QString&) {
                QMessageBox::information(this, say("Language"),
                                         say("The language changes at the next start."));
              });
}

void MainWindow::undo_or_redo(void (ScenarioText::*step)()) {
  (session_.text.*step)();
  session_.text_changed();
}

void MainWindow::show_panel(std::string_view name) {
  const auto panels = all_panels();
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (panels[i].name == name) tabs_->setCurrentIndex(static_cast<int>(i));
  }
}

bool MainWindow::may_leave_text() {
  if (!session_.text.modified()) return true;
  const auto answer = QMessageBox::question(
      this, say("Unsaved changes"), say("Save the changes to the scenario?"),
      QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
  if (answer == QMessageBox::Save) return save(false);
  return answer == QMessageBox::Discard;
}

bool MainWindow::save(bool ask_for_name) {
  QString file = QString::fromStdString(session_.text.file());
  if (ask_for_name || file.isEmpty()) {
    file = QFileDialog::getSaveFileName(this, say("Save scenario"), file, say("Scenario (*.json)"));
    if (file.isEmpty()) return false;
  }
  if (const auto fault = session_.save(file.toStdString())) {
    QMessageBox::warning(this, say("Save scenario"), QString::fromStdString(*fault));
    return false;
  }
  remember(file.toStdString());
  return true;
}

void MainWindow::ask_and_open() {
  const QString file =
      QFileDialog::getOpenFileName(this, say("Open scenario"), {}, say("Scenario (*.json)"));
  if (!file.isEmpty()) open(file.toStdString());
}

void MainWindow::open(const std::string& file) {
  if (session_.runner().running()) {
    QMessageBox::information(this, say("Open scenario"), say("A run is under way: stop it first."));
    return;
  }
  if (!may_leave_text()) return;
  if (const auto fault = session_.open(file)) {
    QMessageBox::warning(this, say("Open scenario"), QString::fromStdString(*fault));
    return;
  }
  remember(file);
  show_panel(session_.reading().scenario ? "compare" : "editor");
}

void MainWindow::remember(const std::string& file) {
  constexpr qsizetype most = 6;
  QSettings settings;
  QStringList recent = settings.value(QStringLiteral("recent")).toStringList();
  const QString name = QString::fromStdString(file);
  recent.removeAll(name);
  recent.prepend(name);
  settings.setValue(QStringLiteral("recent"), recent.mid(0, most));
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (session_.runner().running()) {
    const auto answer = QMessageBox::question(this, say("A run is under way"),
                                              say("Stop the run and close? Its figures are lost."));
    if (answer != QMessageBox::Yes) {
      event->ignore();
      return;
    }
    session_.runner().cancel();
  }
  if (may_leave_text()) {
    session_.forget_changes();
  } else {
    event->ignore();
  }
}

bool MainWindow::write_screenshots(const QString& folder) {
  if (!QDir{}.mkpath(folder)) return false;
  const auto write = [this, &folder](const QString& name) {
    QCoreApplication::processEvents();
    constexpr int smallest = 0;  // of PNG: how hard it is compressed
    return grab().save(QDir{folder}.filePath(name + QStringLiteral(".png")), "PNG", smallest);
  };
  const auto settle = [](const QWidget& panel) {
    QCoreApplication::processEvents();
    while (panel.property("busy").toBool()) {
      QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
  };
  bool good = true;
  for (const PanelKind& kind : all_panels()) {
    show_panel(kind.name);
    QWidget& panel = *tabs_->currentWidget();
    settle(panel);
    if (kind.show_off != nullptr) kind.show_off(panel);
    settle(panel);
    const QString name = QString::fromUtf8(kind.name.data(), static_cast<int>(kind.name.size()));
    good = write(name) && good;
    auto* figures = panel.findChild<QTabWidget*>(QStringLiteral("figures"));
    for (int i = 1; figures != nullptr && i < figures->count(); ++i) {
      figures->setCurrentIndex(i);
      good = write(QStringLiteral("%1_%2").arg(name).arg(i)) && good;
    }
  }
  return good;
}

}  // namespace gui
