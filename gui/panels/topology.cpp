#include <fmt/format.h>

#include <QtWidgets/QtWidgets>
#include <array>
#include <deque>

#include "gui/figure_view.h"
#include "gui/fleet_view.h"
#include "gui/lazy_panel.h"
#include "gui/panel.h"
#include "gui/worker.h"
#include "models/input/validate.h"
#include "reports/words/number_text.h"

namespace gui {
namespace {

using models::fleet::FleetLook;
using models::fleet::Playback;
using models::topology::Unit;
using models::topology::UnitKind;

QString shown(const std::string& text) { return QString::fromStdString(text); }

/// What a click takes down, given what was hit.
struct Aim {
  const char* title;
  std::optional<UnitKind> kind;  ///< empty: what was clicked
};
constexpr std::array aims{Aim{"what is clicked", std::nullopt},
                          Aim{"its machine", UnitKind::machine},
                          Aim{"its rack switch", UnitKind::rack_switch},
                          Aim{"its rack", UnitKind::rack}, Aim{"its site", UnitKind::site}};

/// Steps of the speed: seconds of the mission in a second of the clock.
constexpr std::array speeds{10.0, 60.0, 600.0, 3600.0, 6 * 3600.0, 86400.0, 7 * 86400.0};
constexpr std::size_t usual_speed = 3;

/// More than these are too many to look at, and to draw thirty times a second.
constexpr std::uint32_t most_disks = 60'000;

Unit aimed(const models::topology::Topology& topology, Unit unit, std::optional<UnitKind> kind) {
  const bool inside =
      unit.kind == UnitKind::disk || unit.kind == UnitKind::machine || unit.kind == UnitKind::rack;
  if (!kind || *kind == unit.kind || !inside) return unit;
  const std::uint32_t machine =
      unit.kind == UnitKind::disk ? topology.machine_of(unit.index) : unit.index;
  if (*kind == UnitKind::machine && unit.kind == UnitKind::disk) return {*kind, machine};
  const std::uint32_t rack = unit.kind == UnitKind::rack ? unit.index : topology.rack_of(machine);
  switch (*kind) {
    case UnitKind::rack:
      return {*kind, rack};
    case UnitKind::rack_switch:
      return {*kind, rack * (topology.count(*kind) / topology.racks())};
    case UnitKind::site:
      return {*kind, topology.site_of(rack)};
    default:
      return unit;
  }
}

/// What the worker made of the fleet: all that the windows show.
struct Scene {
  std::shared_ptr<Playback> playback;
  std::shared_ptr<const FleetLook> look;
  std::vector<models::fleet::LogLine> lines;  ///< the last ones
  std::size_t events{};
  std::string fault;
};

class TopologyPanel final : public LazyPanel {
 public:
  explicit TopologyPanel(Session& session) : session_(session) {
    view_ = new FleetView;
    view_->setObjectName(QStringLiteral("fleet"));
    view_->on_click = [this](Unit unit) { fail(unit); };
    view_->on_choice = [this] { show_choice(); };
    auto* split = new QSplitter{Qt::Horizontal};
    split->addWidget(view_);
    split->addWidget(make_side());
    split->setStretchFactor(0, 1);
    split->setSizes({820, 420});
    auto* layout = new QVBoxLayout{this};
    layout->addLayout(make_bar());
    layout->addWidget(split, 1);
    clock_.setInterval(40);
    clock_.callOnTimeout([this] { tick(); });
    session_.when_text_changes([this] { outdate(); });
  }

  void fail(Unit unit) {
    if (!scene_.playback) return;
    const auto& topology = scene_.playback->fleet().topology();
    const Unit target =
        aimed(topology, unit, aims[static_cast<std::size_t>(aim_->currentIndex())].kind);
    const auto outage = sim::hours(outage_->value());
    ask([target, outage](Playback& playback) {
      playback.strike(target, outage);
      playback.play_until(playback.now());
    });
  }

  /// Plays so much of the mission.
  void go_on(models::Seconds time) {
    ask([time](Playback& playback) { playback.play_until(playback.now() + time); });
  }

 private:
  QPushButton* button(const char* name, const QString& text, std::function<void()> action) {
    auto* made = new QPushButton{text};
    made->setObjectName(QString::fromLatin1(name));
    QObject::connect(made, &QPushButton::clicked, this, [action = std::move(action)] { action(); });
    return made;
  }

