#include <fmt/format.h>

#include <QtWidgets/QtWidgets>
#include <array>
#include <filesystem>

#include "gui/field_tree.h"
#include "gui/figure_view.h"
#include "gui/panel.h"
#include "gui/report_table_view.h"
#include "gui/variable_inputs.h"
#include "gui/worker.h"
#include "models/planning/read_plan.h"
#include "reports/figure/plan_figures.h"
#include "reports/plan_report.h"

namespace gui {
namespace {

namespace figure = reports::figure;
namespace planning = models::planning;
using planning::PlanResults;
using planning::Target;

QString shown(const std::string& text) { return QString::fromStdString(text); }

/// A target that the slider relaxes, and the key of its plain number in the plan.
struct Slack {
  const char* title;
  const char* key;
  double weakest;  ///< share of what is stated, at the slider's end
};
constexpr std::array slacks{Slack{"nines of durability", "durability_nines", 0.4},
                            Slack{"rack units", "rack_units", 3},
                            Slack{"kilowatts", "kilowatts", 3}};

struct Tab {
  const char* title;
  figure::Drawing (*make)(const PlanResults&, figure::Size);
};
constexpr std::array tabs{Tab{"Front", figure::front_figure},
                          Tab{"Capacity", figure::capacity_figure},
                          Tab{"Payments", figure::cash_figure}};

struct Answer {
  std::shared_ptr<const PlanResults> results;
  std::string fault;
};

class Planner final : public QWidget {
 public:
  explicit Planner() {
    auto* split = new QSplitter{Qt::Horizontal};
    split->addWidget(make_form());
    split->addWidget(make_answers());
    split->setSizes({470, 780});
    split->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout{this};
    layout->addLayout(make_bar());
    layout->addWidget(split, 1);
    for (const std::string& file : shipped_plans()) {
      files_->addItem(QFileInfo{shown(file)}.completeBaseName().replace(u'_', u' '), shown(file));
    }
    const int usual = files_->findText(QStringLiteral("community hospital"));
    files_->setCurrentIndex(std::max(0, usual));
    open(files_->currentData().toString().toStdString());
  }

  enum class Depth { screened, played };

  void plan(Depth depth) {
    if (worker_.running() || !readable_) return;
    planning::PlanOptions options;
    if (depth == Depth::screened) options.most_confirmed = 0;
    worker_.start<Answer>(
        [this, text = text_, file = file_, set = overrides(),
         options](const std::stop_token& stop) {
          const auto plan = planning::read_plan_text(text, file, set);
          if (!plan) return Answer{{}, to_string(plan.diagnostics().front())};
          const auto tell = [this](const std::string& stage) {
            worker_.in_windows([this, stage] { state_->setText(shown(stage)); });
          };
          return Answer{std::make_shared<const PlanResults>(
                            planning::run_plan(plan.value(), options, tell, stop)),
                        {}};
        },
        [this](const Answer& answer) { take(answer); },
        [this](const std::string& reason) {
          state_->setText(shown(reason));
          enable();
        });
    state_->setText(say("Planning ..."));
    enable();
  }

 private:
  static std::vector<std::string> shipped_plans() {
    namespace fs = std::filesystem;
    std::vector<std::string> files;
    const auto scenarios = shipped_scenarios();
    if (scenarios.empty()) return files;
    std::error_code error;
    const fs::path folder = fs::path{scenarios.front()}.parent_path() / "plans";
    for (fs::directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error)) {
      if (entry->path().extension() == ".json") files.push_back(entry->path().string());
    }
    std::ranges::sort(files);
    return files;
  }

  QPushButton* button(const char* name, const QString& text, std::function<void()> action) {
    auto* made = new QPushButton{text};
    made->setObjectName(QString::fromLatin1(name));
    QObject::connect(made, &QPushButton::clicked, this, [action = std::move(action)] { action(); });
    return made;
  }

