#include "gui/fleet_view.h"

#include <QtWidgets/QtWidgets>
#include <algorithm>
#include <array>
#include <cmath>

#include "gui/figure_view.h"
#include "gui/words.h"

namespace gui {

namespace figure = reports::figure;
using models::fleet::DiskLook;
using models::topology::Topology;
using models::topology::Unit;
using models::topology::UnitKind;

namespace {

// Sizes of the drawing's own unit: a disk is 10 x 10.
constexpr double cell = 10;
constexpr double gap = 2;
constexpr double rack_edge = 6;
constexpr double switch_height = 12;
constexpr double rack_gap = 14;
constexpr double site_edge = 14;
constexpr double bar_height = 16;
constexpr double bar_gap = 8;
constexpr double site_gap = 40;

constexpr std::array disk_inks{figure::Ink::third, figure::Ink::second, figure::Ink::faint,
                               figure::Ink::first, figure::Ink::fifth};

/// Where units stand, for all drawing and picking.
struct Plan {
  Plan(const Topology& of, std::uint32_t racks_in_row)
      : topology(of),
        machine_width(std::max(1U, of.disks_per_machine()) * cell + gap),
        rack_width(machine_width + 2 * rack_edge),
        rack_height(switch_height + of.machines_per_rack() * (cell + gap) + 2 * rack_edge),
        racks_per_site(of.racks() / std::max(1U, of.sites())),
        columns(std::min(racks_per_site, racks_in_row)) {}

  double site_width() const { return columns * (rack_width + rack_gap) - rack_gap + 2 * site_edge; }
  double site_height() const {
    const double rows = std::ceil(static_cast<double>(racks_per_site) / columns);
    return 2 * site_edge + bar_height + bar_gap + rows * (rack_height + rack_gap) - rack_gap;
  }