  QLayout* make_bar() {
    auto* bar = new QHBoxLayout;
    strategy_ = new QComboBox;
    strategy_->setObjectName(QStringLiteral("topology strategy"));
    QObject::connect(strategy_, &QComboBox::activated, this, [this] { compile(); });
    aim_ = new QComboBox;
    aim_->setObjectName(QStringLiteral("aim"));
    for (const Aim& aim : aims) aim_->addItem(say(aim.title));
    outage_ = new QSpinBox;
    outage_->setRange(1, 24 * 365);
    outage_->setValue(12);
    outage_->setSuffix(say(" h"));
    outage_->setToolTip(
        say("Disks and machines are lost for good; racks, switches and sites are "
            "away for this long."));
    play_ = button("play", say("&Play"), [this] { play_or_hold(); });
    step_ = button("step", say("Next &event"),
                   [this] { ask([](Playback& playback) { playback.step(); }); });
    speed_ = new QSlider{Qt::Horizontal};
    speed_->setRange(0, static_cast<int>(speeds.size()) - 1);
    speed_->setValue(static_cast<int>(usual_speed));
    speed_->setMaximumWidth(110);
    speed_->setAccessibleName(say("Speed"));
    speed_text_ = new QLabel;
    QObject::connect(speed_, &QSlider::valueChanged, this, [this] { show_speed(); });
    show_speed();
    bar->addWidget(strategy_);
    bar->addWidget(new QLabel{say("A click fails")});
    bar->addWidget(aim_);
    bar->addWidget(new QLabel{say("away for")});
    bar->addWidget(outage_);
    bar->addSpacing(12);
    bar->addWidget(play_);
    bar->addWidget(step_);
    bar->addWidget(speed_);
    bar->addWidget(speed_text_);
    bar->addStretch();
    bar->addWidget(button("again", say("Start a&gain"), [this] { compile(); }));
    return bar;
  }

  QWidget* make_side() {
    state_ = new QLabel;
    state_->setObjectName(QStringLiteral("fleet state"));
    state_->setWordWrap(true);
    state_->setTextFormat(Qt::RichText);
    missing_ = table("missing", {say("Shards missing"), say("Groups"), say("What that means")});
    rebuilds_ = table("rebuilds",
                      {say("Order"), say("Shards"), say("Done"), say("MB/s"), say("Next groups")});
    constexpr std::array widths{50, 60, 65, 65};
    for (std::size_t i = 0; i < widths.size(); ++i) {
      rebuilds_->setColumnWidth(static_cast<int>(i), widths[i]);
    }
    log_ = table("fleet log", {say("Time"), say("Event"), say("Unit")});
    auto* side = new QWidget;
    auto* layout = new QVBoxLayout{side};
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(state_);
    layout->addWidget(new QLabel{legend_text()});
    layout->addWidget(new QLabel{say("<b>Exposed</b>")});
    layout->addWidget(missing_, 2);
    layout->addWidget(new QLabel{say("<b>Rebuilt now, in the planner's order</b>")});
    layout->addWidget(rebuilds_, 3);
    layout->addWidget(new QLabel{say("<b>What happened</b>")});
    layout->addWidget(log_, 4);
    return side;
  }

  static QTreeWidget* table(const char* name, const QStringList& heads) {
    auto* made = new QTreeWidget;
    made->setObjectName(QString::fromLatin1(name));
    made->setHeaderLabels(heads);
    made->setRootIsDecorated(false);
    made->setUniformRowHeights(true);
    made->setAlternatingRowColors(true);
    return made;
  }

  QString legend_text() const {
    struct Entry {
      reports::figure::Ink ink;
      const char* sign;
      const char* text;
    };
    constexpr std::array entries{Entry{reports::figure::Ink::third, "■", "works"},
                                 Entry{reports::figure::Ink::second, "☒", "lost"},
                                 Entry{reports::figure::Ink::faint, "□", "away"},
                                 Entry{reports::figure::Ink::first, "◫", "read"},
                                 Entry{reports::figure::Ink::fifth, "⊟", "written"}};
    QString text;
    for (const Entry& entry : entries) {
      text += QStringLiteral("<span style='color:%1'>%2</span> %3 &nbsp; ")
                  .arg(screen_colour(entry.ink, theme_of(*this)).name(),
                       QString::fromUtf8(entry.sign), say(entry.text));
    }
    return text;
  }

