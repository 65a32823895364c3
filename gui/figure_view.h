#pragma once

#include <QtWidgets/QWidget>
#include <functional>

#include "reports/figure/result_figures.h"

namespace gui {

/// Paints a figure as reports/figure laid it out: the second painter beside SVG.
void paint(QPainter& painter, const reports::figure::Drawing& figure, reports::figure::Theme theme);

/// A figure that is laid out anew for the size of its widget; its context menu saves it as SVG or
/// PNG.
class FigureView final : public QWidget {
 public:
  using Make = std::function<reports::figure::Drawing(reports::figure::Size)>;
  explicit FigureView(QWidget* parent = nullptr);
  void show_figure(Make make);
  QSize sizeHint() const override { return {680, 340}; }
  QSize minimumSizeHint() const override { return {360, 220}; }
  /// False if the file cannot be written; the format is that of its name.
  bool save(const QString& file) const;

 private:
  void paintEvent(QPaintEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  reports::figure::Drawing laid_out(QSize size) const;
  void ask_and_save();
  Make make_;
};

/// The theme that a widget's palette asks for.
reports::figure::Theme theme_of(const QWidget& widget);
QColor screen_colour(reports::figure::Ink ink, reports::figure::Theme theme);

}  // namespace gui
