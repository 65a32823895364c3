#pragma once

#include <string>
#include <vector>

#include "sim/estimate.h"

namespace reports {

/// Collects how figures were made: one mark per method and model.
class Footnotes {
 public:
  /// "(a)" for the method and model of this figure.
  std::string mark(const sim::Estimate& estimate);

  struct Note {
    std::string mark;
    std::string text;  ///< "direct simulation: <model>"
  };
  const std::vector<Note>& notes() const { return notes_; }

 private:
  std::vector<Note> notes_;
};

}  // namespace reports
