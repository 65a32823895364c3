#pragma once

#include <QtWidgets/QTreeWidget>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gui/editor_rows.h"

namespace gui {

/// The form of a text: its fields as a tree with value, range, default and the default's source.
/// Keeps what is unfolded and chosen when it is filled anew.
class FieldTree final : public QTreeWidget {
 public:
  explicit FieldTree(QWidget* parent = nullptr);

  /// Told what was typed in a row; the tree is to be filled anew after that.
  std::function<void(const EditorRow& row, const std::string& typed)> on_edit;
  /// Pointers that are unfolded at first.
  QStringList unfolded;
  bool only_given{false};

  /// @param faults  messages by pointer
  void fill(const std::vector<EditorRow>& rows, const std::map<std::string, std::string>& faults);
  std::string chosen_pointer() const;
  const std::map<std::string, EditorRow>& rows() const { return rows_; }

 private:
  void add(QTreeWidgetItem* parent, const EditorRow& row,
           const std::map<std::string, std::string>& faults);
  void edited(QTreeWidgetItem* item);
  std::map<std::string, EditorRow> rows_;
  bool filling_{false};
};

/// The text after `typed` was entered in the row: patched in place; an emptied value leaves it.
std::string text_after_edit(const std::string& text, const EditorRow& row,
                            const std::string& typed);

}  // namespace gui