  void show_speed() {
    const double seconds = speeds[static_cast<std::size_t>(speed_->value())];
    speed_text_->setText(say("1 s = %1").arg(shown(reports::duration_text(seconds))));
    speed_text_->setMinimumWidth(speed_text_->fontMetrics().horizontalAdvance(say("1 s = %1")) +
                                 60);
  }

  void catch_up() override {
    const auto& scenario = session_.reading().scenario;
    const QString chosen = strategy_->currentText();
    strategy_->clear();
    if (scenario) {
      for (const auto& strategy : scenario->strategies) strategy_->addItem(shown(strategy.name));
      const int before = strategy_->findText(chosen);
      strategy_->setCurrentIndex(std::max(0, before));
    }
    compile();
  }

  void hideEvent(QHideEvent* event) override {
    hold();
    QWidget::hideEvent(event);
  }

  void compile() {
    hold();
    const auto& scenario = session_.reading().scenario;
    if (!scenario || strategy_->currentIndex() < 0) {
      state_->setText(say("The scenario has faults: see the Scenario tab."));
      return;
    }
    scene_ = {};
    view_->show_look(nullptr);
    state_->setText(say("Placing the data ..."));
    const auto number = static_cast<std::size_t>(strategy_->currentIndex());
    waiting_.clear();
    waiting_.emplace_back([copy = *scenario, number](Scene& scene) {
      for (const auto& fault : models::scenario::validate(copy)) {
        if (fault.severity != models::scenario::Diagnostic::Severity::error) continue;
        scene.fault = fault.message;
        return;
      }
      constexpr std::uint64_t seed = 1;
      scene.playback = std::make_shared<Playback>(
          models::fleet::compile(copy, copy.strategies[number], seed), seed);
    });
    work();
  }

  void ask(std::function<void(Playback&)> action) {
    waiting_.emplace_back([action = std::move(action)](Scene& scene) {
      if (scene.playback) action(*scene.playback);
    });
    work();
  }

  /// One piece after another in the worker; the scene is its own meanwhile.
  void work() {
    if (worker_.running() || waiting_.empty()) return;
    auto actions = std::exchange(waiting_, {});
    worker_.start<Scene>(
        [actions = std::move(actions), scene = scene_](const std::stop_token&) mutable {
          for (const auto& action : actions) action(scene);
          if (!scene.playback) return std::move(scene);
          scene.look = std::make_shared<const FleetLook>(scene.playback->look());
          const auto& log = scene.playback->log();
          constexpr std::size_t most_lines = 200;
          scene.events = log.size();
          scene.lines.assign(
              log.end() - static_cast<std::ptrdiff_t>(std::min(most_lines, log.size())), log.end());
          return std::move(scene);
        },
        [this](Scene scene) { take(std::move(scene)); },
        [this](const std::string& reason) { state_->setText(shown(reason)); });
  }

  void take(Scene scene) {
    const bool first = scene.playback != scene_.playback;
    const std::size_t before = scene_.events;
    scene_ = std::move(scene);
    if (!scene_.playback) {
      state_->setText(shown(scene_.fault));
      return;
    }
    const auto& fleet = scene_.playback->fleet();
    if (first) {
      view_->show_fleet({scene_.playback, &fleet}, fleet.topology().disks() <= most_disks);
      log_->clear();
    }
    view_->show_look(scene_.look);
    show_scene();
    if (first || before != scene_.events) show_log();
    work();
  }

  void play_or_hold() {
    if (clock_.isActive()) {
      hold();
    } else {
      clock_.start();
      play_->setText(say("&Pause"));
    }
  }

  void hold() {
    clock_.stop();
    play_->setText(say("&Play"));
  }

  void tick() {
    if (worker_.running()) return;
    const double seconds =
        speeds[static_cast<std::size_t>(speed_->value())] * clock_.interval() / 1000.0;
    go_on(models::Seconds{seconds});
  }

  void show_choice() {
    if (scene_.playback) show_scene();
  }

