#include "gui/stripe.h"

#include <fmt/format.h>

#include <QtWidgets/QtWidgets>

#include "gui/figure_view.h"
#include "gui/lazy_panel.h"
#include "gui/panel.h"
#include "gui/shard_button.h"
#include "models/fleet/arithmetic.h"
#include "reports/figure/chain_figure.h"

namespace gui {
namespace {

namespace codes = models::codes;

QString shown(const std::string& text) { return QString::fromStdString(text); }

/// Codes to look at where no scenario is open: those that the literature talks about.
std::vector<codes::CodeSpec> usual_codes() {
  return {{"replication", {{"copies", 3}}},
          {"reed-solomon", {{"data", 4}, {"parity", 2}}},
          {"reed-solomon", {{"data", 6}, {"parity", 3}}},
          {"reed-solomon", {{"data", 10}, {"parity", 4}}},
          {"lrc", {{"data", 12}, {"local_parity", 2}, {"global_parity", 2}}},
          {"mirror", {{"copies", 2}}, {{"reed-solomon", {{"data", 5}, {"parity", 1}}}}}};
}

class StripePanel final : public LazyPanel {
 public:
  explicit StripePanel(Session& session) : session_(session) {
    auto* split = new QSplitter{Qt::Horizontal};
    split->addWidget(make_left());
    split->addWidget(make_right());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({760, 500});
    auto* layout = new QVBoxLayout{this};
    layout->addLayout(make_bar());
    layout->addWidget(split, 1);
    session_.when_text_changes([this] { outdate(); });
    fill_choices();
  }

  void destroy(int slot) {
    stripe_->destroy(slot);
    refresh();
  }

 private:
  void catch_up() override { fill_choices(); }

  struct Choice {
    codes::CodeSpec spec;
    std::string strategy;  ///< empty: a usual code
  };

  QLayout* make_bar() {
    auto* bar = new QHBoxLayout;
    choice_ = new QComboBox;
    choice_->setObjectName(QStringLiteral("stripe code"));
    choice_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    QObject::connect(choice_, &QComboBox::activated, this, [this] { choose(); });
    bytes_ = new QLineEdit{say("Holdfast keeps these bytes of yours, whatever dies.")};
    bytes_->setObjectName(QStringLiteral("stripe bytes"));
    bytes_->setMaxLength(4096);
    QObject::connect(bytes_, &QLineEdit::textEdited, this, [this] { refill(); });
    auto* code = new QLabel{say("&Code")};
    code->setBuddy(choice_);
    auto* stored = new QLabel{say("&Bytes to store")};
    stored->setBuddy(bytes_);
    bar->addWidget(code);
    bar->addWidget(choice_);
    bar->addWidget(stored);
    bar->addWidget(bytes_, 1);
    return bar;
  }

  QWidget* make_left() {
    auto* inside = new QWidget;
    grid_ = new QGridLayout{inside};
    grid_->setSpacing(6);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(inside);
    auto* left = new QWidget;
    auto* layout = new QVBoxLayout{left};
    layout->setContentsMargins(0, 0, 0, 0);
    auto* hint =
        new QLabel{say("Click a shard to destroy it. Click it again to rebuild it by the "
                       "repair plan.")};
    hint->setWordWrap(true);
    layout->addWidget(hint);
    layout->addWidget(scroll, 1);
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const char* name, const QString& text, auto action) {
      auto* button = new QPushButton{text};
      button->setObjectName(QString::fromLatin1(name));
      QObject::connect(button, &QPushButton::clicked, this, action);
      buttons->addWidget(button);
      return button;
    };
    add("destroy one more", say("&Destroy one at random"), [this] { destroy_any(); });
    decode_ = add("decode", say("Deco&de all"), [this] {
      stripe_->decode();
      refresh();
    });
    add("restore", say("Start a&gain"), [this] { refill(); });
    buttons->addStretch();
    layout->addLayout(buttons);
    return left;
  }

