#include "gui/session.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <algorithm>
#include <filesystem>

#include "holdfast_version.h"

namespace gui {

using models::fleet::Results;

Session::Session() {
  constexpr int typing_ms = 200;  // a key stroke every 200 ms is about 60 words a minute
  pause_before_textbook_.setSingleShot(true);
  pause_before_textbook_.setInterval(typing_ms);
  pause_before_textbook_.callOnTimeout([this] { ask_textbook(); });
  constexpr int autosave_ms = 1000;
  pause_before_autosave_.setSingleShot(true);
  pause_before_autosave_.setInterval(autosave_ms);
  pause_before_autosave_.callOnTimeout([this] { autosave(); });
  textbook_runner_.on_done = [this](const Runner::Answer& answer) {
    if (answer) {
      textbook_ = std::make_shared<const Results>(answer.value());
      failure_.clear();
    } else {
      failure_ = to_string(answer.diagnostics().front());
    }
    if (ask_again_) ask_textbook();
    tell(result_listeners_);
  };
  runner_.on_progress = [this](const Runner::Progress& progress) {
    course_.push_back(progress);
    tell(run_listeners_);
  };
  runner_.on_done = [this](const Runner::Answer& answer) {
    if (answer) {
      results_ = std::make_shared<const Results>(answer.value());
      failure_.clear();
    } else {
      failure_ = to_string(answer.diagnostics().front());
    }
    tell(run_listeners_);
    tell(result_listeners_);
  };
  runner_.on_failure = [this](const std::string& reason) {
    failure_ = reason;
    tell(run_listeners_);
    tell(result_listeners_);
  };
}

void Session::tell(const std::vector<Listener>& listeners) {
  for (const Listener& listener : listeners) listener();
}

std::optional<std::string> Session::open(const std::string& file) {
  QFile in{QString::fromStdString(file)};
  if (!in.open(QIODevice::ReadOnly)) return file + ": " + in.errorString().toStdString();
  text.open(in.readAll().toStdString(), file);
  results_.reset();
  textbook_.reset();
  course_.clear();
  failure_.clear();
  text_changed();
  return std::nullopt;
}

std::optional<std::string> Session::save(const std::string& file) {
  QSaveFile out{QString::fromStdString(file)};
  const std::string& bytes = text.text();
  const bool written = out.open(QIODevice::WriteOnly) &&
                       out.write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0 &&
                       out.commit();
  if (!written) return file + ": " + out.errorString().toStdString();
  text.saved_as(file);
  text_changed();
  return std::nullopt;
}

void Session::text_changed() {
  reading_ = text.read();
  pause_before_autosave_.start();
  if (reading_.scenario) pause_before_textbook_.start();
  tell(text_listeners_);
}

void Session::autosave() const {
  if (autosave_file.empty()) return;
  const QString file = QString::fromStdString(autosave_file);
  if (!text.modified()) {
    QFile::remove(file);
    return;
  }
  QSaveFile out{file};
  if (!out.open(QIODevice::WriteOnly)) return;  // the user's own file is untouched
  const std::string bytes = text.file() + "\n" + text.text();
  out.write(bytes.data(), static_cast<qint64>(bytes.size()));
  out.commit();
}

std::optional<Session::LeftBehind> Session::left_behind() const {
  QFile in{QString::fromStdString(autosave_file)};
  if (autosave_file.empty() || !in.open(QIODevice::ReadOnly)) return std::nullopt;
  const QByteArray file = in.readLine().trimmed();
  return LeftBehind{file.toStdString(), in.readAll().toStdString()};
}

void Session::recover(const LeftBehind& left) {
  if (open(left.file)) text.open("", left.file);  // the file itself may be gone
  text.change(left.text);
  text_changed();
}

void Session::forget_changes() {
  pause_before_autosave_.stop();
  if (!autosave_file.empty()) QFile::remove(QString::fromStdString(autosave_file));
}

void Session::ask_textbook() {
  ask_again_ = textbook_runner_.running();
  if (ask_again_ || !reading_.scenario) return;
  models::scenario::Scenario scenario = *reading_.scenario;
  scenario.claims.clear();  // some take a second to judge
  models::fleet::RunOptions options;
  options.method = sim::Method::analytic;
  options.input_draws = 0;
  options.threads = 1;
  textbook_runner_.start(std::move(scenario), std::move(options));
}

void Session::run(models::fleet::RunOptions options) {
  course_.clear();
  failure_.clear();
  text_of_results_ = text.text();
  runner_.start(*reading_.scenario, std::move(options));
  tell(run_listeners_);
}

std::vector<std::string> shipped_scenarios() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path source{holdfast::scenario_dir};
  const fs::path folder =
      fs::is_directory(source, error) ? source : fs::path{holdfast::installed_scenario_dir};
  std::vector<std::string> files;
  for (fs::directory_iterator entry{folder, error}, end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".json") files.push_back(entry->path().string());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace gui
