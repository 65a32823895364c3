#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "models/codes/code.h"
#include "models/lifecycle/drill_report.h"
#include "models/lifecycle/move_order.h"

namespace models::lifecycle {

struct MoveDrill {
  const codes::Code& from;
  const codes::Code& to;
  std::uint32_t nodes{3};   ///< pieces are dealt over them in turn, >= 1
  std::size_t bytes{4099};  ///< of the file, >= 1; no multiple of anything
  std::uint64_t seed{1};
};

/// How many nodes may be lost, whichever they are, when the pieces of `code` are dealt in turn.
std::uint32_t nodes_tolerated(const codes::Code& code, std::uint32_t nodes);

/// Moves a file of real bytes from one code to another through `next`, again and again: with a
/// crash before every step and in the middle of every write, with a second crash at every step
/// after the first, with writes that go wrong without a word, with a user who changes the file at
/// every step, and with a node lost at every step. After every step the file is read as the file
/// table says, without as many nodes as that form bears, and every byte is compared. At the end
/// nothing may be left over.
DrillReport drill_moves(const MoveDrill& drill, std::string name, const NextMove& next);

}  // namespace models::lifecycle
