#include <fmt/format.h>

#include <QtWidgets/QtWidgets>
#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "gui/figure_view.h"
#include "gui/panel.h"
#include "models/scenario/metrics.h"
#include "reports/difference_table.h"
#include "reports/result_csv.h"
#include "reports/result_html.h"
#include "reports/words/metric_form.h"
#include "reports/words/number_text.h"

namespace gui {
namespace {

namespace figure = reports::figure;
using models::fleet::Metric;
using models::fleet::Results;
using models::fleet::StrategyResult;

QString shown(const std::string& text) { return QString::fromStdString(text); }

struct Tab {
  const char* title;
  figure::Drawing (*make)(const Results&, figure::Size);
};

constexpr std::array tabs{
    Tab{"Nines", [](const Results& r,
                    figure::Size s) { return figure::interval_figure(r, "durability_nines", s); }},
    Tab{"Out of reach",
        [](const Results& r, figure::Size s) {
          return figure::interval_figure(r, "data_unavailability", s);
        }},
    Tab{"Cost", figure::cost_figure}, Tab{"Causes", figure::cause_figure},
    Tab{"Rebuild", figure::rebuild_figure}};

/// Text of a figure as tables have it: the value, then how certain it is.
QString cell_text(const Metric& metric) {
  const auto text = reports::estimate_text(metric.estimate, reports::form_of(metric.id));
  return shown(text.certainty.empty() ? text.figure : text.figure + "\n" + text.certainty);
}

class Compare final : public QWidget {
 public:
  explicit Compare(Session& session) : session_(session) {
    auto* layout = new QVBoxLayout{this};
    layout->addLayout(make_bar());
    auto* told = new QHBoxLayout;
    told->addWidget(progress_);
    told->addWidget(state_, 1);
    layout->addLayout(told);
    auto* split = new QSplitter{Qt::Vertical};
    split->addWidget(make_table());
    split->addWidget(make_figures());
    split->setSizes({330, 330});
    layout->addWidget(split, 1);
    session_.when_text_changes([this] { show_state(); });
    session_.when_results_change([this] { refresh(); });
    session_.when_run_moves([this] { show_state(); });
    refresh();
  }

 private:
  QPushButton* button(const char* name, const QString& text, std::function<void()> action) {
    auto* made = new QPushButton{text};
    made->setObjectName(QString::fromLatin1(name));
    QObject::connect(made, &QPushButton::clicked, this, [action = std::move(action)] { action(); });
    return made;
  }

  QHBoxLayout* make_bar() {
    auto* bar = new QHBoxLayout;
    run_ = button("run", say("&Run"), [this] { run(); });
    pause_ = button("pause", say("&Pause"), [this] {
      session_.runner().paused() ? session_.runner().resume() : session_.runner().pause();
      show_state();
    });
    cancel_ = button("cancel", say("&Stop, keep what is known"), [this] {
      session_.runner().cancel();
      show_state();
    });
    cancel_->setToolTip(say("The figures of the missions played so far stay."));
    seed_ = new QSpinBox;
    seed_->setObjectName(QStringLiteral("seed"));
    seed_->setMaximum(std::numeric_limits<int>::max());
    seed_->setValue(1);
    missions_ = new QSpinBox;
    missions_->setObjectName(QStringLiteral("missions"));
    missions_->setRange(0, 1 << 24);
    missions_->setSpecialValueText(say("automatic"));
    missions_->setToolTip(
        say("Automatic: missions, then rare losses until they can be "
            "published, as the command line does."));
    missions_->setGroupSeparatorShown(true);
    state_ = new QLabel;
    state_->setObjectName(QStringLiteral("state"));
    progress_ = new QProgressBar;
    progress_->setMaximumWidth(180);
    for (QWidget* widget : std::initializer_list<QWidget*>{run_, pause_, cancel_}) {
      bar->addWidget(widget);
    }
    bar->addWidget(new QLabel{say("Missions")});
    bar->addWidget(missions_);
    bar->addWidget(new QLabel{say("Seed")});
    bar->addWidget(seed_);
    baseline_ = new QComboBox;
    baseline_->setObjectName(QStringLiteral("baseline"));
    baseline_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    baseline_->setMaximumWidth(220);
    baseline_->setToolTip(say("The strategy that the others are held against."));
    QObject::connect(baseline_, &QComboBox::activated, this, [this] { refresh(); });
    bar->addWidget(new QLabel{say("Baseline")});
    bar->addWidget(baseline_);
    bar->addStretch();
    bar->addWidget(button("copy", say("Copy as &command line"), [this] { copy_command(); }));
    bar->addWidget(button("report", say("Re&port ..."), [this] { ask_for_report(); }));
    bar->addWidget(button("csv", say("Save &table ..."), [this] { ask_for_csv(); }));
    return bar;
  }

