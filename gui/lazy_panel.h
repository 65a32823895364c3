#pragma once

#include <QtWidgets/QWidget>

namespace gui {

/// A panel that follows the scenario only while it is looked at: a keystroke in the editor must not
/// pay for panels that nobody sees.
class LazyPanel : public QWidget {
 protected:
  virtual void catch_up() = 0;
  /// What it shows is out of date.
  void outdate() {
    stale_ = true;
    if (isVisible()) refresh();
  }
  void showEvent(QShowEvent* event) override {
    QWidget::showEvent(event);
    if (stale_) refresh();
  }

 private:
  void refresh() {
    stale_ = false;
    catch_up();
  }
  bool stale_{true};
};

}  // namespace gui
