#include "cli/checkpoint.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "cli/console.h"
#include "cli/output_file.h"
#include "models/fleet/checkpoint.h"
#include "models/input/large_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Identity = std::optional<std::pair<dev_t, ino_t>>;

Identity identity_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return std::pair{status.st_dev, status.st_ino};
}

Identity identity_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return std::nullopt;
  return std::pair{status.st_dev, status.st_ino};
}

/// Makes a rename last.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

std::string unfinished_name(const std::string& file) {
  return place_of(file).string() + ".unfinished";
}

Checkpoint::Checkpoint(const std::string& file, models::fleet::RunIdentity run,
                       models::fleet::BlockStore& blocks)
    : place_(place_of(file)),
      unfinished_(unfinished_name(file)),
      run_(std::move(run)),
      blocks_(blocks) {}

models::scenario::Diagnostics Checkpoint::load() {
  std::error_code error;
  if (!fs::exists(place_, error)) return {};
  file_ = identity_of(place_);
  const auto text = models::scenario::read_bytes(place_, models::scenario::max_sums_bytes);
  if (!text) return text.diagnostics();
  return models::fleet::read_checkpoint(text.value(), place_.string(), run_, blocks_);
}

void Checkpoint::start() {
  writer_ = std::jthread([this](const std::stop_token& over) { loop(over); });
}

void Checkpoint::loop(const std::stop_token& over) {
  constexpr std::chrono::milliseconds look{20};
  constexpr std::chrono::duration<double> pause{2.0};
  constexpr double rest = 20;  // times what the last writing took: it costs 5 % of a core at most
  std::optional<Clock::time_point> due;  // empty: at once
  while (!over.stop_requested()) {
    std::this_thread::sleep_for(look);
    const auto now = Clock::now();
    if (blocks_.news() == saved_ || (due && now < *due)) continue;
    if (const auto fault = write(); fault && !std::exchange(told_, true)) {
      complain(*fault + "; the run goes on");
    }
    const std::chrono::duration<double> took = Clock::now() - now;
    due = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::max(pause, rest * took));
  }
}

std::optional<std::string> Checkpoint::finish() {
  writer_.request_stop();
  if (writer_.joinable()) writer_.join();
  return blocks_.news() == saved_ ? std::nullopt : write();
}

bool Checkpoint::ours() const {
  const Identity there = identity_of(place_);
  return !there || there == file_;
}

std::optional<std::string> Checkpoint::write_to(int descriptor, const std::string& text) {
  const auto reason = [this] {
    return fmt::format("cannot write {}: {}", place_.string(), write_fault(errno));
  };
  // Another run may hold it, or have renamed it since it was opened.
  // A file system may have no locks: the identities are checked all the same.
  const bool held = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (held || identity_of(descriptor) != identity_of(unfinished_) || !ours()) {
    return fmt::format("cannot write {}: another run writes this checkpoint; name another file",
                       place_.string());
  }
  if (::ftruncate(descriptor, 0) != 0 || !write_all(descriptor, text) || ::fsync(descriptor) != 0) {
    std::string why = reason();
    ::unlink(unfinished_.c_str());
    return why;
  }
  const Identity written = identity_of(descriptor);
  if (::rename(unfinished_.c_str(), place_.c_str()) != 0) return reason();
  file_ = written;
  sync_folder(place_.parent_path());
  return std::nullopt;
}

std::optional<std::string> Checkpoint::write() {
  const std::uint64_t news = blocks_.news();
  const std::string text = models::fleet::checkpoint_text(run_, blocks_);
  constexpr mode_t rights = 0666;  // less the user's mask
  const int descriptor =
      ::open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, rights);
  if (descriptor < 0) {
    return fmt::format("cannot write {}: {}", unfinished_.string(), write_fault(errno));
  }
  auto fault = write_to(descriptor, text);
  ::close(descriptor);
  if (!fault) saved_ = news;
  return fault;
}

}  // namespace cli
