#include "cli/console.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>

#include "cli/output_file.h"
#include "reports/words/display_width.h"

namespace cli {

void hold_standard_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // open() takes the lowest free number, which is this one.
      if (::open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR) < 0) return;
    }
  }
}

void take_signals_as_errors() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool stdout_is_open() {
  const int mode = ::fcntl(STDOUT_FILENO, F_GETFL);
  return mode != -1 && (static_cast<unsigned>(mode) & O_ACCMODE) != O_RDONLY;
}

bool print(std::string_view text) {
  if (write_all(STDOUT_FILENO, text)) return true;
  if (errno == EPIPE) return true;  // the reader has seen enough
  complain("cannot write the output: " + write_fault(errno));
  return false;
}

void complain(std::string_view message) {
  write_all(STDERR_FILENO, "holdfast: " + reports::printable(message) + "\n");
}

void complain(const models::scenario::Diagnostics& diagnostics) {
  std::string text;
  for (const auto& diagnostic : diagnostics) {
    text += reports::printable(models::scenario::to_string(diagnostic)) + "\n";
  }
  write_all(STDERR_FILENO, text);
}

namespace {

bool terminal_is_dumb() {
  const char* terminal = std::getenv("TERM");
  return terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
}

}  // namespace

reports::Colour stdout_colour() {
  const char* refused = std::getenv("NO_COLOR");
  const bool wanted = ::isatty(STDOUT_FILENO) == 1 && !terminal_is_dumb() &&
                      (refused == nullptr || refused[0] == '\0');
  return wanted ? reports::Colour::ansi : reports::Colour::never;
}

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

bool stderr_can_redraw() { return stderr_is_terminal() && !terminal_is_dumb(); }

std::size_t terminal_rows() {
  winsize size{};
  constexpr std::size_t usual = 24;
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return usual;
  return size.ws_row;
}

}  // namespace cli