  QWidget* make_right() {
    verdict_ = new QLabel;
    verdict_->setObjectName(QStringLiteral("stripe verdict"));
    verdict_->setWordWrap(true);
    verdict_->setTextFormat(Qt::RichText);
    verdict_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    plans_ = new QTreeWidget;
    plans_->setObjectName(QStringLiteral("stripe plans"));
    plans_->setHeaderLabels({say("Shard"), say("Its repair reads"), say("Bytes read")});
    plans_->setRootIsDecorated(false);
    QObject::connect(plans_, &QTreeWidget::currentItemChanged, this, [this] { mark_reads(); });
    chain_ = new FigureView;
    chain_->setObjectName(QStringLiteral("chain"));
    auto* split = new QSplitter{Qt::Vertical};
    auto* above = new QWidget;
    auto* layout = new QVBoxLayout{above};
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(verdict_);
    layout->addWidget(plans_, 1);
    split->addWidget(above);
    split->addWidget(chain_);
    split->setSizes({300, 300});
    return split;
  }

  void fill_choices() {
    std::vector<Choice> choices;
    if (session_.reading().scenario) {
      for (const auto& strategy : session_.reading().scenario->strategies) {
        choices.push_back({strategy.code, strategy.name});
      }
    }
    for (codes::CodeSpec& spec : usual_codes()) choices.push_back({std::move(spec), {}});
    const QString before = choice_->currentText();
    choices_ = std::move(choices);
    choice_->clear();
    for (const Choice& choice : choices_) {
      const std::string code = codes::make_code(choice.spec)->name();
      choice_->addItem(shown(choice.strategy.empty() ? code : choice.strategy + ": " + code));
    }
    const int again = session_.text.file() == file_ ? choice_->findText(before) : -1;
    file_ = session_.text.file();
    choice_->setCurrentIndex(again >= 0 ? again : widest());
    choose();
  }

  /// The code with most shards that can be looked at together: what there is most to see of.
  int widest() const {
    constexpr int most = 20;
    int best = 0;
    int shards = 0;
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      const int total = codes::make_code(choices_[i].spec)->shape().total();
      const bool own = !choices_[i].strategy.empty() || choices_.front().strategy.empty();
      if (!own || total > most || total <= shards) continue;
      best = static_cast<int>(i);
      shards = total;
    }
    return best;
  }

  void choose() {
    const Choice& choice = choices_[static_cast<std::size_t>(choice_->currentIndex())];
    if (stripe_ && spec_ == choice.spec && strategy_ == choice.strategy) {
      show_chain();  // its rates may have changed
      return;
    }
    spec_ = choice.spec;
    strategy_ = choice.strategy;
    stripe_ = std::make_unique<Stripe>(choice.spec);
    rebuild_tiles();
    refill();
    show_chain();
  }

  void rebuild_tiles() {
    qDeleteAll(tiles_);
    tiles_.clear();
    constexpr int most_columns = 5;
    for (int slot = 0; slot < stripe_->shards(); ++slot) {
      auto* tile = new ShardButton;
      tile->setObjectName(QStringLiteral("shard %1").arg(slot));
      QObject::connect(tile, &QAbstractButton::clicked, this, [this, slot] { toggle(slot); });
      grid_->addWidget(tile, slot / most_columns, slot % most_columns);
      tiles_.push_back(tile);
    }
    grid_->setRowStretch(stripe_->shards() / most_columns + 1, 1);
    grid_->setColumnStretch(most_columns, 1);
  }

  void refill() {
    stripe_->fill(bytes_->text().toStdString());
    refresh();
  }

  void toggle(int slot) {
    if (!stripe_->destroyed(slot)) {
      stripe_->destroy(slot);
    } else if (!stripe_->rebuild(slot)) {
      refresh();
      return;
    }
    refresh();
  }

  void destroy_any() {
    std::vector<int> whole;
    for (int slot = 0; slot < stripe_->shards(); ++slot) {
      if (!stripe_->destroyed(slot)) whole.push_back(slot);
    }
    if (whole.empty()) return;
    const auto place = QRandomGenerator::global()->bounded(static_cast<quint32>(whole.size()));
    stripe_->destroy(whole[place]);
    refresh();
  }

  void refresh() {
    decode_->setEnabled(stripe_->erased().any() && stripe_->recoverable());
    fill_plans();
    mark_reads();
    verdict_->setText(verdict_text());
  }

