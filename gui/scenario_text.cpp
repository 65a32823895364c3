#include "gui/scenario_text.h"

#include <algorithm>
#include <utility>

#include "models/input/read_scenario.h"

namespace gui {

void ScenarioText::open(std::string text, std::string file) {
  states_ = {std::move(text)};
  at_ = 0;
  saved_ = states_.front();
  file_ = std::move(file);
}

void ScenarioText::change(std::string text) {
  if (text == states_[at_]) return;
  constexpr std::size_t most_states = 500;  // of some 20 kB each
  states_.resize(at_ + 1);
  states_.push_back(std::move(text));
  if (states_.size() > most_states) states_.erase(states_.begin());
  at_ = states_.size() - 1;
}

void ScenarioText::undo() {
  if (can_undo()) --at_;
}

void ScenarioText::redo() {
  if (can_redo()) ++at_;
}

void ScenarioText::saved_as(std::string file) {
  file_ = std::move(file);
  saved_ = states_[at_];
}

Reading ScenarioText::read() const {
  Reading reading;
  auto checked = models::scenario::read_scenario_text(text(), file_, {}, &reading.warnings);
  if (checked) {
    reading.scenario = std::move(checked.value());
  } else {
    reading.faults = checked.diagnostics();
  }
  return reading;
}

}  // namespace gui