  const Topology& topology;
  double machine_width;
  double rack_width;
  double rack_height;
  std::uint32_t racks_per_site;
  std::uint32_t columns;
};

constexpr double clients_height = 2 * (bar_height + bar_gap);

QRectF site_rect(const Plan& plan, std::uint32_t site) {
  return {site * (plan.site_width() + site_gap), clients_height, plan.site_width(),
          plan.site_height()};
}

/// The n-th of `count` neighbours that share a bar.
QRectF part_of(const QRectF& bar, std::uint32_t n, std::uint32_t count) {
  const double width = bar.width() / count;
  return {bar.left() + n * width, bar.top(), width - (n + 1 < count ? gap : 0), bar.height()};
}

}  // namespace

FleetView::FleetView(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FleetView::show_fleet(std::shared_ptr<const models::fleet::Fleet> fleet, bool disks) {
  fleet_ = std::move(fleet);
  look_.reset();
  disks_ = disks;
  chosen_.reset();
  lay_out();
  fit();
}

void FleetView::show_look(std::shared_ptr<const Look> look) {
  look_ = std::move(look);
  update();
}

void FleetView::choose(std::optional<Unit> unit) {
  chosen_ = unit;
  if (on_choice) on_choice();
  update();
}

QRectF FleetView::rack_place(std::uint32_t rack) const {
  const Plan plan{fleet_->topology(), columns_};
  const QRectF site = site_rect(plan, plan.topology.site_of(rack));
  const std::uint32_t place = rack % plan.racks_per_site;
  return {site.left() + site_edge + place % plan.columns * (plan.rack_width + rack_gap),
          site.top() + site_edge + bar_height + bar_gap +
              place / plan.columns * (plan.rack_height + rack_gap),
          plan.rack_width, plan.rack_height};
}

QRectF FleetView::machine_place(std::uint32_t machine) const {
  const Plan plan{fleet_->topology(), columns_};
  const QRectF rack = rack_place(plan.topology.rack_of(machine));
  const std::uint32_t row = machine % plan.topology.machines_per_rack();
  return {rack.left() + rack_edge, rack.top() + rack_edge + switch_height + row * (cell + gap),
          plan.machine_width, cell + gap};
}

QRectF FleetView::disk_place(std::uint32_t disk) const {
  const Topology& topology = fleet_->topology();
  const QRectF machine = machine_place(topology.machine_of(disk));
  const std::uint32_t column = disk % topology.disks_per_machine();
  return {machine.left() + gap + column * cell, machine.top() + gap, cell - gap, cell};
}

/// So many racks beside one another that all of it is as large as it can be.
void FleetView::choose_columns() {
  const Topology& topology = fleet_->topology();
  const std::uint32_t racks = std::max(1U, topology.racks() / std::max(1U, topology.sites()));
  double best = 0;
  for (std::uint32_t columns = 1; columns <= racks; ++columns) {
    const Plan plan{topology, columns};
    const double across = topology.sites() * (plan.site_width() + site_gap);
    const double down = clients_height + plan.site_height();
    const double scale = std::min(width() / across, height() / down);
    if (scale <= best) continue;
    best = scale;
    columns_ = columns;
  }
}

void FleetView::lay_out() {
  boxes_.clear();
  choose_columns();
  const Topology& topology = fleet_->topology();
  const Plan plan{topology, columns_};
  const double width = topology.sites() * (plan.site_width() + site_gap) - site_gap;
  const auto add_bar = [this](UnitKind kind, std::uint32_t count, std::uint32_t first,
                              const QRectF& bar) {
    for (std::uint32_t i = 0; i < count; ++i) {
      boxes_.push_back({{kind, first + i}, part_of(bar, i, count)});
    }
  };
  // From the hardware up: what is not there takes no room.
  double top = clients_height - bar_height - bar_gap;
  for (const UnitKind kind : {UnitKind::gateway, UnitKind::front_end}) {
    if (topology.count(kind) == 0) continue;
    add_bar(kind, topology.count(kind), 0, {0, top, width, bar_height});
    top -= bar_height + bar_gap;
  }
  top += bar_height + bar_gap;
  const std::uint32_t cores = topology.count(UnitKind::core_switch) / topology.sites();
  for (std::uint32_t site = 0; site < topology.sites(); ++site) {
    const QRectF place = site_rect(plan, site);
    boxes_.push_back({{UnitKind::site, site}, place});
    add_bar(UnitKind::core_switch, cores, site * cores,
            {place.left() + site_edge, place.top() + site_edge / 2, place.width() - 2 * site_edge,
             bar_height});
  }
  const std::uint32_t switches =
      topology.count(UnitKind::rack_switch) / std::max(1U, topology.racks());
  for (std::uint32_t rack = 0; rack < topology.racks(); ++rack) {
    const QRectF place = rack_place(rack);
    boxes_.push_back({{UnitKind::rack, rack}, place});
    add_bar(UnitKind::rack_switch, switches, rack * switches,
            {place.left() + rack_edge, place.top() + rack_edge / 2, plan.machine_width,
             switch_height - 3});
  }
  whole_ = {0, top, width, clients_height + plan.site_height() - top};
}

void FleetView::fit() {
  if (!fleet_) return;
  constexpr double edge = 12;
  scale_ = std::min((width() - 2 * edge) / whole_.width(), (height() - 2 * edge) / whole_.height());
  scale_ = std::clamp(scale_, 0.02, 4.0);
  origin_ = QPointF{(width() - whole_.width() * scale_) / 2 - whole_.left() * scale_,
                    edge - whole_.top() * scale_};
  fitted_ = true;
  update();
}

QRectF FleetView::place_of(Unit unit) const {
  QRectF place;
  if (unit.kind == UnitKind::disk) {
    place = disk_place(unit.index);
  } else if (unit.kind == UnitKind::machine) {
    place = machine_place(unit.index);
  } else {
    for (const Box& box : boxes_) {
      if (box.unit == unit) place = box.place;
    }
  }
  return {place.topLeft() * scale_ + origin_, place.size() * scale_};
}

void FleetView::pan(QPointF by) {
  origin_ += by;
  fitted_ = false;
  update();
}

void FleetView::zoom(double factor, QPointF around) {
  const double before = scale_;
  scale_ = std::clamp(scale_ * factor, 0.02, 12.0);
  origin_ = around - (around - origin_) * (scale_ / before);
  fitted_ = false;
  update();
}

std::optional<Unit> FleetView::unit_at(QPointF pixel) const {
  if (!fleet_) return std::nullopt;
  const QPointF at = (pixel - origin_) / scale_;
  std::optional<Unit> found;
  for (const Box& box : boxes_) {
    if (box.place.contains(at)) found = box.unit;
  }
  if (!found || found->kind != UnitKind::rack || !disks_) return found;
  const Topology& topology = fleet_->topology();
  const QRectF rack = rack_place(found->index);
  const double row = (at.y() - rack.top() - rack_edge - switch_height) / (cell + gap);
  if (row < 0 || row >= topology.machines_per_rack()) return found;
  const auto machine =
      found->index * topology.machines_per_rack() + static_cast<std::uint32_t>(row);
  const double column = (at.x() - machine_place(machine).left() - gap) / cell;
  if (column < 0 || column >= topology.disks_per_machine()) return Unit{UnitKind::machine, machine};
  return Unit{UnitKind::disk, topology.first_disk(machine) + static_cast<std::uint32_t>(column)};
}

bool FleetView::is_down(Unit unit) const {
  return look_ && std::ranges::binary_search(look_->down, unit);
}

void FleetView::draw_box(QPainter& painter, const Box& box) const {
  const figure::Theme theme = theme_of(*this);
  const bool down = is_down(box.unit);
  const bool frame = box.unit.kind == UnitKind::rack || box.unit.kind == UnitKind::site;
  const QColor ink = screen_colour(down ? figure::Ink::second : figure::Ink::faint, theme);
  painter.setPen(QPen{ink, down ? 3.0 : 1.0, down ? Qt::DashLine : Qt::SolidLine});
  painter.setBrush(frame ? QBrush{Qt::NoBrush} : QBrush{palette().color(QPalette::Button)});
  const QRectF place{box.place.topLeft() * scale_ + origin_, box.place.size() * scale_};
  painter.drawRect(place);
  if (frame && !(box.unit.kind == UnitKind::rack && !disks_)) return;
  const QString name = QString::fromStdString(fleet_->topology().describe(box.unit));
  const QString text = painter.fontMetrics().horizontalAdvance(name) < place.width() - 6
                           ? name
                           : QString::number(box.unit.index);
  if (painter.fontMetrics().height() > place.height() + 4 ||
      painter.fontMetrics().horizontalAdvance(text) > place.width()) {
    return;
  }
  painter.setPen(palette().color(QPalette::Text));
  painter.drawText(place, Qt::AlignCenter, text);
}

void FleetView::draw_disks(QPainter& painter) const {
  const figure::Theme theme = theme_of(*this);
  const Topology& topology = fleet_->topology();
  std::array<QList<QRectF>, disk_inks.size()> cells;
  const QRectF window{rect()};
  for (std::uint32_t disk = 0; disk < topology.disks(); ++disk) {
    const QRectF place = disk_place(disk);
    const QRectF pixels{place.topLeft() * scale_ + origin_, place.size() * scale_};
    if (!pixels.intersects(window)) continue;
    const DiskLook look = look_ ? look_->disks[disk] : DiskLook::whole;
    cells[static_cast<std::size_t>(look)].push_back(pixels);
  }
  for (std::size_t look = 0; look < cells.size(); ++look) {
    const QColor ink = screen_colour(disk_inks[look], theme);
    const auto kind = static_cast<DiskLook>(look);
    // Shapes tell what colours do: a frame is a disk away, a cross one lost, a dot work under way.
    painter.setPen(kind == DiskLook::away ? QPen{ink, 1} : QPen{Qt::NoPen});
    painter.setBrush(kind == DiskLook::away ? QBrush{Qt::NoBrush} : QBrush{ink});
    painter.drawRects(cells[look]);
    if (scale_ * cell < 6) continue;
    for (const QRectF& place : cells[look]) {
      const double arm = place.width() * 0.3;
      const QPointF middle = place.center();
      painter.setPen(QPen{palette().color(QPalette::Base), std::max(1.0, scale_)});
      if (kind == DiskLook::lost) {
        painter.drawLine(middle - QPointF{arm, arm}, middle + QPointF{arm, arm});
        painter.drawLine(middle + QPointF{-arm, arm}, middle + QPointF{arm, -arm});
      } else if (kind == DiskLook::read) {
        painter.drawLine(middle + QPointF{0, arm}, middle - QPointF{0, arm});
      } else if (kind == DiskLook::written) {
        painter.drawLine(middle - QPointF{arm, 0}, middle + QPointF{arm, 0});
      }
    }
  }
}

void FleetView::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter{this};
  painter.fillRect(rect(), palette().base());
  if (!fleet_) return;
  for (const Box& box : boxes_) draw_box(painter, box);
  if (disks_) draw_disks(painter);
  if (chosen_) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{palette().color(QPalette::Highlight), 2.5});
    painter.drawRect(place_of(*chosen_).adjusted(-2, -2, 2, 2));
  }
}