  QTableWidget* make_table() {
    table_ = new QTableWidget;
    table_->setObjectName(QStringLiteral("table"));
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setAlternatingRowColors(true);
    table_->setWordWrap(true);
    return table_;
  }

  QTabWidget* make_figures() {
    figures_ = new QTabWidget;
    figures_->setObjectName(QStringLiteral("figures"));
    for (const Tab& tab : tabs) figures_->addTab(new FigureView, say(tab.title));
    figures_->addTab(new FigureView, say("Convergence"));
    claims_ = new QTreeWidget;
    claims_->setObjectName(QStringLiteral("claims"));
    claims_->setHeaderLabels({say("Verdict"), say("Claim"), say("Strategy"), say("Why")});
    claims_->setRootIsDecorated(false);
    claims_->setAlternatingRowColors(true);
    figures_->addTab(claims_, say("Claims"));
    return figures_;
  }

  FigureView* view(std::size_t number) {
    return static_cast<FigureView*>(figures_->widget(static_cast<int>(number)));
  }

  void run() {
    if (session_.runner().running() || !session_.reading().scenario) return;
    session_.run(options());
  }

  models::fleet::RunOptions options() const {
    models::fleet::RunOptions options;
    options.seed = static_cast<std::uint64_t>(seed_->value());
    if (missions_->value() > 0) {
      options.replicates = {0, static_cast<std::uint64_t>(missions_->value())};
    }
    return options;
  }

  /// What is on the screen: the run, or the textbook as long as there is none of this text.
  std::shared_ptr<const Results> current() const {
    if (session_.results() && !session_.results_are_stale()) return session_.results();
    return session_.textbook() ? session_.textbook() : session_.results();
  }

  std::string command_line() const {
    const auto results = current();
    const std::string again = results ? results->again : "";
    std::string quoted = "'";
    for (const char c : session_.text.file()) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    return fmt::format("holdfast compare {}' --seed {}{}", quoted, results ? results->seed : 1,
                       again);
  }

  void copy_command() {
    if (session_.text.modified()) {
      state_->setText(say("Save the scenario first: the command reads the file."));
      return;
    }
    QGuiApplication::clipboard()->setText(shown(command_line()));
    state_->setText(say("Copied: %1").arg(shown(command_line())));
  }

  void ask_for_csv() {
    const auto results = current();
    if (!results) return;
    const QString name = QFileDialog::getSaveFileName(
        this, say("Save table"), QStringLiteral("holdfast.csv"), say("CSV (*.csv)"));
    if (name.isEmpty()) return;
    write(name, reports::result_csv(*results));
  }

  void ask_for_report() {
    const auto results = current();
    if (!results || !session_.reading().scenario) return;
    const QString name = QFileDialog::getSaveFileName(
        this, say("Save report"), QStringLiteral("holdfast.html"), say("HTML (*.html)"));
    if (name.isEmpty()) return;
    write(name, reports::result_html(*results, *session_.reading().scenario, report_language()));
  }

  void write(const QString& name, const std::string& text) {
    QSaveFile file{name};
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(text.data(), static_cast<qint64>(text.size())) < 0 || !file.commit()) {
      QMessageBox::warning(this, say("Save"), file.errorString());
    }
  }

