#include "cli/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <utility>

namespace cli {
namespace {

namespace fs = std::filesystem;

std::string reason(const std::string& path, int error) {
  return fmt::format("cannot write {}: {}", path, write_fault(error));
}

/// A device or pipe: there is nothing to rename onto.
bool is_special(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return !error && fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

/// Opens a new file beside `target`; its name is put into `name`. -1 with errno on failure.
int open_beside(const fs::path& target, std::string& name) {
  name = target.string() + ".XXXXXX";
  return ::mkostemp(name.data(), O_CLOEXEC);
}

/// The rights that the file had, or those that the user's mask gives a new one.
mode_t mode_for(const fs::path& target) {
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) return status.st_mode & 0777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

bool is_named_pipe(const std::string& path) {
  std::error_code error;
  return fs::is_fifo(path, error);
}

/// Opens without waiting for the reader of a pipe longer than reader_patience_s. -1 with errno on
/// failure.
int open_special(const std::string& path) {
  constexpr timespec pause{.tv_sec = 0, .tv_nsec = 20'000'000};
  constexpr int most = reader_patience_s * 50;
  int descriptor = -1;
  for (int tries = 0; tries < most; ++tries) {
    descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor >= 0 || errno != ENXIO || !is_named_pipe(path)) break;
    ::nanosleep(&pause, nullptr);
    errno = ENXIO;
  }
  // From here on a slow reader is waited for, as by every program that writes to a pipe.
  if (descriptor >= 0) ::fcntl(descriptor, F_SETFL, O_WRONLY);
  return descriptor;
}

std::optional<std::string> write_directly(const std::string& path, std::string_view text) {
  const int descriptor = open_special(path);
  if (descriptor < 0 && errno == ENXIO && is_named_pipe(path)) {
    return fmt::format(
        "cannot write {0}: nobody reads this pipe; start its reader first, such as: cat {0} &",
        path);
  }
  if (descriptor < 0) return reason(path, errno);
  const bool written = write_all(descriptor, text);
  const int error = errno;
  ::close(descriptor);
  if (!written) return reason(path, error);
  return std::nullopt;
}

}  // namespace

fs::path place_of(const std::string& path) {
  // A link to a file that is still missing is followed by hand: canonical() would stop at it.
  constexpr int most_links = 40;  // as many as Linux follows
  std::error_code error;
  fs::path at = fs::absolute(path, error);
  if (error) return path;
  for (int i = 0; i < most_links && fs::is_symlink(at, error); ++i) {
    const fs::path target = fs::read_symlink(at, error);
    if (error) return path;
    at = at.parent_path() / target;
  }
  const fs::path real = fs::weakly_canonical(at, error);
  return error ? at.lexically_normal() : real;
}

std::string write_fault(int error) {
  const std::string text = std::strerror(error);
  if (error == EFBIG) return text + "; a limit on the size of files stands in the way (ulimit -f)";
  if (error == EPIPE) return text + "; its reader went away before the end";
  if (error == EBADF) return "it is closed; open it, or send it to /dev/null";
  return text;
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::string> OutputFile::refusal() const {
  if (is_stdout()) return std::nullopt;
  std::error_code error;
  if (path_.empty()) return "an output needs a file name, or - for standard output";
  if (fs::is_directory(path_, error)) return fmt::format("cannot write {}: it is a folder", path_);
  const fs::path target = place_of(path_);
  if (fs::exists(target, error) && ::access(target.c_str(), W_OK) != 0) return reason(path_, errno);
  if (is_special(path_)) return std::nullopt;
  std::string name;
  const int descriptor = open_beside(target, name);
  if (descriptor < 0) return reason(path_, errno);
  ::close(descriptor);
  ::unlink(name.c_str());
  return std::nullopt;
}

std::optional<std::string> OutputFile::commit(std::string_view text) const {
  if (is_special(path_)) return write_directly(path_, text);
  const fs::path target = place_of(path_);
  std::string name;
  const int descriptor = open_beside(target, name);
  if (descriptor < 0) return reason(path_, errno);
  bool good = write_all(descriptor, text) && ::fchmod(descriptor, mode_for(target)) == 0 &&
              ::fsync(descriptor) == 0;
  int error = errno;
  if (::close(descriptor) != 0 && good) {
    good = false;
    error = errno;
  }
  if (good && ::rename(name.c_str(), target.c_str()) == 0) return std::nullopt;
  if (good) error = errno;
  ::unlink(name.c_str());
  return reason(path_, error);
}

}  // namespace cli