  QLayout* make_bar() {
    files_ = new QComboBox;
    files_->setObjectName(QStringLiteral("plans"));
    QObject::connect(files_, &QComboBox::activated, this,
                     [this] { open(files_->currentData().toString().toStdString()); });
    plan_ = button("plan", say("&Plan it"), [this] { plan(Depth::played); });
    screen_ = button("screen", say("Screen onl&y"), [this] { plan(Depth::screened); });
    screen_->setToolTip(
        say("Arithmetic and chains alone: seconds. Plan it simulates the cheapest "
            "designs as well, until each target is decided."));
    stop_ = button("stop plan", say("&Stop"), [this] { worker_.cancel(); });
    stop_->setEnabled(false);
    progress_ = new QProgressBar;
    progress_->setRange(0, 0);
    progress_->setMaximumWidth(90);
    progress_->hide();
    state_ = new QLabel;
    state_->setObjectName(QStringLiteral("plan state"));
    auto* bar = new QHBoxLayout;
    bar->addWidget(files_);
    bar->addWidget(button("open plan", say("&Open ..."), [this] { ask_and_open(); }));
    bar->addWidget(button("save plan", say("Save &as ..."), [this] { ask_and_save(); }));
    bar->addWidget(plan_);
    bar->addWidget(screen_);
    bar->addWidget(stop_);
    bar->addWidget(progress_);
    bar->addWidget(state_, 1);
    bar->addWidget(button("plan report", say("&Report ..."), [this] { ask_for_report(); }));
    bar->addWidget(button("copy plan", say("Copy as &command line"), [this] { copy_command(); }));
    return bar;
  }

  QWidget* make_form() {
    form_ = new FieldTree;
    form_->setObjectName(QStringLiteral("plan form"));
    form_->unfolded = {QStringLiteral("/demand"), QStringLiteral("/targets")};
    form_->on_edit = [this](const EditorRow& row, const std::string& typed) {
      text_ = text_after_edit(text_, row, typed);
      modified_ = true;
      read();
    };
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout{box};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(form_, 1);
    auto* row = new QHBoxLayout;
    slack_ = new QComboBox;
    for (const Slack& slack : slacks) slack_->addItem(say(slack.title));
    slider_ = new QSlider{Qt::Horizontal};
    slider_->setObjectName(QStringLiteral("relax"));
    slider_->setRange(0, 100);
    slider_->setAccessibleName(say("How far the target is relaxed"));
    slack_text_ = new QLabel;
    slack_text_->setMinimumWidth(90);
    QObject::connect(slack_, &QComboBox::activated, this, [this] {
      slider_->setValue(0);
      show_slack();
    });
    QObject::connect(slider_, &QSlider::valueChanged, this, [this] {
      show_slack();
      pause_.start();
    });
    constexpr int settle_ms = 400;
    pause_.setSingleShot(true);
    pause_.setInterval(settle_ms);
    pause_.callOnTimeout([this] { plan(Depth::screened); });
    row->addWidget(new QLabel{say("Relax")});
    row->addWidget(slack_);
    row->addWidget(slider_, 1);
    row->addWidget(slack_text_);
    layout->addLayout(row);
    return box;
  }

