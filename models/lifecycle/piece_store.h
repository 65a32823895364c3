#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace models::lifecycle {

/// Which piece of what: of an object's version, in a form (or of a snapshot, in a store).
struct PieceKey {
  std::uint32_t object{};
  std::uint32_t version{};
  std::uint32_t form{};
  std::uint32_t piece{};
  auto operator<=>(const PieceKey&) const = default;
};

/// Real bytes on nodes, in memory. A piece carries the CRC32C of what was to be written; what
/// survives a crash is all that is here. Writes can be cut short or go wrong without a word.
class PieceStore {
 public:
  /// How a write ends.
  enum class Write : std::uint8_t {
    whole,
    torn,     ///< the crash came in the middle: half of it is there
    flipped,  ///< a bit of it is wrong, and nobody is told
    lost      ///< nothing was written, and nobody is told
  };

  explicit PieceStore(std::uint32_t nodes) : nodes_(nodes) {}

  std::uint32_t nodes() const { return static_cast<std::uint32_t>(nodes_.size()); }
  void write(std::uint32_t node, const PieceKey& key, std::span<const std::byte> bytes,
             Write how = Write::whole);
  /// The bytes, if they are there and match their checksum.
  std::optional<std::span<const std::byte>> read(std::uint32_t node, const PieceKey& key) const;
  bool present(std::uint32_t node, const PieceKey& key) const { return nodes_[node].contains(key); }
  void remove(std::uint32_t node, const PieceKey& key) { nodes_[node].erase(key); }
  void remove_if(const std::function<bool(const PieceKey&)>& unwanted);
  /// The node is lost with all that it holds; an empty one takes its place.
  void lose(std::uint32_t node) { nodes_[node].clear(); }
  std::size_t pieces() const;
  /// Keys of all pieces, node by node.
  std::vector<PieceKey> inventory() const;

 private:
  struct Piece {
    std::vector<std::byte> bytes;
    std::uint32_t crc{};
  };
  std::vector<std::map<PieceKey, Piece>> nodes_;
};

}  // namespace models::lifecycle
