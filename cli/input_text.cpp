#include "cli/input_text.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace cli {
namespace {

using models::scenario::Checked;
using models::scenario::Diagnostics;
using models::scenario::FileRead;

bool is_standard_input(std::string_view input) { return input == "-"; }

Diagnostics refuse(std::string why) {
  return {
      {.file = std::string{standard_input}, .line = 0, .pointer = {}, .message = std::move(why)}};
}

Checked<std::string> read_standard_input() {
  constexpr std::size_t most = models::scenario::max_file_bytes;
  std::string bytes;
  std::array<char, 1U << 16U> block{};
  while (bytes.size() <= most) {
    const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return refuse(std::string{"cannot be read: "} + std::strerror(errno));
    if (count == 0 && bytes.empty()) {
      return refuse("is empty; '-' reads the input from there, as in: holdfast validate - < FILE");
    }
    if (count == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(count));
  }
  return refuse(fmt::format("is larger than {} MiB", most >> 20U));
}

}  // namespace

FileRead InputText::read_as(std::string what) const {
  return {std::move(what), name, models::scenario::sha256_of(bytes)};
}

std::string name_of_input(const std::string& input) {
  return is_standard_input(input) ? std::string{standard_input} : input;
}

Checked<InputText> read_input(const std::string& input) {
  auto bytes =
      is_standard_input(input) ? read_standard_input() : models::scenario::read_bytes(input);
  if (!bytes) return bytes.diagnostics();
  return InputText{name_of_input(input), std::move(bytes.value())};
}

}  // namespace cli
