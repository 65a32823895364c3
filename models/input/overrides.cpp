#include "models/input/overrides.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace models::scenario {
namespace {

using Path = std::vector<std::string>;

Path split(std::string_view text, char mark) {
  Path parts;
  for (;;) {
    const std::size_t end = text.find(mark);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

Path path_of(std::string_view text) {
  if (!text.starts_with('/')) return split(text, '.');
  Path path = split(text.substr(1), '/');
  for (std::string& part : path) {
    replace_all(part, "~1", "/");
    replace_all(part, "~0", "~");
  }
  return path;
}

// Empty if `value` is a literal or may stand as a text; else why it is a broken literal.
std::string read_value(std::string_view value, const std::string& origin, Node& node) {
  Node parsed;
  const Diagnostics faults = parse_json(value, origin, parsed);
  if (faults.empty()) {
    node.kind = parsed.kind;
    node.boolean = parsed.boolean;
    node.number = parsed.number;
    node.text = std::move(parsed.text);
    node.children = std::move(parsed.children);
    return {};
  }
  if (value.starts_with('{') || value.starts_with('[') || value.starts_with('"')) {
    return faults.front().message;
  }
  // Once more as a quoted text: bad UTF-8 and control characters are refused in the same words.
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  const Diagnostics text_faults = parse_json(quoted + "\"", origin, parsed);
  if (!text_faults.empty()) return text_faults.front().message;
  node.kind = Node::Kind::text;
  node.text = std::string(value);
  node.children.clear();
  return {};
}

void set_origin(Node& node, const std::string* origin) {
  node.origin = origin;
  node.line = 0;
  for (Node& child : node.children) set_origin(child, origin);
}

// The place of `step` below `node`, made in an object where it is missing; else null and `why`.
Node* step_into(Node& node, const std::string& step, const std::string* origin, std::string& why) {
  if (node.kind == Node::Kind::list) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
    const bool whole = error == std::errc{} && end == step.data() + step.size();
    if (whole && index < node.children.size()) return &node.children[index];
    why = fmt::format("'{}' is no place in a list of {}; places are counted from 0", step,
                      node.children.size());
    return nullptr;
  }
  if (node.kind != Node::Kind::object) {
    why = fmt::format("'{}' would be inside of {}, which has no parts", step, describe(node));
    return nullptr;
  }
  for (Node& child : node.children) {
    if (child.key == step) return &child;
  }
  Node made;
  made.kind = Node::Kind::object;
  made.key = step;
  made.origin = origin;
  return &node.children.emplace_back(std::move(made));
}

std::string apply(std::string_view words, const std::string* origin, Node& root) {
  const std::size_t equals = words.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return "must be path=value, as in hardware.disk.capacity=\"16 TB\"";
  }
  const Path path = path_of(words.substr(0, equals));
  if (path.size() > static_cast<std::size_t>(max_depth)) return "the path is too deep";
  Node* node = &root;
  for (const std::string& step : path) {
    if (step.empty()) return "the path has an empty part";
    std::string why;
    node = step_into(*node, step, origin, why);
    if (node == nullptr) return why;
  }
  std::string why = read_value(words.substr(equals + 1), *origin, *node);
  if (why.empty()) set_origin(*node, origin);
  return why;
}

}  // namespace

std::string pointer_of_path(std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  std::string pointer;
  for (std::string& step : split(path, '.')) {
    replace_all(step, "~", "~0");
    replace_all(step, "/", "~1");
    pointer += "/" + step;
  }
  return pointer;
}

Diagnostics apply_overrides(const std::vector<std::string>& overrides, Document& document) {
  Diagnostics faults;
  for (const std::string& words : overrides) {
    const std::string* origin = document.keep_origin("--set " + words);
    std::string why = apply(words, origin, document.root);
    if (!why.empty()) {
      faults.push_back({.file = *origin, .line = 0, .pointer = {}, .message = std::move(why)});
    }
  }
  document.link();
  return faults;
}

}  // namespace models::scenario
