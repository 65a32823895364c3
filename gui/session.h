#pragma once

#include <QtCore/QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/runner.h"
#include "gui/scenario_text.h"

namespace gui {

/// What all panels look at: the text under edit, what it says, what the textbook says of it and
/// what the last run gave. Panels subscribe; nobody knows another panel.
class Session final {
 public:
  Session();

  ScenarioText text;
  const Reading& reading() const { return reading_; }
  /// Of Method::analytic: follows every change that leaves a valid scenario.
  const std::shared_ptr<const models::fleet::Results>& textbook() const { return textbook_; }
  /// The last run that gave figures, and whether the scenario has changed since.
  const std::shared_ptr<const models::fleet::Results>& results() const { return results_; }
  bool results_are_stale() const { return text.text() != text_of_results_; }
  /// Why the last run, or the last textbook figures, gave none; empty if they did.
  const std::string& failure() const { return failure_; }
  const std::vector<Runner::Progress>& course() const { return course_; }
  Runner& runner() { return runner_; }

  /// Opens a file, or tells why not.
  std::optional<std::string> open(const std::string& file);
  /// Writes the text whole or not at all, or tells why not.
  std::optional<std::string> save(const std::string& file);
  /// After any change of `text`.
  void text_changed();
  /// @pre there is a scenario and no run under way
  void run(models::fleet::RunOptions options);

  using Listener = std::function<void()>;
  void when_text_changes(Listener listener) { text_listeners_.push_back(std::move(listener)); }
  void when_results_change(Listener listener) { result_listeners_.push_back(std::move(listener)); }
  void when_run_moves(Listener listener) { run_listeners_.push_back(std::move(listener)); }

  /// Unsaved text that an earlier window left when it ended without asking.
  struct LeftBehind {
    std::string file;
    std::string text;
  };
  std::optional<LeftBehind> left_behind() const;
  void recover(const LeftBehind& left);
  /// The user has answered what becomes of the changes: nothing is left behind.
  void forget_changes();

  /// The place that keeps unsaved text for after a crash; empty: no such place.
  std::string autosave_file;

 private:
  static void tell(const std::vector<Listener>& listeners);
  void ask_textbook();
  void autosave() const;

  Reading reading_;
  std::shared_ptr<const models::fleet::Results> textbook_;
  std::shared_ptr<const models::fleet::Results> results_;
  std::string text_of_results_;
  std::string failure_;
  std::vector<Runner::Progress> course_;
  std::vector<Listener> text_listeners_, result_listeners_, run_listeners_;
  QTimer pause_before_textbook_;
  QTimer pause_before_autosave_;
  bool ask_again_{false};
  Runner runner_;
  Runner textbook_runner_;
};

/// Files that `holdfast examples` lists.
std::vector<std::string> shipped_scenarios();

}  // namespace gui
