#include <QtWidgets/QtWidgets>
#include <map>

#include "gui/editor_rows.h"
#include "gui/panel.h"
#include "models/scenario/text_patch.h"

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

class Editor final : public QWidget {
 public:
  explicit Editor(Session& session) : session_(session) {
    build_form();
    build_raw();
    faults_ = new QListWidget;
    faults_->setObjectName(QStringLiteral("faults"));
    faults_->setMaximumHeight(110);
    faults_->setWordWrap(true);
    auto* across = new QSplitter{Qt::Horizontal};
    across->addWidget(form_box_);
    across->addWidget(raw_);
    across->setStretchFactor(0, 3);
    across->setStretchFactor(1, 2);
    across->setSizes({760, 440});
    auto* layout = new QVBoxLayout{this};
    layout->addWidget(across, 1);
    layout->addWidget(faults_);
    session_.when_text_changes([this] { refresh(); });
    QObject::connect(faults_, &QListWidget::itemActivated, this,
                     [this](QListWidgetItem* item) { go_to(item); });
    QObject::connect(faults_, &QListWidget::itemClicked, this,
                     [this](QListWidgetItem* item) { go_to(item); });
    refresh();
  }

 private:
  void build_form() {
    form_ = new QTreeWidget;
    form_->setObjectName(QStringLiteral("form"));
    form_->setHeaderLabels({say("Field"), say("Value"),
                            say("Allowed"), say("Default"),
                            say("Source of the default")});
    form_->setItemDelegate(new ValueDelegate{form_});
    form_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                           QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    form_->setAlternatingRowColors(true);
    form_->setColumnWidth(key_column, 210);
    form_->setColumnWidth(value_column, 190);
    form_->setColumnWidth(allowed_column, 130);
    QObject::connect(form_, &QTreeWidget::itemChanged, this,
                     [this](QTreeWidgetItem* item, int column) {
                       if (!filling_ && column == value_column) edited(item);
                     });
    only_given_ = new QCheckBox{say("Only what the file has")};
    only_given_->setObjectName(QStringLiteral("only given"));
    QObject::connect(only_given_, &QCheckBox::toggled, this, [this] { fill_form(); });
    auto* duplicate = new QPushButton{say("Duplicate strategy")};
    duplicate->setObjectName(QStringLiteral("duplicate"));
    auto* remove = new QPushButton{say("Remove")};
    remove->setObjectName(QStringLiteral("remove"));
    remove->setToolTip(
        say("Takes the chosen value out of the file; its default holds "
                       "then. Ctrl+Z brings it back."));
    QObject::connect(duplicate, &QPushButton::clicked, this, [this] { duplicate_strategy(); });
    QObject::connect(remove, &QPushButton::clicked, this, [this] { remove_chosen(); });
    form_box_ = new QWidget;
    auto* layout = new QVBoxLayout{form_box_};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(form_);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(only_given_);
    buttons->addStretch();
    buttons->addWidget(duplicate);
    buttons->addWidget(remove);
    layout->addLayout(buttons);
  }

  void build_raw() {
    raw_ = new QPlainTextEdit;
    raw_->setObjectName(QStringLiteral("raw"));
    raw_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    raw_->setLineWrapMode(QPlainTextEdit::NoWrap);
    raw_->setUndoRedoEnabled(false);  // the session's undo holds for form and text alike
    raw_->setAccessibleName(say("Scenario as JSON"));
    QObject::connect(raw_, &QPlainTextEdit::textChanged, this, [this] {
      if (filling_) return;
      session_.text.change(raw_->toPlainText().toStdString());
      session_.text_changed();
    });
  }

  void edited(QTreeWidgetItem* item) {
    const std::string pointer = item->data(key_column, pointer_role).toString().toStdString();
    const auto row = rows_.find(pointer);
    if (row == rows_.end()) return;
    const std::string typed = item->text(value_column).toStdString();
    if (typed == row->second.value) return;
    const std::string& text = session_.text.text();
    session_.text.change(
        typed.empty() && !row->second.required
            ? models::scenario::without(text, pointer)
            : models::scenario::with_value(text, pointer, literal_of(row->second, typed)));
    // The item must outlive its own signal.
    QTimer::singleShot(0, this, [this] { session_.text_changed(); });
  }

  /// The strategy that holds the chosen row; the last one if none does.
  std::string chosen_strategy() const {
    std::string last;
    const std::string chosen = chosen_pointer();
    for (const auto& [pointer, row] : rows_) {
      if (!row.in_list || !pointer.starts_with("/strategies/")) continue;
      if ((chosen + "/").starts_with(pointer + "/")) return pointer;
      last = pointer;
    }
    return last;
  }

  std::string chosen_pointer() const {
    const QTreeWidgetItem* item = form_->currentItem();
    return item == nullptr ? std::string{}
                           : item->data(key_column, pointer_role).toString().toStdString();
  }

