#include <fmt/format.h>

#include <QtWidgets/QtWidgets>
#include <array>

#include "gui/figure_view.h"
#include "gui/lazy_panel.h"
#include "gui/panel.h"
#include "gui/variable_inputs.h"
#include "gui/worker.h"
#include "models/scenario/metrics.h"
#include "models/sweep/sweep.h"
#include "reports/figure/sweep_figures.h"
#include "reports/sweep_text.h"

namespace gui {
namespace {

namespace figure = reports::figure;
namespace sweep = models::sweep;

QString shown(const std::string& text) { return QString::fromStdString(text); }

enum Column { path_column, stated_column, low_column, high_column };

/// How inputs are varied, and how many of them at once.
struct Way {
  const char* title;
  const char* hint;
};
enum WayNumber : int { tornado, curve, grid };
constexpr std::array ways{
    Way{"Tornado: each checked input alone, low and high",
        "Check the inputs; each is set low and high with all others as stated."},
    Way{"Curve: the first checked input", "One input from low to high, a line per strategy."},
    Way{"Heat map: the first two checked inputs", "Two inputs at once, for the chosen strategy."}};

/// One question to the library, with the command line that asks the same.
struct Question {
  WayNumber way{};
  std::string metric;
  std::size_t strategy{};
  std::vector<sweep::Plan> plans;
};

struct Answer {
  std::vector<sweep::Result> results;
  std::vector<std::string> faults;  ///< of inputs that could not be varied so far
};

class Sensitivity final : public LazyPanel {
 public:
  explicit Sensitivity(Session& session) : session_(session) {
    auto* split = new QSplitter{Qt::Horizontal};
    split->addWidget(make_inputs());
    figure_ = new FigureView;
    figure_->setObjectName(QStringLiteral("sensitivity figure"));
    split->addWidget(figure_);
    split->setStretchFactor(1, 1);
    split->setSizes({540, 700});
    auto* layout = new QVBoxLayout{this};
    layout->addLayout(make_bar());
    layout->addWidget(split, 1);
    state_ = new QLabel;
    state_->setObjectName(QStringLiteral("sensitivity state"));
    state_->setWordWrap(true);
    layout->addWidget(state_);
    session_.when_text_changes([this] { outdate(); });
    fill();
  }

  void run() {
    if (worker_.running()) return;
    auto asked = question();
    if (!asked) return;
    asked_ = std::move(*asked);
    run_->setEnabled(false);
    stop_->setEnabled(true);
    state_->setText(say("Varying ..."));
    worker_.start<Answer>(
        [this, plans = asked_.plans](const std::stop_token& stop) {
          Answer answer;
          for (std::size_t i = 0; i < plans.size() && !stop.stop_requested(); ++i) {
            const auto tell = [&](std::size_t point, std::size_t points, const auto&) {
              worker_.in_windows([this, i, of = plans.size(), point, points] {
                state_->setText(say("Input %1 of %2, point %3 of %4")
                                    .arg(i + 1)
                                    .arg(of)
                                    .arg(point + 1)
                                    .arg(points));
              });
            };
            auto result = sweep::sweep(plans[i], tell, stop);
            if (!result) {
              answer.faults.push_back(to_string(result.diagnostics().front()));
              continue;
            }
            answer.results.push_back(std::move(result.value()));
          }
          return answer;
        },
        [this](Answer answer) { take(std::move(answer)); },
        [this](const std::string& reason) {
          state_->setText(shown(reason));
          fill();
        });
  }

 private:
  void catch_up() override { fill(); }

  QPushButton* button(const char* name, const QString& text, std::function<void()> action) {
    auto* made = new QPushButton{text};
    made->setObjectName(QString::fromLatin1(name));
    QObject::connect(made, &QPushButton::clicked, this, [action = std::move(action)] { action(); });
    return made;
  }

