#pragma once

#include <QtWidgets/QAbstractButton>

namespace gui {

/// A shard as a tile: its number, what it holds, its first bytes, and how it is.
class ShardButton final : public QAbstractButton {
 public:
  enum class State { whole, destroyed, read };
  explicit ShardButton(QWidget* parent = nullptr);
  void show_shard(int slot, const QString& role, const QByteArray& bytes, State state);
  QSize sizeHint() const override { return {132, 84}; }
  QSize minimumSizeHint() const override { return sizeHint(); }

 private:
  void paintEvent(QPaintEvent* event) override;
  QString role_;
  QByteArray bytes_;
  int slot_{};
  State state_{};
};

}  // namespace gui
