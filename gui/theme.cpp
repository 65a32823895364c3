#include "gui/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QProxyStyle>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOption>
#include <array>
#include <utility>

namespace gui {
namespace {

struct Paint {
  QPalette::ColorRole role;
  QRgb light;
  QRgb dark;
};

// Grey on paper at a contrast of 4.5 and more (WCAG 2.1, 1.4.3), accents from Okabe and Ito.
constexpr std::array paints{
    Paint{QPalette::Window, 0xfff4f4f2, 0xff26282b},
    Paint{QPalette::WindowText, 0xff1c1c1c, 0xffe8e8e6},
    Paint{QPalette::Base, 0xffffffff, 0xff1d1f21},
    Paint{QPalette::AlternateBase, 0xfff1f3f5, 0xff25282b},
    Paint{QPalette::Text, 0xff1c1c1c, 0xffe8e8e6},
    Paint{QPalette::Button, 0xffe9e9e6, 0xff35383c},
    Paint{QPalette::ButtonText, 0xff1c1c1c, 0xffe8e8e6},
    Paint{QPalette::BrightText, 0xffd55e00, 0xffe69f00},
    Paint{QPalette::ToolTipBase, 0xffffffff, 0xff35383c},
    Paint{QPalette::ToolTipText, 0xff1c1c1c, 0xffe8e8e6},
    Paint{QPalette::PlaceholderText, 0xff6b6b6b, 0xff9a9a98},
    Paint{QPalette::Highlight, 0xff0072b2, 0xff3a8fc4},
    Paint{QPalette::HighlightedText, 0xffffffff, 0xffffffff},
    Paint{QPalette::Link, 0xff0072b2, 0xff56b4e9},
    Paint{QPalette::Light, 0xffffffff, 0xff4a4e53},
    Paint{QPalette::Midlight, 0xfff4f4f2, 0xff404448},
    Paint{QPalette::Mid, 0xffb8b8b4, 0xff1b1d1f},
    Paint{QPalette::Dark, 0xff9a9a96, 0xff141516},
    Paint{QPalette::Shadow, 0xff707070, 0xff000000},
};
constexpr QRgb faint_light = 0xff7a7a78;
constexpr QRgb faint_dark = 0xff8d8d8b;

/// Fusion frames a box to tick in black, which dark paper swallows.
class VisibleBoxes final : public QProxyStyle {
 public:
  VisibleBoxes() : QProxyStyle(QStringLiteral("Fusion")) {}
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
    if (element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck) {
      QProxyStyle::drawPrimitive(element, option, painter, widget);
      return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor ink = option->palette.color(
        (option->state & State_Enabled) != 0 ? QPalette::Active : QPalette::Disabled,
        QPalette::Text);
    const QRectF box = QRectF{option->rect}.adjusted(1.5, 1.5, -1.5, -1.5);
    QColor frame = ink;
    constexpr float faint = 0.55F;
    frame.setAlphaF((option->state & State_HasFocus) != 0 ? 1.0F : faint);
    painter->setPen(QPen{frame, 1});
    painter->setBrush(option->palette.base());
    painter->drawRoundedRect(box, 2, 2);
    if ((option->state & State_On) != 0) {
      painter->setPen(QPen{ink, 2});
      painter->drawPolyline(QPolygonF{{{box.left() + 2, box.center().y()},
                                       {box.center().x() - 0.5, box.bottom() - 2.5},
                                       {box.right() - 1.5, box.top() + 2.5}}});
    }
    painter->restore();
  }
};

QPalette palette_of(bool dark) {
  QPalette palette;
  for (const Paint& paint : paints) palette.setColor(paint.role, dark ? paint.dark : paint.light);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, dark ? faint_dark : faint_light);
  }
  return palette;
}

}  // namespace

void install_theme(const QString& theme) {
  constexpr int half = 128;
  const bool desktop_is_dark =
      QApplication::style()->standardPalette().color(QPalette::Window).lightness() < half ||
      QApplication::palette().color(QPalette::Window).lightness() < half;
  QApplication::setStyle(new VisibleBoxes);
  const bool dark = theme == QStringLiteral("dark") || (theme.isEmpty() && desktop_is_dark);
  QApplication::setPalette(palette_of(dark));
}

}  // namespace gui