  QLayout* make_bar() {
    auto* bar = new QHBoxLayout;
    way_ = new QComboBox;
    way_->setObjectName(QStringLiteral("way"));
    for (const Way& way : ways) way_->addItem(say(way.title));
    QObject::connect(way_, &QComboBox::currentIndexChanged, this, [this] {
      state_->setText(say(ways[static_cast<std::size_t>(way_->currentIndex())].hint));
    });
    metric_ = new QComboBox;
    metric_->setObjectName(QStringLiteral("metric"));
    for (const auto& metric : models::scenario::all_metrics()) {
      metric_->addItem(say(std::string{metric.title}), shown(std::string{metric.id}));
    }
    metric_->setCurrentIndex(metric_->findData(QStringLiteral("durability_nines")));
    metric_->setMaximumWidth(230);
    strategy_ = new QComboBox;
    strategy_->setObjectName(QStringLiteral("sensitivity strategy"));
    strategy_->setMaximumWidth(260);
    QObject::connect(strategy_, &QComboBox::activated, this, [this] { draw(); });
    bar->addWidget(way_);
    bar->addWidget(new QLabel{say("of")});
    bar->addWidget(metric_);
    bar->addWidget(new QLabel{say("for")});
    bar->addWidget(strategy_);
    bar->addStretch();
    return bar;
  }

  QWidget* make_inputs() {
    inputs_ = new QTreeWidget;
    inputs_->setObjectName(QStringLiteral("inputs"));
    inputs_->setHeaderLabels({say("Input"), say("As stated"), say("Low"), say("High")});
    inputs_->setRootIsDecorated(false);
    inputs_->setAlternatingRowColors(true);
    inputs_->setColumnWidth(path_column, 250);
    inputs_->setColumnWidth(stated_column, 95);
    inputs_->setColumnWidth(low_column, 85);
    inputs_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::SelectedClicked);
    QObject::connect(inputs_, &QTreeWidget::itemDoubleClicked, this,
                     [this](QTreeWidgetItem* item, int column) {
                       if (column >= low_column) inputs_->editItem(item, column);
                     });
    points_ = new QSpinBox;
    points_->setRange(2, 50);
    points_->setValue(7);
    points_->setAccessibleName(say("Values of each input"));
    log_ = new QCheckBox{say("evenly in the logarithm")};
    missions_ = new QSpinBox;
    missions_->setObjectName(QStringLiteral("sensitivity missions"));
    missions_->setRange(0, 1 << 20);
    missions_->setSpecialValueText(say("textbook, at once"));
    missions_->setSuffix(say(" missions"));
    missions_->setToolTip(
        say("With missions every point is simulated, and meets the same "
            "failures as all others."));
    run_ = button("vary", say("&Vary"), [this] { run(); });
    stop_ = button("stop varying", say("&Stop"), [this] { worker_.cancel(); });
    stop_->setEnabled(false);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout{box};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(inputs_, 1);
    auto* row = new QHBoxLayout;
    row->addWidget(new QLabel{say("Values")});
    row->addWidget(points_);
    row->addWidget(log_);
    row->addStretch();
    row->addWidget(missions_);
    layout->addLayout(row);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(run_);
    buttons->addWidget(stop_);
    buttons->addStretch();
    buttons->addWidget(
        button("copy varied", say("Copy as &command line"), [this] { copy_command(); }));
    buttons->addWidget(button("save varied", say("Save &table ..."), [this] { save_table(); }));
    layout->addLayout(buttons);
    return box;
  }

  void fill() {
    const auto& reading = session_.reading();
    run_->setEnabled(reading.scenario.has_value() && !worker_.running());
    if (!reading.scenario) return;
    const int before = strategy_->currentIndex();
    strategy_->clear();
    for (const auto& strategy : reading.scenario->strategies) {
      strategy_->addItem(shown(strategy.name));
    }
    strategy_->setCurrentIndex(before >= 0 && before < strategy_->count() ? before : 0);
    fill_inputs();
  }

