#pragma once

#include <QtWidgets/QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "models/fleet/playback.h"

namespace gui {

/// The hardware as it stands in the room: sites, racks with their switch, machines as rows, disks
/// as cells; coloured by state and marked where colour alone would tell. Dragged and zoomed with
/// the mouse or the keys.
class FleetView final : public QWidget {
 public:
  using Unit = models::topology::Unit;
  using Look = models::fleet::FleetLook;

  explicit FleetView(QWidget* parent = nullptr);
  /// @param disks  false: racks alone are drawn
  void show_fleet(std::shared_ptr<const models::fleet::Fleet> fleet, bool disks);
  void show_look(std::shared_ptr<const Look> look);
  std::optional<Unit> chosen() const { return chosen_; }
  void choose(std::optional<Unit> unit);
  /// Told when a unit is clicked or entered with the keys.
  std::function<void(Unit)> on_click;
  std::function<void()> on_choice;
  QSize minimumSizeHint() const override { return {400, 300}; }
  /// Shows all of it.
  void fit();
  /// Where a unit stands, in the pixels of the widget.
  QRectF place_of(Unit unit) const;
  void pan(QPointF by);

 private:
  struct Box {
    Unit unit;
    QRectF place;
  };
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

  void choose_columns();
  void lay_out();
  QRectF rack_place(std::uint32_t rack) const;
  QRectF machine_place(std::uint32_t machine) const;
  QRectF disk_place(std::uint32_t disk) const;
  std::optional<Unit> unit_at(QPointF pixel) const;
  void zoom(double factor, QPointF around);
  void draw_disks(QPainter& painter) const;
  void draw_box(QPainter& painter, const Box& box) const;
  bool is_down(Unit unit) const;

  std::shared_ptr<const models::fleet::Fleet> fleet_;
  std::shared_ptr<const Look> look_;
  bool disks_{true};
  std::uint32_t columns_{1};  ///< racks of a site beside one another
  std::vector<Box> boxes_;    ///< all but machines and disks, outermost first
  QRectF whole_;
  double scale_{1};
  QPointF origin_;
  bool fitted_{true};
  std::optional<Unit> chosen_;
  std::optional<QPointF> pressed_;
  bool dragged_{};
};

}  // namespace gui
