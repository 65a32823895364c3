#include "gui/runner.h"

#include <QtCore/QMetaObject>
#include <chrono>
#include <exception>
#include <utility>

namespace gui {

Runner::~Runner() {
  cancel();
  if (thread_.joinable()) thread_.join();
}

void Runner::start(models::scenario::Scenario scenario, models::fleet::RunOptions options) {
  if (thread_.joinable()) thread_.join();
  running_ = true;
  paused_ = false;
  thread_ = std::jthread{[this, scenario = std::move(scenario), options = std::move(options)](
                             const std::stop_token& stop) { work(scenario, options, stop); }};
}

void Runner::work(const models::scenario::Scenario& scenario,
                  const models::fleet::RunOptions& options, const std::stop_token& stop) {
  auto last = std::chrono::steady_clock::time_point{};
  const auto progress = [&](const Progress& now) {
    hold(stop);
    const auto time = std::chrono::steady_clock::now();
    if (time - last < std::chrono::milliseconds{50}) return;
    last = time;
    QMetaObject::invokeMethod(
        this,
        [this, now] {
          if (on_progress) on_progress(now);
        },
        Qt::QueuedConnection);
  };
  try {
    auto answer =
        std::make_shared<const Answer>(models::fleet::run(scenario, options, progress, stop));
    QMetaObject::invokeMethod(
        this,
        [this, answer] {
          running_ = false;
          if (on_done) on_done(*answer);
        },
        Qt::QueuedConnection);
  } catch (const std::exception& fault) {
    const std::string reason = fault.what();
    QMetaObject::invokeMethod(
        this,
        [this, reason] {
          running_ = false;
          if (on_failure) on_failure(reason);
        },
        Qt::QueuedConnection);
  }
}

// The run calls this between blocks while it holds its book of blocks: threads that finish a block
// wait for it.
void Runner::hold(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  woken_.wait(lock, stop, [this] { return !paused_; });
}

void Runner::pause() {
  const std::scoped_lock lock{mutex_};
  paused_ = true;
}

void Runner::resume() {
  {
    const std::scoped_lock lock{mutex_};
    paused_ = false;
  }
  woken_.notify_all();
}

bool Runner::paused() const {
  const std::scoped_lock lock{mutex_};
  return paused_;
}

void Runner::cancel() { thread_.request_stop(); }

}  // namespace gui
