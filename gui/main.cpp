#include <QtWidgets/QtWidgets>
#include <algorithm>
#include <clocale>
#include <string_view>

#include "gui/main_window.h"

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

}  // namespace

int main(int argc, char** argv) {
  // The platform is chosen before there is an application that could read its arguments.
  const bool no_screen = std::any_of(argv + 1, argv + argc, [](const char* word) {
    return std::string_view{word}.starts_with("--screenshots");
  });
  if (no_screen) qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application{argc, argv};
  // Qt takes the locale of the desktop, in which 1.4 may be written 1,4.
  std::setlocale(LC_NUMERIC, "C");
  QLocale::setDefault(QLocale::c());
  QCoreApplication::setOrganizationName(QStringLiteral("holdfast"));
  QCoreApplication::setApplicationName(QStringLiteral("holdfast-gui"));

  QCommandLineParser parser;
  parser.setApplicationDescription(QStringLiteral("See storage strategies side by side."));
  parser.addHelpOption();
  parser.addPositionalArgument(QStringLiteral("scenario"), QStringLiteral("A scenario file."),
                               QStringLiteral("[scenario]"));
  const QCommandLineOption screenshots{QStringLiteral("screenshots"),
                                       QStringLiteral("Write every panel as PNG, and end."),
                                       QStringLiteral("folder")};
  parser.addOption(screenshots);
  parser.process(application);

  gui::Session session;
  const bool pictures = parser.isSet(screenshots);
  if (!pictures) {
    const QString place = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    QDir{}.mkpath(place);
    session.autosave_file = (place + QStringLiteral("/autosave.json")).toStdString();
  }
  gui::MainWindow window{session};
  window.show();
  const auto shipped = gui::shipped_scenarios();
  if (!parser.positionalArguments().isEmpty()) {
    window.open(parser.positionalArguments().constFirst().toStdString());
  } else if (pictures && !shipped.empty()) {
    window.open(shipped.front());
  }
  if (!pictures) return QApplication::exec();
  if (!session.reading().scenario) return 3;
  return write_screenshots(session, window, parser.value(screenshots));
}
