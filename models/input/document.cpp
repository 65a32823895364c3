#include "models/input/document.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "models/input/file_bytes.h"
#include "models/scenario/quantity_text.h"

namespace models::scenario {
namespace {

void link_children(Node& node, const std::string& file) {
  if (node.origin == nullptr) node.origin = &file;
  for (Node& child : node.children) {
    child.parent = &node;
    link_children(child, file);
  }
}

std::string escaped(std::string_view key) {
  std::string text;
  for (const char c : key) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

// Long enough for every key of the table; a message stays readable whatever the file holds.
constexpr std::size_t longest_shown = 60;

std::string shown(std::string_view text) {
  if (text.size() <= longest_shown) return std::string(text);
  std::size_t end = longest_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace

const Node* Node::find(std::string_view child) const {
  if (kind != Kind::object) return nullptr;
  for (const Node& node : children) {
    if (node.key == child) return &node;
  }
  return nullptr;
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "null";
    case Node::Kind::boolean:
      return node.boolean ? "true" : "false";
    case Node::Kind::number:
      return "the number " + print_number(node.number);
    case Node::Kind::text:
      return "the text \"" + shown(node.text) + "\"";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::object:
      return "an object";
  }
  return "";
}

std::string pointer_of(const Node& node, std::string_view child) {
  std::string pointer = child.empty() ? "" : "/" + escaped(shown(child));
  for (const Node* at = &node; at->parent != nullptr; at = at->parent) {
    const bool in_list = at->parent->kind == Node::Kind::list;
    const std::string step =
        in_list ? fmt::format("{}", at - at->parent->children.data()) : escaped(shown(at->key));
    pointer.insert(0, "/" + step);
  }
  return pointer;
}

Document::Document(std::string file) : file_(std::move(file)) {}

const std::string* Document::keep_origin(std::string words) {
  return &origins_.emplace_back(std::move(words));
}

void Document::link() { link_children(root, file_); }

const Node& Document::nearest(std::string_view pointer) const {
  const Node* at = &root;
  while (pointer.starts_with('/')) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    const Node* next = nullptr;
    if (at->kind == Node::Kind::list) {
      std::size_t index = at->children.size();
      std::from_chars(step.data(), step.data() + step.size(), index);
      if (index < at->children.size()) next = &at->children[index];
    } else {
      for (const Node& child : at->children) {
        if (escaped(child.key) == step) next = &child;
      }
    }
    if (next == nullptr) break;
    at = next;
  }
  return *at;
}

Checked<std::unique_ptr<Document>> parse_document(std::string_view text, std::string file) {
  auto document = std::make_unique<Document>(std::move(file));
  Diagnostics faults = parse_json(text, document->file(), document->root);
  if (!faults.empty()) return faults;
  document->sha256 = sha256_of(text);
  document->link();
  return {std::move(document)};
}

}  // namespace models::scenario