  void fill_plans() {
    plans_->clear();
    for (int slot = 0; slot < stripe_->shards(); ++slot) {
      if (!stripe_->destroyed(slot)) continue;
      const auto plan = stripe_->plan(slot);
      auto* item = new QTreeWidgetItem{plans_};
      item->setData(0, Qt::UserRole, slot);
      item->setText(0, QString::number(slot));
      item->setText(1, plan ? shown(plan_text(*plan)) : say("cannot be rebuilt"));
      item->setText(2, plan ? QString::number(static_cast<std::size_t>(plan->reads()) *
                                              stripe_->shard_bytes())
                            : QStringLiteral("-"));
      item->setToolTip(1, item->text(1));
    }
    if (plans_->topLevelItemCount() > 0) plans_->setCurrentItem(plans_->topLevelItem(0));
    plans_->header()->resizeSection(0, 70);
    plans_->header()->resizeSection(1, 250);
  }

  /// Shows what the chosen repair reads on the tiles themselves.
  void mark_reads() {
    codes::ShardSet read;
    if (const auto* item = plans_->currentItem()) {
      if (const auto plan = stripe_->plan(item->data(0, Qt::UserRole).toInt())) {
        read = stripe_->reads(*plan);
      }
    }
    for (int slot = 0; slot < stripe_->shards(); ++slot) {
      const auto& bytes = stripe_->shard(slot);
      const bool reads = read.test(static_cast<std::size_t>(slot));
      const auto state = stripe_->destroyed(slot) ? ShardButton::State::destroyed
                         : reads                  ? ShardButton::State::read
                                                  : ShardButton::State::whole;
      tiles_[static_cast<std::size_t>(slot)]->show_shard(
          slot, role(slot),
          QByteArray{reinterpret_cast<const char*>(bytes.data()),
                     static_cast<qsizetype>(bytes.size())},
          state);
    }
  }

  QString role(int slot) const {
    const codes::Code& code = stripe_->code();
    const QString kind = slot < code.shape().data ? say("data") : say("parity");
    return code.arrays() > 1 ? say("array %1").arg(code.array_of(slot) + 1) : kind;
  }

  QString verdict_text() const {
    const auto gone = stripe_->erased().count();
    const codes::Code& code = stripe_->code();
    const QString head = say("%1: any %2 may die; it stores %3 bytes for each byte")
                             .arg(shown(code.name()))
                             .arg(code.tolerance())
                             .arg(QString::number(code.overhead(), 'g', 3));
    const auto read = stripe_->read();
    if (!read) {
      return QStringLiteral("<p>%1</p><p><b>%2</b></p>")
          .arg(head.toHtmlEscaped(), say("%1 of %2 shards are gone: the bytes are lost.")
                                         .arg(gone)
                                         .arg(stripe_->shards()));
    }
    const QString state = gone == 0
                              ? say("Nothing is gone.")
                              : say("%1 of %2 shards are gone: the rest gives back every byte.")
                                    .arg(gone)
                                    .arg(stripe_->shards());
    return QStringLiteral("<p>%1</p><p><b>%2</b></p><p>“%3”</p>")
        .arg(head.toHtmlEscaped(), state, shown(*read).toHtmlEscaped());
  }

  void show_chain() {
    const auto& scenario = session_.reading().scenario;
    std::vector<models::analytic::ChainStep> steps;
    if (scenario && !strategy_.empty()) {
      for (const auto& strategy : scenario->strategies) {
        if (strategy.name != strategy_) continue;
        steps = models::analytic::chain_steps(
            models::fleet::chain_inputs(*scenario, strategy, stripe_->code()));
      }
    }
    chain_->show_figure(
        [steps](reports::figure::Size size) { return reports::figure::chain_figure(steps, size); });
  }

  Session& session_;
  QComboBox* choice_{};
  QLineEdit* bytes_{};
  QGridLayout* grid_{};
  QPushButton* decode_{};
  QLabel* verdict_{};
  QTreeWidget* plans_{};
  FigureView* chain_{};
  std::vector<ShardButton*> tiles_;
  std::vector<Choice> choices_;
  codes::CodeSpec spec_;
  std::string strategy_;
  std::string file_{"?"};
  std::unique_ptr<Stripe> stripe_;
};

}  // namespace

QWidget* make_stripe(Session& session, const WindowRequests& /*requests*/) {
  return new StripePanel{session};
}

void show_off_stripe(QWidget& panel) { static_cast<StripePanel&>(panel).destroy(1); }

}  // namespace gui
