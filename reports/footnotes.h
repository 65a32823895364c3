#pragma once

#include <string>
#include <vector>

#include "sim/estimate.h"

namespace reports {

/// Collects how figures were made; equal ways share a mark.
class Footnotes {
 public:
  /// "(a)" for the method, model and note of this figure.
  std::string mark(const sim::Estimate& estimate);

  struct Note {
    std::string mark;
    std::string text;  ///< "direct simulation, 65,536 missions: <model>"
  };
  const std::vector<Note>& notes() const { return notes_; }

 private:
  std::vector<Note> notes_;
};

}  // namespace reports
