#include "gui/shard_button.h"

#include <QtGui/QFontDatabase>
#include <QtGui/QPainter>
#include <array>

#include "gui/figure_view.h"
#include "gui/words.h"

namespace gui {

namespace figure = reports::figure;

namespace {

struct Look {
  figure::Ink ink;
  double pen;
  const char* mark;  ///< colour is never the only sign
};
constexpr std::array looks{Look{figure::Ink::grid, 1.5, ""},
                           Look{figure::Ink::second, 3, "destroyed"},
                           Look{figure::Ink::first, 3, "read"}};

QString printable(const QByteArray& bytes) {
  QString text;
  constexpr char first = 32;
  constexpr char last = 126;
  for (const char c : bytes) text += c >= first && c <= last ? QChar::fromLatin1(c) : QChar{0xB7};
  return text;
}

}  // namespace

ShardButton::ShardButton(QWidget* parent) : QAbstractButton(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
}

void ShardButton::show_shard(int slot, const QString& role, const QByteArray& bytes, State state) {
  slot_ = slot;
  role_ = role;
  bytes_ = bytes;
  state_ = state;
  const QString mark = say(looks[static_cast<std::size_t>(state)].mark);
  setAccessibleName(QStringLiteral("%1 %2 %3").arg(slot).arg(role, mark));
  update();
}

void ShardButton::paintEvent(QPaintEvent* /*event*/) {
  constexpr int shown_bytes = 8;
  const Look& look = looks[static_cast<std::size_t>(state_)];
  const figure::Theme theme = theme_of(*this);
  const auto colour = [theme](figure::Ink ink) { return screen_colour(ink, theme); };
  QPainter painter{this};
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF box = QRectF{rect()}.adjusted(3, 3, -3, -3);
  painter.setPen(
      QPen{colour(look.ink), look.pen, state_ == State::destroyed ? Qt::DashLine : Qt::SolidLine});
  painter.setBrush(palette().base());
  painter.drawRoundedRect(box, 6, 6);
  if (hasFocus() || underMouse()) {
    painter.setPen(QPen{palette().color(QPalette::Highlight), 1});
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
  }
  const QRectF inside = box.adjusted(8, 5, -8, -5);
  painter.setPen(colour(figure::Ink::faint));
  painter.drawText(inside, Qt::AlignLeft | Qt::AlignTop, QString::number(slot_));
  painter.drawText(inside, Qt::AlignRight | Qt::AlignTop, role_);
  painter.setPen(state_ == State::whole ? colour(figure::Ink::text) : colour(look.ink));
  painter.drawText(inside, Qt::AlignHCenter | Qt::AlignBottom,
                   state_ == State::whole
                       ? QStringLiteral("“%1”").arg(printable(bytes_.left(shown_bytes)))
                       : say(look.mark));
  if (state_ == State::destroyed) {
    painter.setPen(QPen{colour(look.ink), 2});
    const QPointF middle = box.center();
    constexpr double arm = 11;
    painter.drawLine(middle + QPointF{-arm, -arm}, middle + QPointF{arm, arm});
    painter.drawLine(middle + QPointF{-arm, arm}, middle + QPointF{arm, -arm});
    return;
  }
  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPixelSize(12);
  painter.setFont(fixed);
  painter.setPen(colour(figure::Ink::text));
  const QByteArray hex = bytes_.left(shown_bytes).toHex(' ');
  const QString first = QString::fromLatin1(hex.left(11));
  const QString second = QString::fromLatin1(hex.mid(12));
  painter.drawText(inside, Qt::AlignCenter, second.isEmpty() ? first : first + u'\n' + second);
}

}  // namespace gui
