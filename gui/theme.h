#pragma once

#include <QtCore/QString>

class QApplication;

namespace gui {

/// "light", "dark" or "" for what the desktop has. The same widgets everywhere: Qt's Fusion style.
void install_theme(const QString& theme);

}  // namespace gui
