#include <QtWidgets/QtWidgets>
#include <algorithm>
#include <string_view>

#include "gui/main_window.h"
#include "gui/theme.h"
#include "gui/words.h"

namespace {

/// Plays a run for the pictures, then writes them. @return the exit status
int write_screenshots(gui::Session& session, gui::MainWindow& window, const QString& folder) {
  constexpr std::uint64_t missions = 128;  // pictures need figures, not precision
  models::fleet::RunOptions options;
  options.replicates = {0, missions};
  session.run(std::move(options));
  while (session.runner().running() || !session.textbook()) {
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
  }
  return window.write_screenshots(folder) ? 0 : 1;
}

struct Choices {
  QString scenario;
  QString folder;  ///< for screenshots; empty: no screenshots
  QString language;
  QString theme;
  QSize size;
};

Choices choices_of(const QApplication& application) {
  QCommandLineParser parser;
  parser.setApplicationDescription(QStringLiteral("See storage strategies side by side."));
  parser.addHelpOption();
  parser.addPositionalArgument(QStringLiteral("scenario"), QStringLiteral("A scenario file."),
                               QStringLiteral("[scenario]"));
  const QCommandLineOption folder{QStringLiteral("screenshots"),
                                  QStringLiteral("Write every panel as PNG, and end."),
                                  QStringLiteral("folder")};
  const QCommandLineOption language{QStringLiteral("language"),
                                    QStringLiteral("en or zh; else as set, or the desktop's."),
                                    QStringLiteral("language")};
  const QCommandLineOption theme{QStringLiteral("theme"),
                                 QStringLiteral("light or dark; else as set, or the desktop's."),
                                 QStringLiteral("theme")};
  const QCommandLineOption size{QStringLiteral("size"), QStringLiteral("Of the window: 1280x720."),
                                QStringLiteral("size")};
  parser.addOptions({folder, language, theme, size});
  parser.process(application);
  const QSettings settings;
  const auto chosen = [&](const QCommandLineOption& option, const char* setting) {
    return parser.isSet(option) ? parser.value(option)
                                : settings.value(QString::fromLatin1(setting)).toString();
  };
  const QStringList edges = parser.value(size).split(u'x');
  return {.scenario = parser.positionalArguments().value(0),
          .folder = parser.value(folder),
          .language = chosen(language, "language"),
          .theme = chosen(theme, "theme"),
          .size = edges.size() == 2 ? QSize{edges[0].toInt(), edges[1].toInt()} : QSize{}};
}

/// Text that a crash left behind is offered once.
void offer_recovery(gui::Session& session, gui::MainWindow& window) {
  const auto left = session.left_behind();
  if (!left) return;
  const auto answer =
      QMessageBox::question(&window, gui::say("Unsaved changes"),
                            gui::say("Holdfast ended with unsaved changes to %1. Bring them back?")
                                .arg(QFileInfo{QString::fromStdString(left->file)}.fileName()));
  if (answer == QMessageBox::Yes) {
    session.recover(*left);
    window.show_panel("editor");
  } else {
    session.forget_changes();
  }
}

}  // namespace

int main(int argc, char** argv) {
  // The platform is chosen before there is an application that could read its arguments.
  const bool pictures = std::any_of(argv + 1, argv + argc, [](const char* word) {
    return std::string_view{word}.starts_with("--screenshots");
  });
  if (pictures) qputenv("QT_QPA_PLATFORM", "offscreen");
  QCoreApplication::setOrganizationName(QStringLiteral("holdfast"));
  QCoreApplication::setApplicationName(QStringLiteral("holdfast-gui"));
  QApplication application{argc, argv};
  gui::restore_plain_numbers();
  QApplication::setDesktopFileName(QStringLiteral("holdfast"));
  QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("holdfast")));

  const Choices choices = choices_of(application);
  const QString no_font = gui::install_language(application, choices.language);
  gui::install_theme(choices.theme);
  gui::Session session;
  if (!pictures) {
    const QString place = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir{}.mkpath(place);
    session.autosave_file = (place + QStringLiteral("/autosave.json")).toStdString();
  }
  gui::MainWindow window{session};
  if (choices.size.isValid()) window.resize(choices.size);
  window.show();
  if (!no_font.isEmpty()) {
    if (pictures) qCritical("%s", qPrintable(no_font));
    if (!pictures) QMessageBox::warning(&window, QStringLiteral("Holdfast"), no_font);
  }
  if (!pictures) offer_recovery(session, window);
  const auto shipped = gui::shipped_scenarios();
  if (!choices.scenario.isEmpty()) {
    window.open(choices.scenario.toStdString());
  } else if (pictures && !shipped.empty()) {
    window.open(shipped.front());
  }
  if (!pictures) return QApplication::exec();
  if (!session.reading().scenario) return 3;
  return write_screenshots(session, window, choices.folder);
}
