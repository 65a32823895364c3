#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/codes/code.h"
#include "models/scenario/diagnostic.h"

namespace models::scenario {

/// The first words that someone says about a system, as they were given; empty: not said.
struct Wish {
  std::string machines;           ///< in all
  std::string disks_per_machine;  ///< alike in all of them
  std::string disk;               ///< "16 TB", or a drive of the table
  std::string data;               ///< user bytes, "500 TB"
  std::string racks;              ///< of each site; 1 if not said
  std::string sites;              ///< 1 if not said
  std::string name;               ///< made of the rest if not said
  std::vector<std::string> presets;
  std::vector<std::string> codes;  ///< "rs 6+3", "replication 3", "lrc 12+2+2"
  std::string schema;              ///< where the schema of scenarios lies
  std::string command;             ///< that writes the same again, for a comment
};

/// A part of a wish that has to be given: its option, the question for it and an answer to take.
struct WishPart {
  std::string_view option;    ///< "--machines"
  std::string_view question;  ///< "How many machines"
  std::string_view example;
  std::string Wish::*text{};  ///< null: a preset or a code
};
std::span<const WishPart> wish_parts();
bool said(const Wish& wish, const WishPart& part);

/// What is wrong with the words as such, with their option in place of a file. A part that was not
/// said is a fault where it has to be.
Diagnostics faults_of(const Wish& wish);

/// Takes an answer to the question of a part: a name of a preset, or else a code, where it is
/// about these.
void answer(Wish& wish, const WishPart& part, const std::string& text);

/// About seven tenths of what the rest of the wish can hold, in two digits; "100 TB" where that
/// cannot be told.
std::string suggested_data(const Wish& wish);

/// "rs 6+3" and its like; no kind if it is none of these forms.
codes::CodeSpec code_of_words(std::string_view words);

struct NewScenario {
  std::string text;      ///< a valid scenario, with comments
  Diagnostics warnings;  ///< valid, but worth a second thought
};
/// A short scenario of that system, or every reason why there is none: words that cannot be read,
/// too few machines for a code, more data than fit.
Checked<NewScenario> new_scenario(const Wish& wish);

}  // namespace models::scenario
