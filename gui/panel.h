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
};

/// Every panel, in the order of the tabs.
std::span<const PanelKind> all_panels();

QWidget* make_start(Session& session, const WindowRequests& requests);
QWidget* make_editor(Session& session, const WindowRequests& requests);
QWidget* make_compare(Session& session, const WindowRequests& requests);
QWidget* make_topology(Session& session, const WindowRequests& requests);
QWidget* make_stripe(Session& session, const WindowRequests& requests);

}  // namespace gui