  void duplicate_strategy() {
    namespace scenario = models::scenario;
    const std::string pointer = chosen_strategy();
    if (pointer.empty()) return;
    const std::string& text = session_.text.text();
    const scenario::Place place = scenario::places_of(text).at(pointer);
    const std::string copy =
        scenario::with_value(text.substr(place.begin, place.end - place.begin), "/name",
                             scenario::json_literal(rows_.at(pointer).key + " (copy)"));
    session_.text.change(scenario::with_value_after(text, pointer, copy));
    session_.text_changed();
  }

  void remove_chosen() {
    const std::string pointer = chosen_pointer();
    if (pointer.empty()) return;
    session_.text.change(models::scenario::without(session_.text.text(), pointer));
    session_.text_changed();
  }

  void refresh() {
    filling_ = true;
    const QString text = shown(session_.text.text());
    if (raw_->toPlainText() != text) {
      const int at = raw_->verticalScrollBar()->value();
      raw_->setPlainText(text);
      raw_->verticalScrollBar()->setValue(at);
    }
    filling_ = false;
    fill_faults();
    fill_form();
  }

  void fill_faults() {
    faults_->clear();
    faulty_.clear();
    const auto add = [this](const models::scenario::Diagnostic& fault,
                            QStyle::StandardPixmap icon) {
      const QString place =
          fault.line > 0 ? say("line %1, ").arg(fault.line) : QString{};
      auto* item = new QListWidgetItem{
          style()->standardIcon(icon),
          place + shown(fault.pointer) + QStringLiteral(": ") + shown(fault.message), faults_};
      item->setData(Qt::UserRole, fault.line);
    };
    for (const auto& fault : session_.reading().faults) {
      add(fault, QStyle::SP_MessageBoxCritical);
      faulty_[fault.pointer] = fault.message;
    }
    for (const auto& fault : session_.reading().warnings) add(fault, QStyle::SP_MessageBoxWarning);
    if (faults_->count() == 0) {
      new QListWidgetItem{style()->standardIcon(QStyle::SP_DialogApplyButton),
                          say("The scenario is valid."), faults_};
    }
  }

  void fill_form() {
    filling_ = true;
    QSet<QString> open;
    for (QTreeWidgetItemIterator at{form_}; *at != nullptr; ++at) {
      if ((*at)->isExpanded()) open.insert((*at)->data(key_column, pointer_role).toString());
    }
    const bool first = form_->topLevelItemCount() == 0;
    const QString chosen = shown(chosen_pointer());
    const int scrolled = form_->verticalScrollBar()->value();
    form_->clear();
    rows_.clear();
    for (const EditorRow& row : editor_rows(session_.text.text())) {
      add_row(form_->invisibleRootItem(), row);
    }
    for (QTreeWidgetItemIterator at{form_}; *at != nullptr; ++at) {
      const QString pointer = (*at)->data(key_column, pointer_role).toString();
      const bool unfold =
          first && (pointer == QStringLiteral("/strategies") ||
                    pointer == QStringLiteral("/data") || pointer == QStringLiteral("/hardware"));
      if (unfold || open.contains(pointer)) (*at)->setExpanded(true);
      if (pointer == chosen) form_->setCurrentItem(*at);
    }
    form_->verticalScrollBar()->setValue(scrolled);
    filling_ = false;
  }

  void add_row(QTreeWidgetItem* parent, const EditorRow& row) {
    if (only_given_->isChecked() && !row.given) return;
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
    if (!row.given)
      item->setForeground(key_column, palette().brush(QPalette::Disabled, QPalette::Text));
    if (const auto fault = faulty_.find(row.pointer); fault != faulty_.end()) {
      item->setIcon(value_column, style()->standardIcon(QStyle::SP_MessageBoxCritical));
      item->setToolTip(value_column, shown(fault->second));
    }
    for (const EditorRow& child : row.rows) add_row(item, child);
  }

  void go_to(const QListWidgetItem* item) {
    const int line = item->data(Qt::UserRole).toInt();
    if (line <= 0) return;
    raw_->setTextCursor(QTextCursor{raw_->document()->findBlockByNumber(line - 1)});
    raw_->centerCursor();
    raw_->setFocus();
  }

  Session& session_;
  QTreeWidget* form_{};
  QWidget* form_box_{};
  QCheckBox* only_given_{};
  QPlainTextEdit* raw_{};
  QListWidget* faults_{};
  std::map<std::string, EditorRow> rows_;
  std::map<std::string, std::string> faulty_;
  bool filling_{false};
};

}  // namespace

QWidget* make_editor(Session& session, const WindowRequests& /*requests*/) {
  return new Editor{session};
}

}  // namespace gui