  QWidget* make_answers() {
    verdict_ = new QLabel;
    verdict_->setObjectName(QStringLiteral("plan verdict"));
    verdict_->setWordWrap(true);
    verdict_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    figures_ = new QTabWidget;
    figures_->setObjectName(QStringLiteral("figures"));
    for (const Tab& tab : tabs) figures_->addTab(new FigureView, say(tab.title));
    tables_ = new QComboBox;
    tables_->setObjectName(QStringLiteral("plan tables"));
    QObject::connect(tables_, &QComboBox::currentIndexChanged, this, [this] { show_table(); });
    table_ = new ReportTableView;
    table_->setObjectName(QStringLiteral("plan table"));
    QObject::connect(table_, &QTableWidget::cellClicked, this, [this](int row) { choose(row); });
    QObject::connect(table_, &QTableWidget::cellActivated, this, [this](int row) { choose(row); });
    auto* below = new QWidget;
    auto* layout = new QVBoxLayout{below};
    layout->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(tables_);
    hint_ = new QLabel{say("A click on a design of the front shows it above.")};
    row->addWidget(hint_);
    row->addStretch();
    layout->addLayout(row);
    layout->addWidget(table_, 1);
    auto* split = new QSplitter{Qt::Vertical};
    split->addWidget(figures_);
    split->addWidget(below);
    split->setSizes({330, 260});
    auto* box = new QWidget;
    auto* all = new QVBoxLayout{box};
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(verdict_);
    all->addWidget(split, 1);
    return box;
  }

  void open(const std::string& file) {
    QFile in{shown(file)};
    if (!in.open(QIODevice::ReadOnly)) {
      state_->setText(in.errorString());
      return;
    }
    text_ = in.readAll().toStdString();
    file_ = file;
    modified_ = false;
    results_.reset();
    slider_->setValue(0);
    pause_.stop();
    read();
    show_results();
  }

  void ask_and_open() {
    const QString file =
        QFileDialog::getOpenFileName(this, say("Open plan"), {}, say("Plan (*.json)"));
    if (file.isEmpty()) return;
    files_->addItem(QFileInfo{file}.completeBaseName(), file);
    files_->setCurrentIndex(files_->count() - 1);
    open(file.toStdString());
  }

  void ask_and_save() {
    const QString name =
        QFileDialog::getSaveFileName(this, say("Save plan"), shown(file_), say("Plan (*.json)"));
    if (name.isEmpty() || !write(name, text_)) return;
    file_ = name.toStdString();
    modified_ = false;
  }

  bool write(const QString& name, const std::string& text) {
    QSaveFile file{name};
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.write(text.data(), static_cast<qint64>(text.size())) >= 0 &&
                         file.commit();
    if (!written) QMessageBox::warning(this, say("Save"), file.errorString());
    return written;
  }

  /// Reads the text, shows its faults in the form and what may be done.
  void read() {
    const auto checked = planning::read_plan_text(text_, file_, {});
    std::map<std::string, std::string> faults;
    if (!checked) {
      for (const auto& fault : checked.diagnostics()) faults[fault.pointer] = fault.message;
      state_->setText(shown(to_string(checked.diagnostics().front())));
    } else {
      targets_ = checked.value().targets;
      state_->clear();
    }
    readable_ = static_cast<bool>(checked);
    form_->fill(editor_rows(text_, "plan"), faults);
    show_slack();
    enable();
  }

  void enable() {
    const bool ready = readable_ && !worker_.running();
    plan_->setEnabled(ready);
    screen_->setEnabled(ready);
    stop_->setEnabled(worker_.running());
    progress_->setVisible(worker_.running());
  }

  std::optional<double> stated() const {
    const std::array values{targets_.durability_nines, targets_.rack_units, targets_.kilowatts};
    return values[static_cast<std::size_t>(slack_->currentIndex())];
  }

  /// The target as the slider has it.
  std::optional<double> relaxed() const {
    const auto value = stated();
    if (!value || slider_->value() == 0) return std::nullopt;
    const Slack& slack = slacks[static_cast<std::size_t>(slack_->currentIndex())];
    return *value * (1 + (slack.weakest - 1) * slider_->value() / slider_->maximum());
  }

  void show_slack() {
    const auto value = stated();
    slider_->setEnabled(value.has_value());
    slack_text_->setText(value ? QString::number(relaxed().value_or(*value), 'g', 4)
                               : say("no such target"));
  }

  std::vector<std::string> overrides() const {
    const auto value = relaxed();
    if (!value) return {};
    const Slack& slack = slacks[static_cast<std::size_t>(slack_->currentIndex())];
    return {fmt::format("targets.{}={:.4g}", slack.key, *value)};
  }

