#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace models::drill {

/// Where the bytes of a drill lie: disks of equal places, and a log. Knows nothing of shards. Reads
/// may come from several threads at once, writes from one.
class Medium {
 public:
  virtual ~Medium() = default;

  /// The bytes of a place, `buffer` or the medium's own; empty if nothing was ever written there.
  virtual std::span<const std::byte> read(std::uint32_t disk, std::uint32_t place,
                                          std::vector<std::byte>& buffer) const = 0;
  /// Puts bytes into a place, from `offset` on. What was never written is zero.
  virtual void write(std::uint32_t disk, std::uint32_t place, std::size_t offset,
                     std::span<const std::byte> bytes) = 0;
  /// What was written to the disk outlasts a power failure from here on.
  virtual void sync(std::uint32_t disk) = 0;
  /// A new disk, never written.
  virtual void wipe(std::uint32_t disk) = 0;

  virtual void append_log(std::span<const std::byte> bytes) = 0;
  virtual void sync_log() = 0;
  virtual std::vector<std::byte> log() const = 0;
  virtual void cut_log(std::size_t length) = 0;
};

/// Everything in memory; sync() has nothing to do.
std::unique_ptr<Medium> make_memory_medium(std::uint32_t disks, std::size_t place_bytes);

/// One file for each disk and one for the log in `folder`, with fdatasync. Errors of the file
/// system are thrown as std::system_error.
/// @param folder is made if it is not there. @pre it is empty, or holds a store of this layout
std::unique_ptr<Medium> make_directory_medium(const std::filesystem::path& folder,
                                              std::size_t place_bytes);

}  // namespace models::drill
