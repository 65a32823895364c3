#pragma once

#include <QtCore/QObject>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "models/fleet/run.h"

namespace gui {

/// Runs scenarios in a thread of its own, one at a time; answers come in the thread of the windows.
/// A run that is cancelled still gives what is known by then.
class Runner final : public QObject {
 public:
  using Progress = models::fleet::Progress;
  using Answer = models::scenario::Checked<models::fleet::Results>;

  ~Runner() override;

  std::function<void(const Progress&)> on_progress;
  std::function<void(const Answer&)> on_done;
  std::function<void(const std::string&)> on_failure;  ///< an exception: memory is out

  /// @pre !running()
  void start(models::scenario::Scenario scenario, models::fleet::RunOptions options);
  bool running() const { return running_; }
  void pause();
  void resume();
  bool paused() const;
  void cancel();

 private:
  void work(const models::scenario::Scenario& scenario, const models::fleet::RunOptions& options,
            const std::stop_token& stop);
  void hold(const std::stop_token& stop);

  bool running_{false};
  mutable std::mutex mutex_;
  std::condition_variable_any woken_;
  bool paused_{false};
  std::jthread thread_;
};

}  // namespace gui