  void show_state() {
    const Runner& runner = session_.runner();
    run_->setEnabled(!runner.running() && session_.reading().scenario.has_value());
    pause_->setEnabled(runner.running());
    pause_->setText(runner.paused() ? say("&Resume") : say("&Pause"));
    cancel_->setEnabled(runner.running());
    progress_->setVisible(runner.running());
    state_->setText(say(state_text()));
    std::vector<std::pair<double, double>> course;
    for (const auto& now : session_.course()) {
      if (now.precision && *now.precision > 0) {
        course.emplace_back(now.elapsed_s, *now.precision * 100);
      }
    }
    view(tabs.size())->show_figure([course](figure::Size size) {
      return figure::course_figure("How the worst precision of the run came down", "seconds",
                                   "± %, relative", course, size);
    });
  }

  std::string state_text() {
    const Runner& runner = session_.runner();
    if (runner.running() && !session_.course().empty()) {
      const auto& now = session_.course().back();
      constexpr int steps = 1000;
      progress_->setMaximum(steps);
      progress_->setValue(static_cast<int>(steps * now.replicates_done /
                                           std::max<std::uint64_t>(1, now.replicates_planned)));
      std::string text = runner.paused() ? "paused, " : "";
      text += reports::grouped(now.replicates_done) + " of " +
              reports::grouped(now.replicates_planned) + " " + now.stage;
      if (now.eta_s) text += ", " + reports::duration_text(std::max(0.0, *now.eta_s)) + " left";
      if (now.precision) text += fmt::format(", ±{:.2g} %", *now.precision * 100);
      return text;
    }
    if (runner.running()) return "starting";
    if (!session_.failure().empty()) return session_.failure();
    if (!session_.reading().scenario) return "The scenario has faults: see the Scenario tab.";
    const auto results = current();
    if (!results) return "";
    if (results == session_.textbook()) return "Textbook figures, as you type. Run simulates.";
    if (session_.results_are_stale()) return "Figures of the scenario before the last change.";
    return results->interrupted ? "Stopped early: what is known so far." : "Simulated.";
  }

  /// Metrics that some strategy has, in the order of their table.
  static std::vector<std::string> columns_of(const Results& results) {
    std::vector<std::string> columns;
    for (const auto& info : models::scenario::all_metrics()) {
      const bool known = std::ranges::any_of(
          results.strategies,
          [&info](const StrategyResult& strategy) { return strategy.find(info.id) != nullptr; });
      if (known) columns.emplace_back(info.id);
    }
    return columns;
  }

  void refresh() {
    show_state();
    const auto results = current();
    if (!results) {
      table_->clear();
      return;
    }
    fill_baselines(*results);
    fill_table(*results);
    fill_claims(*results);
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      view(i)->show_figure(
          [results, i](figure::Size size) { return tabs[i].make(*results, size); });
    }
  }

  void fill_baselines(const Results& results) {
    const QString chosen = baseline_->currentText();
    baseline_->clear();
    for (const StrategyResult& strategy : results.strategies) {
      baseline_->addItem(shown(strategy.name));
    }
    baseline_->setCurrentIndex(std::max(0, baseline_->findText(chosen)));
  }

  std::size_t baseline() const {
    return static_cast<std::size_t>(std::max(0, baseline_->currentIndex()));
  }

  void fill_claims(const Results& results) {
    claims_->clear();
    for (const auto& claim : results.claims) {
      auto* item = new QTreeWidgetItem{claims_,
                                       {say(to_string(claim.verdict)), shown(claim.text),
                                        shown(claim.strategy), shown(claim.why)}};
      for (int column = 0; column < 4; ++column) item->setToolTip(column, item->text(column));
    }
    if (results.claims.empty()) {
      new QTreeWidgetItem{claims_, {say("-"), say("Run judges the claims of the scenario.")}};
    }
    claims_->setColumnWidth(0, 110);
    claims_->setColumnWidth(1, 430);
    claims_->setColumnWidth(2, 200);
  }

