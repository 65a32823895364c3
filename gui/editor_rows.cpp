#include "gui/editor_rows.h"

#include <algorithm>
#include <set>

#include "models/codes/code.h"
#include "models/input/document.h"
#include "models/input/fields.h"
#include "models/input/text_patch.h"

namespace gui {
namespace {

namespace scenario = models::scenario;
using scenario::Field;
using scenario::FieldKind;
using scenario::Node;

class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text), places_(scenario::places_of(text)) {}

  std::vector<EditorRow> build(std::string_view root_section) {
    Node root;
    if (!scenario::parse_json(text_, "", root).empty()) return {};
    return section("", scenario::find_section(root_section), &root);
  }

 private:
  std::string literal(const std::string& pointer) const {
    const auto place = places_.find(pointer);
    if (place == places_.end()) return {};
    return std::string{text_.substr(place->second.begin, place->second.end - place->second.begin)};
  }

  std::string shown(const Node* node, const std::string& pointer) const {
    if (node == nullptr) return {};
    return node->kind == Node::Kind::text ? node->text : literal(pointer);
  }

  static bool leaf(const Node& node) {
    return node.kind != Node::Kind::object && node.kind != Node::Kind::list;
  }

  static std::string name_of(const Node& node, std::size_t number) {
    const Node* name = node.find("name");
    return name != nullptr && name->kind == Node::Kind::text ? name->text
                                                             : "#" + std::to_string(number + 1);
  }

  std::vector<EditorRow> section(const std::string& pointer, const scenario::Section& section,
                                 const Node* node) {
    std::vector<EditorRow> rows;
    std::set<std::string, std::less<>> known;
    for (const Field& field : section.fields) {
      known.emplace(field.key);
      const Node* child = node == nullptr ? nullptr : node->find(field.key);
      rows.push_back(row(pointer + "/" + std::string{field.key}, field, child));
    }
    if (node == nullptr) return rows;
    for (const Node& child : node->children) {
      if (!known.contains(child.key)) rows.push_back(plain(pointer + "/" + child.key, child));
    }
    return rows;
  }

  /// A key that the table does not know: notes, sources, sections without a model.
  EditorRow plain(const std::string& pointer, const Node& node) const {
    EditorRow row;
    row.pointer = pointer;
    row.key = node.key;
    row.value = shown(&node, pointer);
    row.given = true;
    row.editable = true;
    row.text = node.kind == Node::Kind::text;
    return row;
  }

  static std::vector<std::string> choices_of(const Field& field) {
    std::vector<std::string> choices;
    if (field.choices == nullptr) return choices;
    for (const std::string_view choice : field.choices()) choices.emplace_back(choice);
    return choices;
  }

  EditorRow row(const std::string& pointer, const Field& field, const Node* node) {
    EditorRow row;
    row.pointer = pointer;
    row.key = field.key;
    row.value = shown(node, pointer);
    row.fallback = field.fallback;
    row.source = field.source;
    row.meaning = field.meaning;
    row.choices = choices_of(field);
    row.given = node != nullptr;
    row.required = field.required;
    row.editable = true;
    row.text = field.kind != FieldKind::integer && field.kind != FieldKind::number &&
               field.kind != FieldKind::limits;
    const bool ranged = field.kind == FieldKind::integer || field.kind == FieldKind::number ||
                        scenario::is_quantity(field.kind);
    if (ranged) row.allowed = scenario::range_of(field);
    fill_parts(row, field, node);
    return row;
  }

  void fill_parts(EditorRow& row, const Field& field, const Node* node) {
    const bool object = node != nullptr && node->kind == Node::Kind::object;
    switch (field.kind) {
      case FieldKind::object:
        row.rows = section(row.pointer, scenario::find_section(field.section), node);
        break;
      case FieldKind::list:
        row.rows = places(row.pointer, field.section, node);
        break;
      case FieldKind::limits:
      case FieldKind::file:
        if (object) {
          row.rows = section(row.pointer, scenario::find_section(field.section), node);
        }
        break;
      case FieldKind::lifetime:
      case FieldKind::duration:
        if (object) row.rows = distribution(row.pointer, *node);
        break;
      case FieldKind::code:
        if (object) row.rows = code(row.pointer, *node);
        break;
      case FieldKind::items:
        if (object) row.rows = items(row.pointer, field, *node);
        break;
      default:
        return;
    }
    if (!row.rows.empty() || field.kind == FieldKind::list) {
      row.editable = false;
      row.value.clear();
    }
  }

  std::vector<EditorRow> places(const std::string& pointer, std::string_view name,
                                const Node* node) {
    std::vector<EditorRow> rows;
    if (node == nullptr || node->kind != Node::Kind::list) return rows;
    for (std::size_t i = 0; i < node->children.size(); ++i) {
      const Node& child = node->children[i];
      EditorRow row;
      row.pointer = pointer + "/" + std::to_string(i);
      row.key = name_of(child, i);
      row.given = true;
      row.in_list = true;
      row.rows = section(row.pointer, scenario::find_section(name), &child);
      rows.push_back(std::move(row));
    }
    return rows;
  }

  std::vector<EditorRow> items(const std::string& pointer, const Field& field, const Node& node) {
    std::vector<EditorRow> rows;
    for (const Node& child : node.children) {
      EditorRow row = plain(pointer + "/" + child.key, child);
      if (child.kind == Node::Kind::object) {
        row.rows = section(row.pointer, scenario::find_section(field.section), &child);
        row.editable = false;
        row.value.clear();
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  std::vector<EditorRow> distribution(const std::string& pointer, const Node& node) {
    const Node* kind = node.find("kind");
    const std::string name = "distribution/" + (kind == nullptr ? "" : kind->text);
    for (const scenario::Section& candidate : scenario::all_sections()) {
      if (candidate.name == name) return section(pointer, candidate, &node);
    }
    std::vector<EditorRow> rows;
    for (const Node& child : node.children) rows.push_back(plain(pointer + "/" + child.key, child));
    return rows;
  }

  std::vector<EditorRow> code(const std::string& pointer, const Node& node) {
    std::vector<EditorRow> rows;
    for (const Node& child : node.children) {
      EditorRow row = plain(pointer + "/" + child.key, child);
      if (child.kind == Node::Kind::object) {
        row.rows = code(row.pointer, child);
        row.editable = false;
        row.value.clear();
      }
      describe_code(row, node);
      rows.push_back(std::move(row));
    }
    return rows;
  }

  static void describe_code(EditorRow& row, const Node& node) {
    if (row.key == "kind") {
      for (const auto& candidate : models::codes::all_codes()) {
        row.choices.emplace_back(candidate.name);
      }
      return;
    }
    const Node* kind = node.find("kind");
    const auto* known = kind == nullptr ? nullptr : models::codes::find_code(kind->text);
    if (known == nullptr) return;
    for (const auto& parameter : known->parameters) {
      if (parameter.name != row.key) continue;
      row.meaning = parameter.meaning;
      row.allowed = std::to_string(parameter.low) + " to " + std::to_string(parameter.high);
      row.text = false;
    }
  }

  std::string_view text_;
  scenario::Places places_;
};

}  // namespace

std::vector<EditorRow> editor_rows(std::string_view text, std::string_view root) {
  return Builder{text}.build(root);
}

std::string literal_of(const EditorRow& row, std::string_view typed) {
  const bool structure = typed.starts_with('{') || typed.starts_with('[');
  const bool number =
      !typed.empty() && typed.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
  const bool word = typed == "true" || typed == "false";
  if (structure || (!row.text && (number || word))) return std::string{typed};
  return scenario::json_literal(typed);
}

}  // namespace gui
