#include <QtWidgets/QtWidgets>
#include <map>

#include "gui/editor_rows.h"
#include "gui/field_tree.h"
#include "gui/panel.h"
#include "models/input/text_patch.h"

namespace gui {
namespace {

QString shown(const std::string& text) { return QString::fromStdString(text); }

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
    form_ = new FieldTree;
    form_->setObjectName(QStringLiteral("form"));
    form_->unfolded = {QStringLiteral("/strategies"), QStringLiteral("/data"),
                       QStringLiteral("/hardware")};
    form_->on_edit = [this](const EditorRow& row, const std::string& typed) {
      session_.text.change(text_after_edit(session_.text.text(), row, typed));
      session_.text_changed();
    };
    only_given_ = new QCheckBox{say("Only what the file has")};
    only_given_->setObjectName(QStringLiteral("only given"));
    QObject::connect(only_given_, &QCheckBox::toggled, this, [this](bool only) {
      form_->only_given = only;
      fill_form();
    });
    auto* duplicate = new QPushButton{say("Duplicate strategy")};
    duplicate->setObjectName(QStringLiteral("duplicate"));
    auto* add = new QPushButton{say("Add strategy")};
    add->setObjectName(QStringLiteral("add"));
    QObject::connect(add, &QPushButton::clicked, this, [this] { add_strategy(); });
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
    buttons->addWidget(add);
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

  /// The strategy that holds the chosen row; the last one if none does.
  std::string chosen_strategy() const {
    std::string last;
    const std::string chosen = form_->chosen_pointer();
    for (const auto& [pointer, row] : form_->rows()) {
      constexpr std::string_view list = "/strategies/";
      if (!row.in_list || !pointer.starts_with(list)) continue;
      if (pointer.find('/', list.size()) != std::string::npos) continue;  // a list within one
      if ((chosen + "/").starts_with(pointer + "/")) return pointer;
      last = pointer;
    }
    return last;
  }

  /// Like the last one, with three replicas: what a reader knows without a book.
  void add_strategy() {
    namespace scenario = models::scenario;
    const std::string& text = session_.text.text();
    const scenario::Places places = scenario::places_of(text);
    std::size_t count = 0;
    while (places.contains("/strategies/" + std::to_string(count))) ++count;
    const std::string name = scenario::json_literal("strategy " + std::to_string(count + 1));
    const std::string code = R"({"kind": "replication", "copies": 3})";
    if (count == 0) {
      const std::string first = "[{\"name\": " + name + ", \"code\": " + code + "}]";
      session_.text.change(scenario::with_value(text, "/strategies", first));
    } else {
      const std::string last = "/strategies/" + std::to_string(count - 1);
      const scenario::Place place = places.at(last);
      std::string fresh = text.substr(place.begin, place.end - place.begin);
      fresh = scenario::with_value(fresh, "/name", name);
      fresh = scenario::with_value(fresh, "/code", code);
      session_.text.change(scenario::with_value_after(text, last, fresh));
    }
    session_.text_changed();
  }

  void duplicate_strategy() {
    namespace scenario = models::scenario;
    const std::string pointer = chosen_strategy();
    if (pointer.empty()) return;
    const std::string& text = session_.text.text();
    const scenario::Place place = scenario::places_of(text).at(pointer);
    const std::string copy =
        scenario::with_value(text.substr(place.begin, place.end - place.begin), "/name",
                             scenario::json_literal(form_->rows().at(pointer).key + " (copy)"));
    session_.text.change(scenario::with_value_after(text, pointer, copy));
    session_.text_changed();
  }

  void remove_chosen() {
    const std::string pointer = form_->chosen_pointer();
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
      const QString place = fault.line > 0 ? say("line %1, ").arg(fault.line) : QString{};
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

  void fill_form() { form_->fill(editor_rows(session_.text.text()), faulty_); }

  void go_to(const QListWidgetItem* item) {
    const int line = item->data(Qt::UserRole).toInt();
    if (line <= 0) return;
    raw_->setTextCursor(QTextCursor{raw_->document()->findBlockByNumber(line - 1)});
    raw_->centerCursor();
    raw_->setFocus();
  }

  Session& session_;
  FieldTree* form_{};
  QWidget* form_box_{};
  QCheckBox* only_given_{};
  QPlainTextEdit* raw_{};
  QListWidget* faults_{};
  std::map<std::string, std::string> faulty_;
  bool filling_{false};
};

}  // namespace

QWidget* make_editor(Session& session, const WindowRequests& /*requests*/) {
  return new Editor{session};
}

}  // namespace gui