  void fill_table(const Results& results) {
    const auto columns = columns_of(results);
    const auto front = figure::pareto_front(results);
    table_->setRowCount(static_cast<int>(results.strategies.size()));
    table_->setColumnCount(static_cast<int>(columns.size()) + 2);
    QStringList heads{say("Code"), say("Loss against\nthe baseline")};
    for (const std::string& id : columns) {
      const auto* info = models::scenario::find_metric(id);
      heads << QStringLiteral("%1\n%2").arg(say(std::string{info->title}),
                                            say(std::string{info->unit}));
    }
    table_->setHorizontalHeaderLabels(heads);
    QStringList names;
    for (std::size_t i = 0; i < results.strategies.size(); ++i) {
      const bool best = std::ranges::find(front, i) != front.end();
      names << (best ? QStringLiteral("★ ") : QString{}) + shown(results.strategies[i].name);
      fill_row(results, i, columns);
    }
    table_->setVerticalHeaderLabels(names);
    table_->setToolTip(say("★: no other strategy is both safer and cheaper."));
    table_->resizeColumnsToContents();
    table_->resizeRowsToContents();
    constexpr int taller = 6;  // two lines of Chinese are higher than the rows are thought to be
    for (int row = 0; row < table_->rowCount(); ++row) {
      table_->setRowHeight(row, table_->rowHeight(row) + taller);
    }
    // No empty box below the rows.
    const int frame = table_->horizontalScrollBar()->sizeHint().height() + 6;
    table_->setMaximumHeight(table_->horizontalHeader()->sizeHint().height() +
                             table_->verticalHeader()->length() + frame);
  }

  void fill_row(const Results& results, std::size_t row, const std::vector<std::string>& columns) {
    const StrategyResult& strategy = results.strategies[row];
    const auto put = [this, row](int column, const QString& text) {
      auto* item = new QTableWidgetItem{text};
      if (row == baseline()) {
        QFont bold = item->font();
        bold.setBold(true);
        item->setFont(bold);
      }
      table_->setItem(static_cast<int>(row), column, item);
      return item;
    };
    put(0, shown(strategy.code));
    put(1, row == baseline() ? say("baseline") : difference(results, row));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const Metric* metric = strategy.find(columns[c]);
      auto* item = put(static_cast<int>(c) + 2,
                       metric == nullptr ? QStringLiteral("-") : cell_text(*metric));
      if (metric != nullptr)
        item->setToolTip(shown(to_string(metric->estimate.method) + ": " + metric->estimate.model));
    }
  }

  /// log10 of what the first strategy loses over what another does, paired.
  static std::optional<double> against_first(const Results& results, std::size_t row) {
    if (row == 0) return 0;
    for (const auto& pair : results.differences) {
      if (pair.metric == "annual_object_loss" && pair.b == results.strategies[row].name) {
        return pair.log10_ratio;
      }
    }
    return std::nullopt;
  }

  /// How many times as much the baseline loses, as the CLI says it. All strategies met the same
  /// failures, so the pairs with the first give every other pair.
  QString difference(const Results& results, std::size_t row) const {
    if (results.differences.empty()) return QStringLiteral("-");
    const auto first = against_first(results, row);
    const auto pinned = against_first(results, baseline());
    if (!first || !pinned) return say("not known");
    return say("the baseline loses\n%1").arg(shown(reports::factor_text(*first - *pinned)));
  }

  Session& session_;
  QPushButton* run_{};
  QPushButton* pause_{};
  QPushButton* cancel_{};
  QSpinBox* seed_{};
  QSpinBox* missions_{};
  QComboBox* baseline_{};
  QTreeWidget* claims_{};
  QLabel* state_{};
  QProgressBar* progress_{};
  QTableWidget* table_{};
  QTabWidget* figures_{};
};

}  // namespace

QWidget* make_compare(Session& session, const WindowRequests& /*requests*/) {
  return new Compare{session};
}

}  // namespace gui
