#include "models/input/text_patch.h"

#include <fmt/format.h>

#include "models/input/document.h"

namespace models::scenario {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Finds values without looking at what they say: parse_json() does that.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Places scan() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    skip();
    const bool good = value("", {.key = at_, .begin = {}, .end = {}, .comma_before = {}}, 0);
    skip();
    return good && at_ == text_.size() ? std::move(places_) : Places{};
  }

 private:
  bool looking_at(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  void skip() {
    while (at_ < text_.size()) {
      if (blanks.find(text_[at_]) != std::string_view::npos) {
        ++at_;
      } else if (looking_at("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (looking_at("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return;
      }
    }
  }

  bool quoted() {
    if (!looking_at("\"")) return false;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        return true;
      }
    }
    return false;
  }

  bool value(const std::string& pointer, Place place, int depth) {
    if (at_ >= text_.size() || depth > max_depth) return false;
    place.begin = at_;
    const char first = text_[at_];
    bool good = true;
    if (first == '{' || first == '[') {
      good = members(pointer, first == '{', depth);
    } else if (first == '"') {
      good = quoted();
    } else {
      at_ = std::min(text_.find_first_of(",]}/ \t\r\n", at_), text_.size());
      good = at_ > place.begin;
    }
    place.end = at_;
    places_[pointer] = place;
    return good;
  }

  static std::string escaped(std::string_view key) {
    std::string out;
    for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
  }

  bool members(const std::string& pointer, bool object, int depth) {
    const char last = object ? '}' : ']';
    ++at_;
    std::optional<std::size_t> comma;
    for (std::size_t number = 0;; ++number) {
      skip();
      if (number == 0 && at_ < text_.size() && text_[at_] == last) break;
      const Place place{.key = at_, .begin = {}, .end = {}, .comma_before = comma};
      std::string child = std::to_string(number);
      if (object) {
        if (!quoted()) return false;
        child = escaped(text_.substr(place.key + 1, at_ - place.key - 2));
        skip();
        if (!looking_at(":")) return false;
        ++at_;
        skip();
      }
      if (!value(pointer + "/" + child, place, depth + 1)) return false;
      skip();
      if (at_ >= text_.size()) return false;
      if (text_[at_] == last) break;
      if (text_[at_] != ',') return false;
      comma = at_++;
    }
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_{};
  Places places_;
};

/// What stands between the line's begin and `at`, if that is all blank.
std::optional<std::string> indent_at(std::string_view text, std::size_t at) {
  const std::size_t line = text.rfind('\n', at);
  if (line == std::string_view::npos || at == 0) return std::nullopt;
  const std::string_view before = text.substr(line + 1, at - line - 1);
  if (before.find_first_not_of(" \t") != std::string_view::npos) return std::nullopt;
  return std::string{before};
}

std::string separator(std::string_view text, const Place& neighbour) {
  const auto indent = indent_at(text, neighbour.key);
  return indent ? ",\n" + *indent : ", ";
}

std::string inserted(std::string_view text, std::size_t at, std::string_view piece) {
  std::string out{text.substr(0, at)};
  out += piece;
  out += text.substr(at);
  return out;
}

/// The direct child that stands last, or null.
const Place* last_child(const Places& places, std::string_view pointer) {
  const Place* last = nullptr;
  const std::string prefix = std::string{pointer} + "/";
  for (auto at = places.lower_bound(prefix); at != places.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    if (at->first.find('/', prefix.size()) != std::string::npos) continue;
    if (last == nullptr || at->second.end > last->end) last = &at->second;
  }
  return last;
}

std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool special = token[i] == '~' && i + 1 < token.size();
    out += special ? (token[++i] == '1' ? '/' : '~') : token[i];
  }
  return out;
}

}  // namespace

Places places_of(std::string_view text) { return Scanner{text}.scan(); }

std::string with_value(std::string_view text, std::string_view pointer, std::string_view literal) {
  const Places places = places_of(text);
  if (const auto found = places.find(pointer); found != places.end()) {
    const auto [key, begin, end, comma] = found->second;
    return fmt::format("{}{}{}", text.substr(0, begin), literal, text.substr(end));
  }
  const std::size_t slash = pointer.rfind('/');
  if (places.empty() || slash == std::string_view::npos) return std::string{text};
  const std::string_view parent = pointer.substr(0, slash);
  const std::string member =
      fmt::format("\"{}\": {}", unescaped(pointer.substr(slash + 1)), literal);
  const auto above = places.find(parent);
  if (above == places.end()) return with_value(text, parent, "{" + member + "}");
  if (text[above->second.begin] != '{') return std::string{text};
  if (const Place* last = last_child(places, parent)) {
    return inserted(text, last->end, separator(text, *last) + member);
  }
  return inserted(text, above->second.begin + 1, member);
}

std::string without(std::string_view text, std::string_view pointer) {
  const Places places = places_of(text);
  const auto found = places.find(pointer);
  if (found == places.end() || pointer.empty()) return std::string{text};
  const Place& place = found->second;
  std::string out{text};
  std::size_t end = place.end;
  const std::size_t next = text.find_first_not_of(blanks, end);
  if (!place.comma_before && next != std::string_view::npos && text[next] == ',') {
    end = std::min(text.find_first_not_of(blanks, next + 1), text.size());
    return out.erase(place.key, end - place.key);
  }
  std::size_t begin = place.key;
  while (begin > 0 && blanks.find(out[begin - 1]) != std::string_view::npos) --begin;
  out.erase(begin, end - begin);
  if (place.comma_before) out.erase(*place.comma_before, 1);
  return out;
}

std::string with_value_after(std::string_view text, std::string_view pointer,
                             std::string_view literal) {
  const Places places = places_of(text);
  const auto found = places.find(pointer);
  if (found == places.end()) return std::string{text};
  return inserted(text, found->second.end, separator(text, found->second) + std::string{literal});
}

std::string json_literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace models::scenario
