#include "gui/report_table_view.h"

#include <QtWidgets/QtWidgets>

#include "gui/words.h"

namespace gui {

QString word(const reports::Words& words) {
  const bool chinese = !words.zh.empty() && speaks_chinese();
  return QString::fromStdString(chinese ? words.zh : words.en);
}

ReportTableView::ReportTableView(QWidget* parent) : QTableWidget(parent) {
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setAlternatingRowColors(true);
  verticalHeader()->hide();
}

void ReportTableView::show_table(const reports::ReportTable& table) {
  table_ = table;
  clear();
  setColumnCount(static_cast<int>(table.columns.size()));
  setRowCount(static_cast<int>(table.rows.size()));
  QStringList heads;
  for (const auto& column : table.columns) {
    const QString unit = QString::fromStdString(column.unit);
    heads << word(column.title) + (unit.isEmpty() ? QString{} : u'\n' + unit);
  }
  setHorizontalHeaderLabels(heads);
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
      const auto& cell = table.rows[r][c];
      auto* item = new QTableWidgetItem{word(cell.text)};
      if (cell.value) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      item->setToolTip(item->text());
      setItem(static_cast<int>(r), static_cast<int>(c), item);
    }
  }
  setToolTip(word(table.note));
  resizeColumnsToContents();
  constexpr int widest = 420;
  for (int c = 0; c < columnCount(); ++c) setColumnWidth(c, std::min(columnWidth(c), widest));
  resizeRowsToContents();
}

bool ReportTableView::save(const QString& file) const {
  QSaveFile out{file};
  const std::string text = reports::tables_csv({table_});
  return out.open(QIODevice::WriteOnly) &&
         out.write(text.data(), static_cast<qint64>(text.size())) >= 0 && out.commit();
}

void ReportTableView::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu;
  menu.addAction(say("Save table as CSV ..."), this, [this] {
    const QString file = QFileDialog::getSaveFileName(
        this, say("Save table"), QString::fromStdString(table_.id) + QStringLiteral(".csv"),
        say("CSV (*.csv)"));
    if (!file.isEmpty() && !save(file)) {
      QMessageBox::warning(this, say("Save table"), say("The file could not be written."));
    }
  });
  menu.exec(event->globalPos());
}

}  // namespace gui