  void show_scene() {
    const FleetLook& look = *scene_.look;
    const auto& fleet = scene_.playback->fleet();
    QString text = say("<b>Day %1</b>, %2. ")
                       .arg(static_cast<qint64>(look.now.value / 86400))
                       .arg(QTime{0, 0}
                                .addSecs(static_cast<int>(std::fmod(look.now.value, 86400)))
                                .toString(QStringLiteral("HH:mm")));
    text +=
        look.whole ? say("Every group has all of its shards.") : say("Redundancy is not back yet.");
    if (look.undetected > 0)
      text += u' ' + say("%1 lost disks are not detected yet.").arg(look.undetected);
    if (look.unreadable > 0) text += u' ' + say("%1 groups are out of reach.").arg(look.unreadable);
    if (look.groups_lost > 0) {
      text += QStringLiteral(" <b>%1</b>")
                  .arg(say("%1 groups are lost for good.").arg(look.groups_lost));
    }
    if (fleet.topology().disks() > most_disks) {
      text +=
          u' ' + say("%1 disks are too many to draw: racks only.").arg(fleet.topology().disks());
    }
    if (const auto unit = view_->chosen()) {
      text += QStringLiteral("<br>%1").arg(shown(fleet.topology().describe(*unit)));
    }
    state_->setText(text);
    show_missing(look);
    show_rebuilds(look);
  }

  void show_missing(const FleetLook& look) {
    missing_->clear();
    for (const auto& row : look.missing) {
      new QTreeWidgetItem{missing_,
                          {QString::number(row.shards), shown(reports::grouped(row.groups)),
                           row.last_line ? say("one more may end data") : say("protected still")}};
    }
    say_none(missing_, say("No group misses a shard."));
  }

  /// What stands where there is nothing to list.
  static void say_none(QTreeWidget* table, const QString& text) {
    if (table->topLevelItemCount() > 0) return;
    auto* item = new QTreeWidgetItem{table, {text}};
    item->setFirstColumnSpanned(true);
    item->setDisabled(true);
  }

  void show_rebuilds(const FleetLook& look) {
    rebuilds_->clear();
    constexpr double megabyte = 1e6;
    for (const auto& row : look.rebuilds) {
      QStringList groups;
      for (const std::uint32_t group : row.groups) groups << QString::number(group);
      new QTreeWidgetItem{
          rebuilds_,
          {QString::number(row.priority), shown(reports::grouped(row.shards)),
           QStringLiteral("%1 %").arg(100 * row.done, 0, 'f', 1),
           QString::number(row.rate.value / megabyte, 'f', 1), groups.join(QStringLiteral(", "))}};
    }
    say_none(rebuilds_, say("Nothing is rebuilt now."));
  }

  void show_log() {
    log_->clear();
    constexpr double hours_per_year = 8766;
    QList<QTreeWidgetItem*> items;
    for (const auto& line : scene_.lines) {
      const double hours = line.time_years * hours_per_year;
      auto* item = new QTreeWidgetItem{
          {say("%1 h").arg(hours, 0, 'f', 2), say(line.kind), shown(line.unit)}};
      item->setToolTip(2, shown(line.unit + " " + line.text));
      items.push_back(item);
    }
    log_->addTopLevelItems(items);
    say_none(log_, say("Nothing yet: click a part to fail it, or play."));
    log_->scrollToBottom();
    log_->resizeColumnToContents(1);
  }

  Session& session_;
  FleetView* view_{};
  QComboBox* strategy_{};
  QComboBox* aim_{};
  QSpinBox* outage_{};
  QPushButton* play_{};
  QPushButton* step_{};
  QSlider* speed_{};
  QLabel* speed_text_{};
  QLabel* state_{};
  QTreeWidget* missing_{};
  QTreeWidget* rebuilds_{};
  QTreeWidget* log_{};
  QTimer clock_;
  Scene scene_;
  std::vector<std::function<void(Scene&)>> waiting_;
  Worker worker_{this};  ///< ends before the scene
};

}  // namespace

QWidget* make_topology(Session& session, const WindowRequests& /*requests*/) {
  return new TopologyPanel{session};
}

void show_off_topology(QWidget& panel) {
  auto& topology = static_cast<TopologyPanel&>(panel);
  constexpr double hours = 2;  // long enough for the loss to be known, not for the rebuild to end
  topology.fail({UnitKind::machine, 1});
  topology.go_on(sim::hours(hours));
}

}  // namespace gui