  void fill_inputs() {
    QMap<QString, std::array<QString, 2>> limits;
    QSet<QString> checked;
    for (int i = 0; i < inputs_->topLevelItemCount(); ++i) {
      const auto* item = inputs_->topLevelItem(i);
      limits[item->toolTip(path_column)] = {item->text(low_column), item->text(high_column)};
      if (item->checkState(path_column) == Qt::Checked) checked << item->toolTip(path_column);
    }
    const bool first = file_ != session_.text.file();
    file_ = session_.text.file();
    inputs_->clear();
    const auto inputs = variable_inputs(session_.text.text(), session_.reading());
    constexpr int usual = 8;
    int left = usual;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto& input = inputs[i];
      auto* item = new QTreeWidgetItem{inputs_};
      const QString path = shown(input.path);
      item->setText(path_column, path.mid(1));
      item->setToolTip(path_column, path);
      item->setText(stated_column, shown(input.stated));
      const bool kept = !first && limits.contains(path);
      item->setText(low_column, kept ? limits[path][0] : shown(input.low));
      item->setText(high_column, kept ? limits[path][1] : shown(input.high));
      item->setFlags(item->flags() | Qt::ItemIsEditable);
      // Those in doubt, and then what moves most figures: failures, and how fast they heal.
      const bool telling =
          path.contains(QStringLiteral("lifetime")) || path.contains(QStringLiteral("between")) ||
          path.contains(QStringLiteral("/repair/")) || path.contains(QStringLiteral("/disk/")) ||
          path.contains(QStringLiteral("/network/"));
      const bool usually = input.uncertain || (telling && left-- > 0);
      item->setCheckState(path_column,
                          (first ? usually : checked.contains(path)) ? Qt::Checked : Qt::Unchecked);
    }
    if (first) {
      answer_ = {};
      draw();
    }
  }

  std::vector<const QTreeWidgetItem*> checked() const {
    std::vector<const QTreeWidgetItem*> items;
    for (int i = 0; i < inputs_->topLevelItemCount(); ++i) {
      const auto* item = inputs_->topLevelItem(i);
      if (item->checkState(path_column) == Qt::Checked) items.push_back(item);
    }
    return items;
  }

  /// The words of --vary for an item.
  std::string words(const QTreeWidgetItem* item, WayNumber way) const {
    const std::string path = item->toolTip(path_column).toStdString();
    const std::string low = item->text(low_column).toStdString();
    const std::string high = item->text(high_column).toStdString();
    if (way == tornado) {
      return path + "=" + low + "," + item->text(stated_column).toStdString() + "," + high;
    }
    return fmt::format("{}={}:{}:{}{}", path, low, high, points_->value(),
                       log_->isChecked() ? ":log" : "");
  }

  sweep::Plan plan_of(const Question& question) const {
    sweep::Plan plan;
    plan.file = session_.text.file();
    plan.text = session_.text.text();
    plan.metrics = {question.metric};
    if (missions_->value() == 0) {
      plan.run.method = sim::Method::analytic;
    } else {
      plan.run.replicates = {0, static_cast<std::uint64_t>(missions_->value())};
    }
    plan.run.input_draws = 0;
    return plan;
  }

  /// What is asked, or nothing and why not on the screen.
  std::optional<Question> question() {
    Question asked{.way = static_cast<WayNumber>(way_->currentIndex()),
                   .metric = metric_->currentData().toString().toStdString(),
                   .strategy = static_cast<std::size_t>(std::max(0, strategy_->currentIndex())),
                   .plans = {}};
    const auto items = checked();
    const std::size_t needed = asked.way == grid ? 2 : 1;
    if (items.size() < needed) {
      state_->setText(say("Check more inputs on the left: this needs %1.").arg(needed));
      return std::nullopt;
    }
    const std::size_t used = asked.way == tornado ? items.size() : needed;
    for (std::size_t i = 0; i < used; ++i) {
      const auto parsed = sweep::parse_axis(words(items[i], asked.way));
      if (!parsed.fault.empty()) {
        state_->setText(shown(parsed.fault));
        return std::nullopt;
      }
      if (asked.way == tornado || i == 0) asked.plans.push_back(plan_of(asked));
      asked.plans.back().axes.push_back(parsed.axis);
    }
    return asked;
  }

  void take(Answer answer) {
    run_->setEnabled(session_.reading().scenario.has_value());
    stop_->setEnabled(false);
    if (answer.results.empty()) {
      // The last figure stays.
      state_->setText(answer.faults.empty() ? QString{} : shown(answer.faults.front()));
      return;
    }
    const std::vector<std::string> faults = answer.faults;
    answer_ = std::make_shared<const Answer>(std::move(answer));
    state_->setText(missions_->value() == 0
                        ? say("Textbook figures: chains and arithmetic at every point.")
                        : say("Simulated: every point met the same failures."));
    if (!faults.empty()) {
      state_->setText(state_->text() + u' ' +
                      say("%1 inputs could not be varied so far: %2")
                          .arg(faults.size())
                          .arg(shown(faults.front())));
    }
    draw();
  }

