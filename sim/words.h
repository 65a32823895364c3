#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sim {

/// The numbers of an accumulator as words between spaces, which read back to the same bits: whole
/// numbers in decimal, doubles as hexadecimal floats, text behind "=", a run of zeros as "*N".
/// Writer and reader are shown the same numbers in the same order by one function of the
/// accumulator:
///
///     template <class Archive>
///     void show(Archive& archive) { archive(count_, mean_); }
class WordWriter {
 public:
  template <class... Values>
  void operator()(Values&... values) {
    (put(values), ...);
  }
  std::string words() &&;

 private:
  template <std::integral T>
  void put(const T& value) {
    value == 0 ? zero() : add(std::to_string(value));
  }
  void put(const double& value);
  void put(const std::string& text);
  template <class T>
  void put(std::vector<T>& values) {
    put(values.size());
    for (T& value : values) put(value);
  }
  template <class T, std::size_t N>
  void put(std::array<T, N>& values) {
    for (T& value : values) put(value);
  }
  template <class Key, class T>
  void put(std::map<Key, T>& values) {
    put(values.size());
    for (auto& [key, value] : values) {
      Key copy = key;
      put(copy);
      put(value);
    }
  }
  template <class T>
  requires requires(T& value, WordWriter& writer) { value.show(writer); }
  void put(T& value) { value.show(*this); }

  void zero() { ++zeros_; }
  void add(std::string_view word);
  void end_zeros();

  std::string words_;
  std::uint64_t zeros_{};
};

/// The numbers of `value`. @param value  a copy, for a reader has to change what it is shown
template <class T>
std::string words_of(T value) {
  WordWriter writer;
  writer(value);
  return std::move(writer).words();
}

/// Reads what a WordWriter wrote. After the first word that does not fit every number is zero.
class WordReader {
 public:
  explicit WordReader(std::string_view words) : rest_(words) {}

  template <class... Values>
  void operator()(Values&... values) {
    (get(values), ...);
  }
  /// Every word fitted, and there are no more.
  bool complete() const { return good_ && zeros_ == 0 && rest_.empty(); }

 private:
  /// Elements of a list, at most: more than any accumulator has, and they fit into memory.
  static constexpr std::uint64_t most = std::uint64_t{1} << 22U;

  template <std::integral T>
  void get(T& value) {
    const std::int64_t read = whole(static_cast<std::int64_t>(std::numeric_limits<T>::min()));
    value = static_cast<T>(read);
    if (!std::in_range<T>(read)) fail();
  }
  void get(std::uint64_t& value);
  void get(double& value);
  void get(std::string& text);
  template <class T>
  void get(std::vector<T>& values) {
    values.clear();
    values.resize(size());
    for (T& value : values) {
      if (good_) get(value);
    }
  }
  template <class T, std::size_t N>
  void get(std::array<T, N>& values) {
    for (T& value : values) get(value);
  }
  template <class Key, class T>
  void get(std::map<Key, T>& values) {
    values.clear();
    for (std::size_t left = size(); left > 0 && good_; --left) {
      Key key{};
      T value{};
      get(key);
      get(value);
      if (!values.emplace(std::move(key), std::move(value)).second) fail();
    }
  }
  template <class T>
  requires requires(T& value, WordReader& reader) { value.show(reader); }
  void get(T& value) { value.show(*this); }

  std::size_t size();
  std::int64_t whole(std::int64_t least);
  /// The next number is one of a run of zeros.
  bool takes_zero();
  std::string_view word();
  void fail() {
    good_ = false;
    zeros_ = 0;
  }

  std::string_view rest_;
  std::uint64_t zeros_{};
  bool good_{true};
};

/// `value` from its numbers; false if they are not those of such a value.
template <class T>
bool read_words(std::string_view words, T& value) {
  WordReader reader(words);
  reader(value);
  return reader.complete();
}

}  // namespace sim
