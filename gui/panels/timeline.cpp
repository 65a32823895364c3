#include <fmt/format.h>

#include <QtWidgets/QtWidgets>
#include <array>

#include "gui/figure_view.h"
#include "gui/lazy_panel.h"
#include "gui/panel.h"
#include "gui/variable_inputs.h"
#include "gui/worker.h"
#include "reports/figure/mission_figure.h"
#include "reports/words/number_text.h"

namespace gui {
namespace {

namespace figure = reports::figure;
using models::fleet::LogLine;
using models::fleet::LossSearch;
using models::fleet::MissionLog;
template <class T>
using Checked = models::scenario::Checked<T>;

QString shown(const std::string& text) { return QString::fromStdString(text); }

/// How much of the mission is looked at, around the chosen event.
struct Zoom {
  const char* title;
  double years;  ///< 0: all of it
};
constexpr std::array zooms{Zoom{"the whole mission", 0}, Zoom{"a year", 1.0},
                           Zoom{"a month", 1.0 / 12}, Zoom{"a week", 7 / 365.25},
                           Zoom{"a day", 1 / 365.25}};

class Timeline final : public LazyPanel {
 public:
  explicit Timeline(Session& session) : session_(session) {
    lanes_ = new FigureView;
    lanes_->setObjectName(QStringLiteral("lanes"));
    events_ = new QTreeWidget;
    events_->setObjectName(QStringLiteral("events"));
    events_->setHeaderLabels({say("Year"), say("Day"), say("Event"), say("Unit"), say("More")});
    events_->setRootIsDecorated(false);
    events_->setUniformRowHeights(true);
    events_->setAlternatingRowColors(true);
    QObject::connect(events_, &QTreeWidget::currentItemChanged, this, [this] { draw(); });
    state_ = new QLabel;
    state_->setObjectName(QStringLiteral("timeline state"));
    state_->setWordWrap(true);
    auto* split = new QSplitter{Qt::Vertical};
    split->addWidget(lanes_);
    split->addWidget(events_);
    split->setSizes({330, 280});
    auto* layout = new QVBoxLayout{this};
    layout->addLayout(make_bar());
    layout->addWidget(state_);
    layout->addWidget(split, 1);
    session_.when_text_changes([this] { outdate(); });
    fill();
  }

 private:
  void catch_up() override {
    fill();
    play();
  }

  QPushButton* button(const char* name, const QString& text, std::function<void()> action) {
    auto* made = new QPushButton{text};
    made->setObjectName(QString::fromLatin1(name));
    QObject::connect(made, &QPushButton::clicked, this, [action = std::move(action)] { action(); });
    return made;
  }

  QLayout* make_bar() {
    strategy_ = new QComboBox;
    strategy_->setObjectName(QStringLiteral("timeline strategy"));
    strategy_->setMaximumWidth(300);
    QObject::connect(strategy_, &QComboBox::activated, this, [this] { play(); });
    mission_ = new QSpinBox;
    mission_->setObjectName(QStringLiteral("mission"));
    mission_->setMaximum(std::numeric_limits<int>::max());
    play_ = button("play mission", say("&Play it"), [this] { play(); });
    find_ = button("find loss", say("&Take me to a loss"), [this] { find(); });
    find_->setToolTip(
        say("Plays one mission after another, from this one on, until one loses "
            "data."));
    stop_ = button("stop search", say("&Stop"), [this] { worker_.cancel(); });
    zoom_ = new QComboBox;
    zoom_->setObjectName(QStringLiteral("zoom"));
    for (const Zoom& zoom : zooms) zoom_->addItem(say(zoom.title));
    QObject::connect(zoom_, &QComboBox::currentIndexChanged, this, [this] { draw(); });
    auto* bar = new QHBoxLayout;
    bar->addWidget(strategy_);
    bar->addWidget(new QLabel{say("Mission")});
    bar->addWidget(mission_);
    bar->addWidget(play_);
    bar->addWidget(find_);
    bar->addWidget(stop_);
    bar->addStretch();
    bar->addWidget(new QLabel{say("Show")});
    bar->addWidget(zoom_);
    bar->addWidget(
        button("copy mission", say("Copy as &command line"), [this] { copy_command(); }));
    return bar;
  }

  void fill() {
    const auto& scenario = session_.reading().scenario;
    const QString chosen = strategy_->currentText();
    strategy_->clear();
    if (scenario) {
      for (const auto& strategy : scenario->strategies) strategy_->addItem(shown(strategy.name));
      strategy_->setCurrentIndex(std::max(0, strategy_->findText(chosen)));
    }
    played_ = false;
    enable();
  }

  void enable() {
    const bool ready = session_.reading().scenario.has_value() && !worker_.running();
    play_->setEnabled(ready);
    find_->setEnabled(ready);
    stop_->setEnabled(worker_.running());
  }

  void play() {
    if (worker_.running() || !session_.reading().scenario) return;
    played_ = true;
    state_->setText(say("Playing ..."));
    const auto mission = static_cast<std::uint64_t>(mission_->value());
    worker_.start<Checked<MissionLog>>(
        [scenario = *session_.reading().scenario, name = strategy_->currentText().toStdString(),
         mission](const std::stop_token&) {
          return models::fleet::explain(scenario, name, 1, mission);
        },
        [this](const Checked<MissionLog>& log) { take(log); },
        [this](const std::string& reason) { complain(reason); });
    enable();
  }

