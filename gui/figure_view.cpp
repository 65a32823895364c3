#include "gui/figure_view.h"

#include <QtWidgets/QtWidgets>

#include "gui/words.h"

namespace gui {

namespace figure = reports::figure;
using figure::Shape;
using figure::Symbol;

QColor screen_colour(figure::Ink ink, figure::Theme theme) {
  const figure::Colour colour = figure::colour_of(ink, theme);
  return {colour.red, colour.green, colour.blue};
}

figure::Theme theme_of(const QWidget& widget) {
  constexpr int half = 128;
  return widget.palette().color(QPalette::Base).lightness() < half ? figure::Theme::dark
                                                                   : figure::Theme::light;
}

namespace {

QPainterPath path_of(Symbol symbol, double r) {
  QPainterPath path;
  const auto polygon = [&path](std::initializer_list<QPointF> points) {
    path.addPolygon(QPolygonF{QList<QPointF>{points}});
    path.closeSubpath();
  };
  const auto stroke = [&path](double x, double y) {
    path.moveTo(-x, -y);
    path.lineTo(x, y);
  };
  const double h = r * 0.9;
  switch (symbol) {
    case Symbol::circle:
      path.addEllipse(QPointF{}, r, r);
      break;
    case Symbol::square:
      path.addRect(-h, -h, 2 * h, 2 * h);
      break;
    case Symbol::triangle:
      polygon({{0, -r}, {r, h}, {-r, h}});
      break;
    case Symbol::diamond:
      polygon({{0, -1.2 * r}, {1.2 * r, 0}, {0, 1.2 * r}, {-1.2 * r, 0}});
      break;
    case Symbol::star:
      stroke(r, 0);
      stroke(0, r);
      stroke(r * 0.7, r * 0.7);
      stroke(r * 0.7, -r * 0.7);
      break;
    case Symbol::cross:
      stroke(h, h);
      stroke(h, -h);
      break;
  }
  return path;
}

void paint_label(QPainter& painter, const Shape& shape) {
  const QString text = QString::fromStdString(shape.text);
  const double width = painter.fontMetrics().horizontalAdvance(text);
  const double left = shape.anchor == figure::Anchor::left     ? shape.x
                      : shape.anchor == figure::Anchor::middle ? shape.x - width / 2
                                                               : shape.x - width;
  painter.drawText(QPointF{left, shape.y}, text);
}

void paint_shape(QPainter& painter, const Shape& shape, figure::Theme theme) {
  const QColor ink = screen_colour(shape.ink, theme);
  painter.setPen(QPen{ink, shape.ink == figure::Ink::grid ? 1.0 : 2.0});
  painter.setBrush(Qt::NoBrush);
  QColor fill = ink;
  switch (shape.kind) {
    case Shape::Kind::line:
      painter.drawLine(QPointF{shape.x, shape.y}, QPointF{shape.x2, shape.y2});
      break;
    case Shape::Kind::box:
      fill.setAlphaF(static_cast<float>(shape.shade));
      painter.fillRect(QRectF{QPointF{shape.x, shape.y}, QPointF{shape.x2, shape.y2}}, fill);
      break;
    case Shape::Kind::label:
      paint_label(painter, shape);
      break;
    case Shape::Kind::symbol:
      painter.setBrush(shape.hollow ? screen_colour(figure::Ink::paper, theme) : ink);
      painter.drawPath(path_of(shape.symbol, shape.x2).translated(shape.x, shape.y));
      break;
  }
}

}  // namespace

void paint(QPainter& painter, const figure::Drawing& drawn, figure::Theme theme) {
  painter.setRenderHint(QPainter::Antialiasing);
  QFont font = painter.font();
  font.setPixelSize(static_cast<int>(figure::label_size));
  painter.setFont(font);
  painter.fillRect(QRectF{0, 0, drawn.width, drawn.height},
                   screen_colour(figure::Ink::paper, theme));
  for (const Shape& shape : drawn.shapes) paint_shape(painter, shape, theme);
}

FigureView::FigureView(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setFocusPolicy(Qt::StrongFocus);
  setToolTip(say("Right-click, or the menu key, saves the figure as SVG or PNG"));
}

void FigureView::show_figure(Make make) {
  make_ = std::move(make);
  setAccessibleName(QString::fromStdString(laid_out(size()).title));
  update();
}

figure::Drawing FigureView::laid_out(QSize size) const {
  if (!make_) return {};
  figure::Drawing drawn =
      make_({static_cast<double>(size.width()), static_cast<double>(size.height())});
  drawn.title = say(drawn.title).toStdString();
  for (Shape& shape : drawn.shapes) {
    if (shape.kind == Shape::Kind::label) shape.text = say(shape.text).toStdString();
  }
  return drawn;
}

void FigureView::paintEvent(QPaintEvent* /*event*/) {
  if (!make_) return;
  QPainter painter{this};
  paint(painter, laid_out(size()), theme_of(*this));
}

bool FigureView::save(const QString& file) const {
  if (file.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
    QSaveFile out{file};
    const std::string text = figure::svg_text(laid_out(size()), theme_of(*this));
    return out.open(QIODevice::WriteOnly) &&
           out.write(text.data(), static_cast<qint64>(text.size())) >= 0 && out.commit();
  }
  constexpr int sharper = 2;
  QImage image{size() * sharper, QImage::Format_ARGB32_Premultiplied};
  image.setDevicePixelRatio(sharper);
  QPainter painter{&image};
  paint(painter, laid_out(size()), theme_of(*this));
  return painter.end() && image.save(file);
}

void FigureView::ask_and_save() {
  const QString file = QFileDialog::getSaveFileName(
      this, say("Save figure"), QStringLiteral("figure.svg"), say("SVG (*.svg);;PNG (*.png)"));
  if (!file.isEmpty() && !save(file)) {
    QMessageBox::warning(this, say("Save figure"), say("The file could not be written."));
  }
}

void FigureView::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu;
  menu.addAction(say("Save figure as SVG or PNG..."), this, [this] { ask_and_save(); });
  menu.exec(event->globalPos());
}

}  // namespace gui
