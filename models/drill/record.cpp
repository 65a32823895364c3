#include "models/drill/record.h"

#include <array>
#include <cstring>

#include "models/integrity/crc32c.h"
#include "sim/contract.h"

namespace models::drill {
namespace {

constexpr std::uint32_t magic = 0x48464452;  // "HFDR"

/// The fields as they lie on a disk of this machine; a store never moves to another.
struct Layout {
  std::uint32_t magic{};
  std::uint32_t group{};
  std::uint32_t slot{};
  std::uint32_t version{};
  std::uint64_t length{};
  std::uint32_t crc{};
  std::array<std::byte, 32> unused{};  ///< checked all the same: no bit of a record may turn over
  std::uint32_t own_crc{};             ///< of all before it
};
static_assert(sizeof(Layout) == header_bytes && offsetof(Layout, own_crc) == 60);

std::uint32_t own_crc(const Layout& layout) {
  return integrity::crc32c(std::as_bytes(std::span(&layout, 1)).first(offsetof(Layout, own_crc)));
}

}  // namespace

void write_header(const Header& header, std::span<std::byte> into) {
  EXPECTS(into.size() == header_bytes);
  Layout layout{magic,
                header.identity.group,
                header.identity.slot,
                header.identity.version,
                header.length,
                header.crc,
                {},
                0};
  layout.own_crc = own_crc(layout);
  std::memcpy(into.data(), &layout, sizeof layout);
}

std::optional<Header> read_header(std::span<const std::byte> record) {
  if (record.size() < header_bytes) return std::nullopt;
  Layout layout;
  std::memcpy(&layout, record.data(), sizeof layout);
  if (layout.magic != magic || layout.own_crc != own_crc(layout)) return std::nullopt;
  return Header{{layout.group, static_cast<std::uint16_t>(layout.slot), layout.version},
                layout.length,
                layout.crc};
}

}  // namespace models::drill