  void take(const Answer& answer) {
    enable();
    if (!answer.fault.empty()) {
      state_->setText(shown(answer.fault));  // the last results stay
      return;
    }
    results_ = answer.results;
    state_->setText(results_->interrupted ? say("Stopped early: what is known so far.")
                                          : QString{});
    show_results();
  }

  void show_results() {
    verdict_->setText(results_ ? word(reports::plan_verdict(*results_))
                               : say("Plan it to see which design meets the targets at the least "
                                     "cost, year by year."));
    const auto results = results_ ? results_ : std::make_shared<const PlanResults>();
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      static_cast<FigureView*>(figures_->widget(static_cast<int>(i)))
          ->show_figure([results, i](figure::Size size) { return tabs[i].make(*results, size); });
    }
    const QString before = tables_->currentText();
    report_ = results_ ? reports::plan_tables(*results_) : std::vector<reports::ReportTable>{};
    tables_->clear();
    for (const auto& table : report_) tables_->addItem(word(table.title));
    tables_->setCurrentIndex(std::max(0, tables_->findText(before)));
    tables_->setVisible(!report_.empty());
    hint_->setVisible(!report_.empty());
    table_->setVisible(!report_.empty());
    show_table();
  }

  void show_table() {
    const auto number = static_cast<std::size_t>(std::max(0, tables_->currentIndex()));
    if (number < report_.size()) table_->show_table(report_[number]);
  }

  /// A design of the front, with its sizes and payments.
  void choose(int row) {
    const auto number = static_cast<std::size_t>(std::max(0, tables_->currentIndex()));
    if (!results_ || number >= report_.size() || report_[number].id != "front") return;
    const auto place = static_cast<std::size_t>(row);
    if (place >= results_->search.front.size()) return;
    auto other = std::make_shared<PlanResults>(*results_);
    planning::show_candidate(*other, results_->search.front[place]);
    results_ = std::move(other);
    show_results();
    state_->setText(say("Shown: %1").arg(shown(results_->shown_name)));
  }

  void ask_for_report() {
    if (!results_) {
      state_->setText(say("Plan it first."));
      return;
    }
    const QString name = QFileDialog::getSaveFileName(
        this, say("Save report"), QStringLiteral("plan.html"), say("HTML (*.html)"));
    if (!name.isEmpty()) write(name, reports::plan_html(*results_, report_language()));
  }

  void copy_command() {
    if (modified_) {
      state_->setText(say("Save the plan first: the command reads the file."));
      return;
    }
    std::string command = "holdfast plan " + shell_word(file_) + " --seed 1";
    for (const std::string& set : overrides()) command += " --set " + shell_word(set);
    QGuiApplication::clipboard()->setText(shown(command));
    state_->setText(say("Copied: %1").arg(shown(command)));
  }

  QComboBox* files_{};
  FieldTree* form_{};
  QPushButton* plan_{};
  QPushButton* screen_{};
  QPushButton* stop_{};
  QProgressBar* progress_{};
  QLabel* state_{};
  QComboBox* slack_{};
  QSlider* slider_{};
  QLabel* slack_text_{};
  QLabel* verdict_{};
  QLabel* hint_{};
  QTabWidget* figures_{};
  QComboBox* tables_{};
  ReportTableView* table_{};
  QTimer pause_;
  std::string text_;
  std::string file_;
  bool modified_{false};
  bool readable_{false};
  planning::Targets targets_;
  std::shared_ptr<const PlanResults> results_;
  std::vector<reports::ReportTable> report_;
  Worker worker_{this};
};

}  // namespace

QWidget* make_planner(Session& /*session*/, const WindowRequests& /*requests*/) {
  return new Planner;
}

void show_off_planner(QWidget& panel) {
  static_cast<Planner&>(panel).plan(Planner::Depth::screened);
}

}  // namespace gui
