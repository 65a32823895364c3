#include "cli/console.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "cli/output_file.h"
#include "reports/display_width.h"

namespace cli {

void hold_standard_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // open() takes the lowest free number, which is this one.
      if (::open("/dev/null", O_RDWR) < 0) return;
    }
  }
}

bool print(std::string_view text) {
  if (write_all(STDOUT_FILENO, text)) return true;
  if (errno == EPIPE) return true;  // the reader has seen enough
  complain(std::string{"cannot write the output: "} + std::strerror(errno));
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
