#include "gui/field_tree.h"

#include <QtWidgets/QtWidgets>

#include "gui/words.h"
#include "models/input/text_patch.h"

namespace gui {
namespace {

enum Column { key_column, value_column, allowed_column, default_column, source_column };
constexpr int pointer_role = Qt::UserRole;
constexpr int choices_role = Qt::UserRole + 1;

QString shown(const std::string& text) { return QString::fromStdString(text); }

/// A choice is chosen, anything else is typed.
class ValueDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const override {
    if (index.column() != value_column) return nullptr;
    const QStringList choices = index.data(choices_role).toStringList();
    if (choices.isEmpty()) return QStyledItemDelegate::createEditor(parent, option, index);
    auto* box = new QComboBox{parent};
    box->addItems(choices);
    return box;
  }
  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
      box->setCurrentText(index.data(Qt::EditRole).toString());
    } else {
      QStyledItemDelegate::setEditorData(editor, index);
    }
  }
  void setModelData(QWidget* editor, QAbstractItemModel* model,
                    const QModelIndex& index) const override {
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
      model->setData(index, box->currentText());
    } else {
      QStyledItemDelegate::setModelData(editor, model, index);
    }
  }
};

}  // namespace

FieldTree::FieldTree(QWidget* parent) : QTreeWidget(parent) {
  setHeaderLabels(
      {say("Field"), say("Value"), say("Allowed"), say("Default"), say("Source of the default")});
  setItemDelegate(new ValueDelegate{this});
  setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                  QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
  setAlternatingRowColors(true);
  setColumnWidth(key_column, 210);
  setColumnWidth(value_column, 190);
  setColumnWidth(allowed_column, 130);
  QObject::connect(this, &QTreeWidget::itemChanged, this,
                   [this](QTreeWidgetItem* item, int column) {
                     if (!filling_ && column == value_column) edited(item);
                   });
}

std::string FieldTree::chosen_pointer() const {
  const QTreeWidgetItem* item = currentItem();
  return item == nullptr ? std::string{}
                         : item->data(key_column, pointer_role).toString().toStdString();
}

void FieldTree::edited(QTreeWidgetItem* item) {
  const auto row = rows_.find(item->data(key_column, pointer_role).toString().toStdString());
  if (row == rows_.end()) return;
  const std::string typed = item->text(value_column).toStdString();
  if (typed == row->second.value || !on_edit) return;
  // The item must outlive its own signal.
  QTimer::singleShot(0, this, [this, changed = row->second, typed] { on_edit(changed, typed); });
}

void FieldTree::fill(const std::vector<EditorRow>& rows,
                     const std::map<std::string, std::string>& faults) {
  filling_ = true;
  QSet<QString> open;
  for (QTreeWidgetItemIterator at{this}; *at != nullptr; ++at) {
    if ((*at)->isExpanded()) open.insert((*at)->data(key_column, pointer_role).toString());
  }
  if (topLevelItemCount() == 0) open = {unfolded.begin(), unfolded.end()};
  const QString chosen = shown(chosen_pointer());
  const int scrolled = verticalScrollBar()->value();
  clear();
  rows_.clear();
  for (const EditorRow& row : rows) add(invisibleRootItem(), row, faults);
  for (QTreeWidgetItemIterator at{this}; *at != nullptr; ++at) {
    const QString pointer = (*at)->data(key_column, pointer_role).toString();
    if (open.contains(pointer)) (*at)->setExpanded(true);
    if (pointer == chosen) setCurrentItem(*at);
  }
  verticalScrollBar()->setValue(scrolled);
  filling_ = false;
}

void FieldTree::add(QTreeWidgetItem* parent, const EditorRow& row,
                    const std::map<std::string, std::string>& faults) {
  if (only_given && !row.given) return;
  rows_[row.pointer] = row;
  auto* item = new QTreeWidgetItem{parent};
  item->setData(key_column, pointer_role, shown(row.pointer));
  item->setText(key_column, shown(row.key));
  item->setText(value_column, shown(row.value));
  item->setText(allowed_column, shown(row.allowed));
  item->setText(default_column, shown(row.fallback));
  item->setText(source_column, shown(row.source));
  QStringList choices;
  for (const std::string& choice : row.choices) choices << shown(choice);
  item->setData(value_column, choices_role, choices);
  for (int column = 0; column <= source_column; ++column) {
    item->setToolTip(column, shown(row.meaning + (row.source.empty() ? "" : "\n" + row.source)));
  }
  if (row.editable) item->setFlags(item->flags() | Qt::ItemIsEditable);
  if (!row.given) {
    item->setForeground(key_column, palette().brush(QPalette::Disabled, QPalette::Text));
  }
  if (const auto fault = faults.find(row.pointer); fault != faults.end()) {
    item->setIcon(value_column, style()->standardIcon(QStyle::SP_MessageBoxCritical));
    item->setToolTip(value_column, shown(fault->second));
  }
  for (const EditorRow& child : row.rows) add(item, child, faults);
}

std::string text_after_edit(const std::string& text, const EditorRow& row,
                            const std::string& typed) {
  return typed.empty() && !row.required
             ? models::scenario::without(text, row.pointer)
             : models::scenario::with_value(text, row.pointer, literal_of(row, typed));
}

}  // namespace gui
