#include "models/lifecycle/piece_store.h"

#include "models/integrity/crc32c.h"

namespace models::lifecycle {

void PieceStore::write(std::uint32_t node, const PieceKey& key, std::span<const std::byte> bytes,
                       Write how) {
  if (how == Write::lost) return;
  Piece piece{{bytes.begin(), bytes.end()}, integrity::crc32c(bytes)};
  if (how == Write::torn) piece.bytes.resize(bytes.size() / 2);
  if (how == Write::flipped && !piece.bytes.empty()) {
    piece.bytes[piece.bytes.size() / 2] ^= std::byte{0x10};
  }
  nodes_[node][key] = std::move(piece);
}

std::optional<std::span<const std::byte>> PieceStore::read(std::uint32_t node,
                                                           const PieceKey& key) const {
  const auto found = nodes_[node].find(key);
  if (found == nodes_[node].end()) return std::nullopt;
  const Piece& piece = found->second;
  if (integrity::crc32c(piece.bytes) != piece.crc) return std::nullopt;
  return std::span(piece.bytes);
}

void PieceStore::remove_if(const std::function<bool(const PieceKey&)>& unwanted) {
  for (auto& node : nodes_) {
    std::erase_if(node, [&](const auto& entry) { return unwanted(entry.first); });
  }
}

std::size_t PieceStore::pieces() const {
  std::size_t count = 0;
  for (const auto& node : nodes_) count += node.size();
  return count;
}

std::vector<PieceKey> PieceStore::inventory() const {
  std::vector<PieceKey> keys;
  for (const auto& node : nodes_) {
    for (const auto& [key, piece] : node) keys.push_back(key);
  }
  return keys;
}

}  // namespace models::lifecycle