void FleetView::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->position();
  dragged_ = false;
}

void FleetView::mouseMoveEvent(QMouseEvent* event) {
  if (!pressed_ || (event->buttons() & Qt::LeftButton) == 0) return;
  const QPointF by = event->position() - *pressed_;
  if (!dragged_ && by.manhattanLength() < QApplication::startDragDistance()) return;
  dragged_ = true;
  pan(by);
  pressed_ = event->position();
}

void FleetView::mouseReleaseEvent(QMouseEvent* event) {
  const bool click = pressed_ && !dragged_;
  pressed_.reset();
  if (!click) return;
  const auto unit = unit_at(event->position());
  choose(unit);
  if (unit && on_click) on_click(*unit);
}

void FleetView::wheelEvent(QWheelEvent* event) {
  constexpr double notch = 120;
  zoom(std::pow(1.2, event->angleDelta().y() / notch), event->position());
}

void FleetView::keyPressEvent(QKeyEvent* event) {
  if (!fleet_) return;
  const QPointF middle = QRectF{rect()}.center();
  constexpr double step = 1.25;
  const auto kind = chosen_ ? chosen_->kind : UnitKind::disk;
  const std::uint32_t count = std::max(1U, fleet_->topology().count(kind));
  const std::uint32_t now = chosen_ ? chosen_->index : 0;
  const std::uint32_t row = kind == UnitKind::disk ? fleet_->topology().disks_per_machine() : 1U;
  switch (event->key()) {
    case Qt::Key_Right:
      return choose(Unit{kind, chosen_ ? (now + 1) % count : 0});
    case Qt::Key_Left:
      return choose(Unit{kind, (now + count - 1) % count});
    case Qt::Key_Down:
      return choose(Unit{kind, (now + row) % count});
    case Qt::Key_Up:
      return choose(Unit{kind, (now + count - row % count) % count});
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (chosen_ && on_click) on_click(*chosen_);
      return;
    case Qt::Key_Plus:
      return zoom(step, middle);
    case Qt::Key_Minus:
      return zoom(1 / step, middle);
    case Qt::Key_0:
      return fit();
    default:
      QWidget::keyPressEvent(event);
  }
}

void FleetView::resizeEvent(QResizeEvent* /*event*/) {
  if (!fleet_ || !fitted_) return;
  lay_out();
  fit();
}

bool FleetView::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    const auto unit = unit_at(help->pos());
    QToolTip::showText(
        help->globalPos(),
        unit ? QString::fromStdString(fleet_->topology().describe(*unit)) : QString{});
    return true;
  }
  return QWidget::event(event);
}

}  // namespace gui
