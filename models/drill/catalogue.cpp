#include "models/drill/catalogue.h"

#include <cstring>
#include <utility>

#include "models/integrity/crc32c.h"

namespace models::drill {
namespace {

/// Values one after another, as they lie in the memory of this machine.
class Writer {
 public:
  template <class Value>
  void put(const Value& value) {
    const auto bytes = std::as_bytes(std::span(&value, 1));
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  template <class Value>
  Value take() {
    Value value{};
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_ = bytes_.subspan(sizeof value);
    return value;
  }

 private:
  std::span<const std::byte> bytes_;
};

/// In the log, CRC32C of the rest and then this.
std::vector<std::byte> record_of(std::uint32_t group, const Entry& entry) {
  Writer writer;
  writer.put(group);
  writer.put(entry.version);
  writer.put(entry.whole_crc);
  writer.put(entry.md5);
  for (std::size_t slot = 0; slot < entry.homes.size(); ++slot) {
    writer.put(entry.homes[slot].disk);
    writer.put(entry.homes[slot].place);
    writer.put(entry.homes[slot].crc);
    writer.put(static_cast<std::uint8_t>(entry.missing.test(slot) ? 1 : 0));
  }
  return writer.take();
}

std::size_t record_bytes(std::size_t width) {
  return 3 * sizeof(std::uint32_t) + sizeof(integrity::Md5) +
         width * (3 * sizeof(std::uint32_t) + 1);
}

Entry read_record(Reader& reader, std::size_t width) {
  Entry entry;
  entry.version = reader.take<std::uint32_t>();
  entry.whole_crc = reader.take<std::uint32_t>();
  entry.md5 = reader.take<integrity::Md5>();
  for (std::size_t slot = 0; slot < width; ++slot) {
    Home home;
    home.disk = reader.take<std::uint32_t>();
    home.place = reader.take<std::uint32_t>();
    home.crc = reader.take<std::uint32_t>();
    entry.homes.push_back(home);
    entry.missing.set(slot, reader.take<std::uint8_t>() != 0);
  }
  return entry;
}

}  // namespace

Catalogue::Catalogue(Medium& medium, std::uint32_t groups, std::uint32_t width)
    : medium_(medium), width_(width), entries_(groups) {}

void Catalogue::append(std::uint32_t group, const Entry& entry) {
  const std::vector<std::byte> record = record_of(group, entry);
  const std::uint32_t crc = integrity::crc32c(record);
  medium_.append_log(std::as_bytes(std::span(&crc, 1)));
  medium_.append_log(record);
  appended_ += sizeof crc + record.size();
}

void Catalogue::sync() {
  medium_.sync_log();
  synced_ = appended_;
}

void Catalogue::crash(std::uint32_t draw) {
  appended_ = synced_ + draw % (appended_ - synced_ + 1);
  medium_.cut_log(appended_);
}

void Catalogue::replay() {
  entries_.assign(entries_.size(), {});
  const std::vector<std::byte> log = medium_.log();
  const std::size_t size = sizeof(std::uint32_t) + record_bytes(width_);
  std::size_t at = 0;
  for (; at + size <= log.size(); at += size) {
    const auto record = std::span(log).subspan(at, size);
    Reader reader(record);
    const auto crc = reader.take<std::uint32_t>();
    if (integrity::crc32c(record.subspan(sizeof crc)) != crc) break;
    const auto group = reader.take<std::uint32_t>();
    if (group >= entries_.size()) break;
    entries_[group] = read_record(reader, width_);
  }
  medium_.cut_log(at);
  appended_ = synced_ = at;
}

}  // namespace models::drill
