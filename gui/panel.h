#pragma once

#include <QtWidgets/QWidget>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "gui/session.h"
#include "gui/words.h"

namespace gui {

/// What panels may ask the window for.
struct WindowRequests {
  std::function<void(const std::string& file)> open;
  std::function<void(std::string_view panel)> show;
};

/// A line of the table of panels.
struct PanelKind {
  std::string_view name;  ///< in file names of screenshots
  const char* title;
  QWidget* (*make)(Session&, const WindowRequests&);
  /// Does what makes the panel worth a picture, such as a click on its main button; may be null.
  void (*show_off)(QWidget& panel){};
};

/// Every panel, in the order of the tabs.
std::span<const PanelKind> all_panels();

void show_off_sensitivity(QWidget& panel);
void show_off_topology(QWidget& panel);
void show_off_stripe(QWidget& panel);
void show_off_planner(QWidget& panel);

QWidget* make_start(Session& session, const WindowRequests& requests);
QWidget* make_editor(Session& session, const WindowRequests& requests);
QWidget* make_compare(Session& session, const WindowRequests& requests);
QWidget* make_sensitivity(Session& session, const WindowRequests& requests);
QWidget* make_timeline(Session& session, const WindowRequests& requests);
QWidget* make_planner(Session& session, const WindowRequests& requests);
QWidget* make_topology(Session& session, const WindowRequests& requests);
QWidget* make_stripe(Session& session, const WindowRequests& requests);

}  // namespace gui
