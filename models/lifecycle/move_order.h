#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace models::lifecycle {

/// What is known of a piece (a copy, a shard) of the form that a file is moved to.
enum class PieceState : std::uint8_t {
  absent,
  bad,         ///< there, but its bytes do not match their checksum
  unverified,  ///< written, not read back since the last start
  verified     ///< read back whole
};

/// All that the next step of a move rests on. Nothing of it but `verified` is lost in a crash: the
/// file table and the stores tell the rest, so there is no other journal.
struct MoveFacts {
  bool switched{};     ///< the file table names the new form
  bool current{true};  ///< the file is still what the move began with: nobody changed it
  std::span<const PieceState> target;  ///< pieces of the new form
  std::span<const PieceState> source;  ///< pieces of the old form; absent ones are gone
};

enum class MoveStep : std::uint8_t {
  write_piece,    ///< encode and write a piece of the new form
  verify_piece,   ///< read it back
  switch_over,    ///< one change of the file table, refused if the file was changed
  remove_source,  ///< a piece of the old form
  remove_target,  ///< a piece of the new form: the file was changed, the move is given up
  done
};

struct MoveAction {
  MoveStep step{MoveStep::done};
  std::uint32_t piece{};
};

/// The next step of a move from one form to another: replicas to shards, shards to replicas, one
/// storage class to the next. Encode and write, verify, switch, and only then delete, so that at
/// every moment all pieces of the form that the file table names are there. After a crash the same
/// question goes on where the facts are; pieces of a finished move that get lost are written anew.
MoveAction next_move(const MoveFacts& facts);

/// The question as an object: the product passes next_move, a test one with a planted defect.
using NextMove = std::function<MoveAction(const MoveFacts&)>;

}  // namespace models::lifecycle
