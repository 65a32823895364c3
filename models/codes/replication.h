#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "models/codes/code.h"

namespace models::codes {

/// Whole copies: slot 0 holds the data, every further slot the same bytes.
class Replication final : public Code {
 public:
  /// @pre 1 <= copies <= max_shards; one copy is plain storage.
  explicit Replication(int copies);

  Shape shape() const override { return {.data = 1, .parity = copies_ - 1}; }
  std::string name() const override;
  int tolerance() const override { return copies_ - 1; }
  bool recoverable(const ShardSet& erased) const override;
  std::optional<RepairPlan> repair_plan(const ShardSet& erased, int target) const override;
  void encode(std::span<const Block> data, std::span<const MutableBlock> parity) const override;
  [[nodiscard]] bool decode(std::span<const MutableBlock> shards,
                            const ShardSet& erased) const override;
  [[nodiscard]] bool rebuild(int target, const ShardSet& reads, std::span<const Block> shards,
                             MutableBlock out) const override;

 private:
  ShardSet survivors(const ShardSet& erased) const;

  int copies_;
};

inline constexpr std::array replication_parameters{
    CodeParameter{"copies", 1, 16, "copies of every byte, the first included"}};
std::string check_replication(const CodeSpec& spec);
std::unique_ptr<const Code> make_replication(const CodeSpec& spec);

}  // namespace models::codes
