#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/scenario/diagnostic.h"
#include "models/scenario/scenario.h"

namespace gui {

/// What a text says: the scenario, or every reason why it is none.
struct Reading {
  std::optional<models::scenario::Scenario> scenario;
  models::scenario::Diagnostics faults;
  models::scenario::Diagnostics warnings;
};

/// The text of a scenario under edit, with undo. The form and the raw view change this one text, so
/// neither can lose what the other shows.
class ScenarioText {
 public:
  /// @param file  name of the file, or of one that is not written yet
  void open(std::string text, std::string file);
  const std::string& text() const { return states_[at_]; }
  const std::string& file() const { return file_; }
  /// A change that undo() takes back; none if the text is the same.
  void change(std::string text);
  bool can_undo() const { return at_ > 0; }
  bool can_redo() const { return at_ + 1 < states_.size(); }
  void undo();
  void redo();
  bool modified() const { return states_[at_] != saved_; }
  void saved_as(std::string file);

  Reading read() const;

 private:
  std::vector<std::string> states_{""};
  std::size_t at_{};
  std::string saved_;
  std::string file_;
};

}  // namespace gui