  std::vector<figure::TornadoBar> bars(double& stated, std::size_t strategy) const {
    std::vector<figure::TornadoBar> bars;
    for (const auto& result : answer_->results) {
      if (result.points.size() < 3) continue;
      std::array<double, 3> at{};
      bool known = true;
      for (std::size_t i = 0; i < at.size(); ++i) {
        const auto& strategies = result.points[i].strategies;
        const auto* metric =
            strategy < strategies.size() ? strategies[strategy].find(asked_.metric) : nullptr;
        known = known && metric != nullptr && metric->estimate.value &&
                std::isfinite(*metric->estimate.value);
        if (known) at[i] = *metric->estimate.value;
      }
      if (!known) continue;
      const auto& axis = result.axes.front();
      stated = at[1];
      bars.push_back({axis.path, axis.values[0], axis.values[2], at[0], at[2]});
    }
    return bars;
  }

  void draw() {
    if (!answer_ || answer_->results.empty()) {
      figure_->show_figure([](figure::Size size) {
        figure::Canvas canvas = figure::make_canvas("Sensitivity", size, 0);
        canvas.only("Vary shows here what moves the figure");
        return std::move(canvas.figure);
      });
      return;
    }
    const auto strategy = static_cast<std::size_t>(std::max(0, strategy_->currentIndex()));
    const auto answer = answer_;
    const std::string metric = asked_.metric;
    if (asked_.way == tornado) {
      double stated = 0;
      const auto found = bars(stated, strategy);
      const std::string title = strategy_->currentText().toStdString();
      figure_->show_figure([title, stated, found, metric](figure::Size size) {
        return figure::tornado_figure(title, stated, found, metric, size);
      });
    } else if (asked_.way == curve) {
      figure_->show_figure([answer, metric](figure::Size size) {
        return figure::sweep_curves(answer->results.front(), metric, size);
      });
    } else {
      figure_->show_figure([answer, metric, strategy](figure::Size size) {
        return figure::sweep_heat_map(answer->results.front(), metric, strategy, size);
      });
    }
  }

  void copy_command() {
    const auto asked = question();
    if (!asked) return;
    if (session_.text.modified()) {
      state_->setText(say("Save the scenario first: the command reads the file."));
      return;
    }
    std::string text;
    const auto items = checked();
    for (std::size_t p = 0; p < asked->plans.size(); ++p) {
      text += (text.empty() ? "" : "\n") + std::string{"holdfast sweep "} +
              shell_word(session_.text.file()) + " --metric " + asked->metric;
      for (std::size_t a = 0; a < asked->plans[p].axes.size(); ++a) {
        text += " --vary " + shell_word(words(items[p + a], asked->way));
      }
      text += missions_->value() == 0 ? " --method analytic"
                                      : fmt::format(" --replicates 0:{}", missions_->value());
    }
    QGuiApplication::clipboard()->setText(shown(text));
    state_->setText(say("Copied: %1").arg(shown(text)));
  }

  void save_table() {
    if (!answer_ || answer_->results.empty()) {
      state_->setText(say("Vary something first."));
      return;
    }
    const QString name = QFileDialog::getSaveFileName(
        this, say("Save table"), QStringLiteral("sweep.csv"), say("CSV (*.csv)"));
    if (name.isEmpty()) return;
    std::string text;
    for (const auto& result : answer_->results) text += reports::sweep_csv(result);
    QSaveFile file{name};
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(text.data(), static_cast<qint64>(text.size())) < 0 || !file.commit()) {
      QMessageBox::warning(this, say("Save table"), file.errorString());
    }
  }

  Session& session_;
  QComboBox* way_{};
  QComboBox* metric_{};
  QComboBox* strategy_{};
  QTreeWidget* inputs_{};
  QSpinBox* points_{};
  QCheckBox* log_{};
  QSpinBox* missions_{};
  QPushButton* run_{};
  QPushButton* stop_{};
  FigureView* figure_{};
  QLabel* state_{};
  std::string file_{"?"};
  Question asked_;
  std::shared_ptr<const Answer> answer_;
  Worker worker_{this};
};

}  // namespace

QWidget* make_sensitivity(Session& session, const WindowRequests& /*requests*/) {
  return new Sensitivity{session};
}

void show_off_sensitivity(QWidget& panel) { static_cast<Sensitivity&>(panel).run(); }

}  // namespace gui