  void find() {
    if (worker_.running() || !session_.reading().scenario) return;
    const auto first = static_cast<std::uint64_t>(mission_->value());
    constexpr std::uint64_t most = 100'000;
    worker_.start<Checked<LossSearch>>(
        [this, scenario = *session_.reading().scenario,
         name = strategy_->currentText().toStdString(), first](const std::stop_token& stop) {
          QElapsedTimer since;
          since.start();
          const auto tell = [&](std::uint64_t played) {
            constexpr qint64 often_ms = 100;
            if (since.elapsed() < often_ms) return;
            since.restart();
            worker_.in_windows([this, played] {
              state_->setText(say("%1 missions without a loss so far ...")
                                  .arg(shown(reports::grouped(played))));
            });
          };
          return models::fleet::find_loss(scenario, name, 1, first, most, tell, stop);
        },
        [this](const Checked<LossSearch>& search) { take(search); },
        [this](const std::string& reason) { complain(reason); });
    enable();
  }

  void complain(const std::string& reason) {
    state_->setText(shown(reason));
    enable();
  }

  void take(const Checked<LossSearch>& search) {
    enable();
    if (!search) return complain(to_string(search.diagnostics().front()));
    if (!search.value().mission) {
      state_->setText(
          say("None of %1 missions lost data. So rare a loss is not met by playing: Compare "
              "estimates it; a weaker strategy or more failures in the scenario show one here.")
              .arg(shown(reports::grouped(search.value().played))));
      return;
    }
    mission_->setValue(static_cast<int>(*search.value().mission));
    to_loss_ = true;
    play();
  }

  void take(const Checked<MissionLog>& log) {
    enable();
    if (!log) return complain(to_string(log.diagnostics().front()));
    log_ = std::make_shared<const MissionLog>(log.value());
    QStringList summary;
    for (const std::string& line : log_->summary) summary << shown(line);
    state_->setText(summary.join(QStringLiteral("; ")) + u'.');
    fill_events();
    if (std::exchange(to_loss_, false)) {
      zoom_->setCurrentIndex(3);
    } else {
      zoom_->setCurrentIndex(0);
    }
    draw();
    if (!played_) play();  // the scenario has changed meanwhile
  }

  void fill_events() {
    const QSignalBlocker quiet{events_};
    events_->clear();
    QList<QTreeWidgetItem*> items;
    QTreeWidgetItem* loss = nullptr;
    constexpr double days_per_year = 365.25;
    for (const LogLine& line : log_->lines) {
      auto* item = new QTreeWidgetItem{{QString::number(line.time_years, 'f', 4),
                                        QString::number(line.time_years * days_per_year, 'f', 2),
                                        say(line.kind), shown(line.unit), shown(line.text)}};
      item->setData(0, Qt::UserRole, line.time_years);
      if (loss == nullptr && line.kind == "data lost") loss = item;
      items.push_back(item);
    }
    events_->addTopLevelItems(items);
    for (int column = 0; column < 4; ++column) events_->resizeColumnToContents(column);
    if (loss != nullptr) {
      events_->setCurrentItem(loss);
      events_->scrollToItem(loss, QAbstractItemView::PositionAtCenter);
    }
  }

  figure::Stretch stretch() const {
    const double all = mission_years();
    const double years = zooms[static_cast<std::size_t>(zoom_->currentIndex())].years;
    if (years <= 0 || years >= all) return {0, all};
    const auto* item = events_->currentItem();
    const double at = item == nullptr ? 0 : item->data(0, Qt::UserRole).toDouble();
    // More of what led to it than of what came after.
    constexpr double before = 0.75;
    const double from = std::clamp(at - before * years, 0.0, all - years);
    return {from, from + years};
  }

  double mission_years() const {
    const auto& scenario = session_.reading().scenario;
    const double years = scenario ? sim::in_years(scenario->mission) : 1;
    return log_ && !log_->lines.empty() ? std::max(years, log_->lines.back().time_years) : years;
  }

  void draw() {
    if (!log_) return;
    lanes_->show_figure([log = log_, stretch = stretch()](figure::Size size) {
      return figure::mission_lanes(*log, stretch, size);
    });
  }

  void copy_command() {
    if (session_.text.modified()) {
      state_->setText(say("Save the scenario first: the command reads the file."));
      return;
    }
    const std::string command = fmt::format(
        "holdfast explain {} --strategy {} --mission {} --seed 1", shell_word(session_.text.file()),
        shell_word(strategy_->currentText().toStdString()), mission_->value());
    QGuiApplication::clipboard()->setText(shown(command));
    state_->setText(say("Copied: %1").arg(shown(command)));
  }

  Session& session_;
  QComboBox* strategy_{};
  QSpinBox* mission_{};
  QPushButton* play_{};
  QPushButton* find_{};
  QPushButton* stop_{};
  QComboBox* zoom_{};
  FigureView* lanes_{};
  QTreeWidget* events_{};
  QLabel* state_{};
  bool played_{false};
  bool to_loss_{false};
  std::shared_ptr<const MissionLog> log_;
  Worker worker_{this};
};

}  // namespace

QWidget* make_timeline(Session& session, const WindowRequests& /*requests*/) {
  return new Timeline{session};
}

}  // namespace gui
