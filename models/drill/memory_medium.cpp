#include <algorithm>
#include <utility>

#include "models/drill/medium.h"

namespace models::drill {
namespace {

class MemoryMedium final : public Medium {
 public:
  MemoryMedium(std::uint32_t disks, std::size_t place_bytes)
      : place_bytes_(place_bytes), disks_(disks) {}

  std::span<const std::byte> read(std::uint32_t disk, std::uint32_t place,
                                  std::vector<std::byte>& /*buffer*/) const override {
    const auto& places = disks_[disk];
    if (place >= places.size()) return {};
    return places[place];
  }

  void write(std::uint32_t disk, std::uint32_t place, std::size_t offset,
             std::span<const std::byte> bytes) override {
    auto& places = disks_[disk];
    if (place >= places.size()) places.resize(std::size_t{place} + 1);
    if (places[place].empty()) places[place].resize(place_bytes_);
    std::ranges::copy(bytes, places[place].begin() + static_cast<std::ptrdiff_t>(offset));
  }

  void sync(std::uint32_t /*disk*/) override {}
  void wipe(std::uint32_t disk) override { disks_[disk].clear(); }

  void append_log(std::span<const std::byte> bytes) override {
    log_.insert(log_.end(), bytes.begin(), bytes.end());
  }
  void sync_log() override {}
  std::vector<std::byte> log() const override { return log_; }
  void cut_log(std::size_t length) override { log_.resize(std::min(length, log_.size())); }

 private:
  std::size_t place_bytes_;
  std::vector<std::vector<std::vector<std::byte>>> disks_;
  std::vector<std::byte> log_;
};

}  // namespace

std::unique_ptr<Medium> make_memory_medium(std::uint32_t disks, std::size_t place_bytes) {
  return std::make_unique<MemoryMedium>(disks, place_bytes);
}

}  // namespace models::drill
