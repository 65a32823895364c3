#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "models/input/document.h"
#include "models/input/hidden_character.h"

// The library's event interface builds our own tree, because its own forgets lines and lets
// duplicate keys win silently. A counting iterator tells how far its lexer has read.
namespace models::scenario {
namespace {

class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** published) : at_(at), published_(published) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *published_ = ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** published_;
};

// The reason of "[json.exception.parse_error.101] parse error at line 1, column 2: reason".
std::string reason_of(std::string_view what) {
  const std::size_t place = what.find("column ");
  const std::size_t end =
      place == std::string_view::npos ? what.find("] ") : what.find(": ", place);
  if (end != std::string_view::npos) what.remove_prefix(end + 2);
  return std::string(what.substr(0, 300));
}

class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, const std::string& file, Node& root)
      : counted_to_(text.data()), read_to_(text.data()), file_(file), root_(root) {}

  const char** published() { return &read_to_; }
  Diagnostics take_faults() { return std::move(faults_); }

  bool null() { return add({}); }
  bool boolean(bool value) {
    Node node;
    node.kind = Node::Kind::boolean;
    node.boolean = value;
    return add(std::move(node));
  }
  bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
  bool number_float(double value, const std::string& /*literal*/) { return number(value); }
  bool string(std::string& value) {
    check_characters(value, "the text");
    Node node;
    node.kind = Node::Kind::text;
    node.text = std::move(value);
    return add(std::move(node));
  }
  static bool binary(nlohmann::json::binary_t& /*value*/) { return false; }
  bool key(std::string& value) {
    check_characters(value, "the key");
    if (!keys_.back().insert(value).second) {
      fault(fmt::format("the key '{}' is given twice; one of them has to go", value.substr(0, 60)));
    }
    key_ = std::move(value);
    return true;
  }
  bool start_object(std::size_t /*count*/) { return open(Node::Kind::object); }
  bool start_array(std::size_t /*count*/) { return open(Node::Kind::list); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::json::exception& error) {
    fault("not valid JSON: " + reason_of(error.what()));
    return false;
  }

 private:
  bool number(double value) {
    Node node;
    node.kind = Node::Kind::number;
    node.number = value;
    return add(std::move(node));
  }

  bool add(Node node) {
    constexpr std::size_t most_values = 1'000'000;
    if (++values_ > most_values) {
      fault("has more than a million values; a scenario describes a system, it does not list it");
      return false;
    }
    node.line = line();
    node.key = std::exchange(key_, {});
    if (open_.empty()) {
      root_ = std::move(node);
    } else {
      open_.back()->children.push_back(std::move(node));
    }
    return true;
  }

  bool open(Node::Kind kind) {
    if (open_.size() >= static_cast<std::size_t>(max_depth)) {
      fault(fmt::format("is nested deeper than {} levels", max_depth));
      return false;
    }
    Node node;
    node.kind = kind;
    if (!add(std::move(node))) return false;
    // Only the innermost open node grows, so the addresses of the open ones stay.
    open_.push_back(open_.empty() ? &root_ : &open_.back()->children.back());
    keys_.emplace_back();
    return true;
  }

  bool close() {
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  // The lexer looks one character past a number, which may be the end of the line.
  int line() {
    for (; counted_to_ + 1 < read_to_; ++counted_to_) {
      if (*counted_to_ == '\n') ++line_;
    }
    return line_;
  }

  void check_characters(std::string_view text, std::string_view what) {
    const auto hidden = hidden_character(text);
    if (!hidden) return;
    // Before it stands what a person can look for.
    std::string_view before = text.substr(0, hidden->at);
    if (before.size() > 40) before.remove_prefix(before.size() - 40);
    while (!before.empty() && (static_cast<unsigned char>(before[0]) & 0xC0U) == 0x80U) {
      before.remove_prefix(1);
    }
    const std::string place = before.empty() ? "at its start" : fmt::format("behind '{}'", before);
    fault(fmt::format("{} has {} {}; delete it there", what, hidden->shown, place));
  }

  void fault(std::string message) {
    constexpr std::size_t most_faults = 100;
    if (faults_.size() < most_faults) {
      faults_.push_back(
          {.file = file_, .line = line(), .pointer = {}, .message = std::move(message)});
    }
  }

  const char* counted_to_;
  const char* read_to_;
  const std::string& file_;
  Node& root_;
  int line_{1};
  std::size_t values_{};
  std::string key_;
  std::vector<Node*> open_;
  std::vector<std::set<std::string, std::less<>>> keys_;
  Diagnostics faults_;
};

}  // namespace

Diagnostics parse_json(std::string_view text, const std::string& file, Node& root) {
  // The library takes a NUL for the end and accepts whatever follows it.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const auto lines =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(nul), '\n');
    return {{.file = file,
             .line = static_cast<int>(lines) + 1,
             .pointer = {},
             .message = "has a NUL byte: this is not a text file"}};
  }
  TreeBuilder builder(text, file, root);
  const char* const end = text.data() + text.size();
  constexpr bool whole_text = true;
  constexpr bool comments = true;
  const bool parsed =
      nlohmann::json::sax_parse(CountingIterator(text.data(), builder.published()),
                                CountingIterator(end, builder.published()), &builder,
                                nlohmann::json::input_format_t::json, whole_text, comments);
  Diagnostics faults = builder.take_faults();
  if (!parsed && faults.empty()) {
    faults.push_back({.file = file, .line = 0, .pointer = {}, .message = "not valid JSON"});
  }
  return faults;
}

}  // namespace models::scenario
