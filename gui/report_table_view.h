#pragma once

#include <QtWidgets/QTableWidget>

#include "reports/report_table.h"

namespace gui {

/// A table of a report in the language of the windows; its context menu saves it as CSV.
class ReportTableView final : public QTableWidget {
 public:
  explicit ReportTableView(QWidget* parent = nullptr);
  void show_table(const reports::ReportTable& table);
  bool save(const QString& file) const;

 private:
  void contextMenuEvent(QContextMenuEvent* event) override;
  reports::ReportTable table_;
};

/// The words of the language of the windows.
QString word(const reports::Words& words);

}  // namespace gui
