#pragma once

#include <QtCore/QMetaObject>
#include <QtCore/QObject>
#include <exception>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

namespace gui {

/// One piece of work at a time in a thread of its own; its answer comes in the thread of the
/// windows.
class Worker final : public QObject {
 public:
  /// @param owner  has the property "busy" while there is work: for whoever waits for its pictures
  explicit Worker(QObject* owner) : owner_(owner) {}
  ~Worker() override {
    cancel();
    if (thread_.joinable()) thread_.join();
  }

  bool running() const { return running_; }
  void cancel() { thread_.request_stop(); }

  /// @pre !running(). `failed` is told the reason of an exception.
  template <class Answer>
  void start(std::function<Answer(const std::stop_token&)> work, std::function<void(Answer)> done,
             std::function<void(const std::string&)> failed) {
    if (thread_.joinable()) thread_.join();
    set_running(true);
    thread_ = std::jthread{[this, work = std::move(work), done = std::move(done),
                            failed = std::move(failed)](const std::stop_token& stop) {
      try {
        auto answer = std::make_shared<Answer>(work(stop));
        in_windows([this, answer, done] {
          set_running(false);
          done(std::move(*answer));
        });
      } catch (const std::exception& fault) {
        in_windows([this, reason = std::string{fault.what()}, failed] {
          set_running(false);
          failed(reason);
        });
      }
    }};
  }

  /// From the work: does `tell` in the thread of the windows.
  void in_windows(std::function<void()> tell) {
    QMetaObject::invokeMethod(this, std::move(tell), Qt::QueuedConnection);
  }

 private:
  void set_running(bool running) {
    running_ = running;
    owner_->setProperty("busy", running);
  }

  QObject* owner_;
  bool running_{false};
  std::jthread thread_;
};

}  // namespace gui
