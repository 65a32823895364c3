#include "sim/words.h"

#include <bit>
#include <charconv>
#include <system_error>

namespace sim {
namespace {

/// What is written as it is within a text.
bool plain(char c) { return c > ' ' && c < '\x7f' && c != '%'; }

constexpr std::string_view hex_digits = "0123456789abcdef";

template <class T, class... Form>
bool read_all(std::string_view word, T& value, Form... form) {
  const char* end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data(), end, value, form...);
  return error == std::errc{} && rest == end;
}

}  // namespace

void WordWriter::add(std::string_view word) {
  end_zeros();
  if (!words_.empty()) words_ += ' ';
  words_ += word;
}

void WordWriter::end_zeros() {
  const std::uint64_t count = std::exchange(zeros_, 0);
  if (count == 0) return;
  if (!words_.empty()) words_ += ' ';
  if (count == 1) {
    words_ += '0';
  } else {
    words_ += '*';
    words_ += std::to_string(count);
  }
}

void WordWriter::put(const double& value) {
  if (std::bit_cast<std::uint64_t>(value) == 0) return zero();  // -0 has its own word
  std::array<char, 40> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::hex);
  add({text.data(), static_cast<std::size_t>(end - text.data())});
}

void WordWriter::put(const std::string& text) {
  std::string word = "=";
  for (const char c : text) {
    if (plain(c)) {
      word += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    word += {'%', hex_digits[byte >> 4U], hex_digits[byte & 15U]};
  }
  add(word);
}

std::string WordWriter::words() && {
  end_zeros();
  return std::move(words_);
}

std::string_view WordReader::word() {
  if (!good_ || rest_.empty()) {
    fail();
    return {};
  }
  const std::size_t space = rest_.find(' ');
  const std::string_view found = rest_.substr(0, space);
  rest_.remove_prefix(space == std::string_view::npos ? rest_.size() : space + 1);
  // A space at the very end has no word behind it.
  if (space != std::string_view::npos && rest_.empty()) fail();
  return found;
}

bool WordReader::takes_zero() {
  if (good_ && zeros_ == 0 && rest_.starts_with('*')) {
    if (!read_all(word().substr(1), zeros_) || zeros_ < 2) fail();
  }
  if (zeros_ > 0) {
    --zeros_;
    return true;
  }
  return !good_;
}

void WordReader::get(std::uint64_t& value) {
  value = 0;
  if (takes_zero()) return;
  if (!read_all(word(), value)) fail();
}

std::int64_t WordReader::whole(std::int64_t least) {
  std::int64_t value = 0;
  if (takes_zero()) return value;
  if (!read_all(word(), value) || value < least) fail();
  return value;
}

void WordReader::get(double& value) {
  value = 0;
  if (takes_zero()) return;
  if (!read_all(word(), value, std::chars_format::hex)) fail();
}

void WordReader::get(std::string& text) {
  text.clear();
  if (zeros_ > 0) return fail();
  const std::string_view coded = word();
  if (!coded.starts_with('=')) return fail();
  for (std::size_t i = 1; i < coded.size(); ++i) {
    if (coded[i] != '%') {
      text += coded[i];
      continue;
    }
    const std::size_t high =
        i + 2 < coded.size() ? hex_digits.find(coded[i + 1]) : std::string::npos;
    const std::size_t low = high == std::string::npos ? high : hex_digits.find(coded[i + 2]);
    if (low == std::string::npos) return fail();
    text += static_cast<char>(high * 16 + low);
    i += 2;
  }
}

std::size_t WordReader::size() {
  std::uint64_t count = 0;
  get(count);
  if (count <= most) return count;
  fail();
  return 0;
}

}  // namespace sim
