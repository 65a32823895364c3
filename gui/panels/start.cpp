#include <QtWidgets/QtWidgets>

#include "gui/panel.h"
#include "models/input/read_scenario.h"

namespace gui {
namespace {

/// A scenario as a button with its name and what it is about.
QWidget* card(const std::string& file, const WindowRequests& requests) {
  auto* button = new QPushButton;
  button->setObjectName(QStringLiteral("card:") +
                        QFileInfo{QString::fromStdString(file)}.completeBaseName());
  button->setMinimumHeight(150);
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  const auto read = models::scenario::read_scenario(file);
  const QString name = read ? QString::fromStdString(read.value().name)
                            : QFileInfo{QString::fromStdString(file)}.completeBaseName();
  QString about = read ? QString::fromStdString(read.value().description)
                       : say("This file has faults. It opens in the editor.");
  constexpr qsizetype most = 210;
  if (about.size() > most)
    about = about.left(about.lastIndexOf(u' ', most)) + QStringLiteral(" ...");
  const QString count = read ? say("%1 strategies").arg(read.value().strategies.size()) : QString{};
  button->setAccessibleName(name);
  button->setAccessibleDescription(about);
  auto* layout = new QVBoxLayout{button};
  auto* title = new QLabel{QStringLiteral("<b>%1</b>").arg(name.toHtmlEscaped())};
  auto* text = new QLabel{about};
  auto* foot = new QLabel{count};
  for (QLabel* label : {title, text, foot}) {
    label->setAttribute(Qt::WA_TransparentForMouseEvents);
    label->setWordWrap(true);
    layout->addWidget(label);
  }
  foot->setEnabled(false);
  layout->insertStretch(2);
  QObject::connect(button, &QPushButton::clicked, button, [requests, file] {
    requests.open(file);
    requests.show("compare");
  });
  return button;
}

std::vector<std::string> recent_files() {
  std::vector<std::string> files;
  for (const QString& file : QSettings{}.value(QStringLiteral("recent")).toStringList()) {
    if (QFile::exists(file)) files.push_back(file.toStdString());
  }
  return files;
}

void add_cards(QVBoxLayout* layout, const QString& title, const std::vector<std::string>& files,
               const WindowRequests& requests) {
  if (files.empty()) return;
  layout->addWidget(new QLabel{QStringLiteral("<h3>%1</h3>").arg(title)});
  auto* grid = new QGridLayout;
  grid->setSpacing(12);
  constexpr int columns = 2;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const int place = static_cast<int>(i);
    grid->addWidget(card(files[i], requests), place / columns, place % columns);
  }
  layout->addLayout(grid);
}

}  // namespace

QWidget* make_start(Session& /*session*/, const WindowRequests& requests) {
  auto* inside = new QWidget;
  auto* layout = new QVBoxLayout{inside};
  layout->setContentsMargins(28, 20, 28, 20);
  layout->addWidget(new QLabel{say(
      "<h1>Holdfast</h1><p>Will this storage design keep the data, how fast does it heal, and what "
      "does it cost? Choose a system: its strategies stand side by side at once.</p>")});
  add_cards(layout, say("Shipped systems"), shipped_scenarios(), requests);
  add_cards(layout, say("Opened lately"), recent_files(), requests);
  layout->addStretch();
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidget(inside);
  return scroll;
}

}  // namespace gui
