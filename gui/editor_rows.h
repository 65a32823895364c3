#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gui {

/// A line of the form: a field of the table, whether or not the file has it.
struct EditorRow {
  std::string pointer;  ///< JSON pointer
  std::string key;
  std::string value;     ///< as a person reads it: a text without quotes, else the literal
  std::string allowed;   ///< range or unit
  std::string fallback;  ///< the default, empty if there is none
  std::string source;    ///< of the default
  std::string meaning;
  std::vector<std::string> choices;
  bool given{false};  ///< the file has it
  bool required{false};
  bool editable{false};  ///< false for objects and lists of objects
  bool text{true};       ///< values are texts: they get quotes
  bool in_list{false};   ///< can be duplicated and removed as a place of a list
  std::vector<EditorRow> rows;
};

/// The form of a scenario: all fields of the table, in its order, then what else the file has.
/// Empty if the text is no JSON. @param root  section of the table: "" of a scenario, "plan" of a
/// plan
std::vector<EditorRow> editor_rows(std::string_view text, std::string_view root = "");

/// What the file gets when `typed` is entered in a row: quotes where the field is a text and the
/// words are no list or object.
std::string literal_of(const EditorRow& row, std::string_view typed);

}  // namespace gui
