#include "cli/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/input/large_file.h"

namespace cli {
namespace {

using models::scenario::Checked;
using models::scenario::Diagnostics;

void refuse(Diagnostics& faults, const std::string& file, std::string why) {
  faults.push_back({.file = file, .line = 0, .pointer = {}, .message = std::move(why)});
}

void read_one(const std::string& file, std::vector<PartFile>& parts, Diagnostics& faults) {
  const auto add = [&faults](const Diagnostics& more) {
    faults.insert(faults.end(), more.begin(), more.end());
  };
  const auto text = models::scenario::read_bytes(file, models::scenario::max_sums_bytes);
  if (!text) return add(text.diagnostics());
  auto part = reports::read_part(text.value(), file);
  if (!part) return add(part.diagnostics());
  parts.push_back({file, std::move(part.value())});
}

/// Of which run most parts are; the first of those of which there are as many.
const PartFile& most_common(const std::vector<PartFile>& parts) {
  const auto alike = [&parts](const PartFile& one) {
    return std::ranges::count_if(
        parts, [&one](const PartFile& other) { return other.part.run == one.part.run; });
  };
  return *std::ranges::max_element(parts, {}, alike);
}

void find_strangers(const std::vector<PartFile>& parts, Diagnostics& faults) {
  const PartFile& reference = most_common(parts);
  for (const PartFile& entry : parts) {
    const std::string why = models::fleet::unlike(reference.part.run, entry.part.run);
    if (why.empty()) continue;
    refuse(
        faults, entry.file,
        fmt::format("is of another run than {}: {}; leave it out, or play its replicates again as "
                    "those were",
                    reference.file, why));
  }
}

/// @param parts  in the order of replicates
void find_gaps(const std::vector<PartFile>& parts, Diagnostics& faults) {
  const PartFile* reaching = nullptr;  // the furthest so far
  for (const PartFile& entry : parts) {
    const reports::Part& part = entry.part;
    if (reaching != nullptr && part.first < reaching->part.end) {
      refuse(
          faults, entry.file,
          fmt::format("replicates {}:{} overlap {}:{} of {}; leave one of the two out", part.first,
                      part.end, reaching->part.first, reaching->part.end, reaching->file));
    } else if (reaching != nullptr && part.first > reaching->part.end) {
      refuse(faults, entry.file,
             fmt::format("replicates {0}:{1} are missing between {2} and this one; play them with "
                         "--replicates {0}:{1}",
                         reaching->part.end, part.first, reaching->file));
    }
    if (reaching == nullptr || part.end > reaching->part.end) reaching = &entry;
  }
}

}  // namespace

Checked<std::vector<PartFile>> read_parts(const std::vector<std::string>& files) {
  std::vector<PartFile> parts;
  Diagnostics faults;
  for (const std::string& file : files) read_one(file, parts, faults);
  std::ranges::stable_sort(parts, {}, [](const PartFile& entry) { return entry.part.first; });
  if (!parts.empty()) {
    find_strangers(parts, faults);
    find_gaps(parts, faults);
  }
  if (!faults.empty()) return faults;
  return parts;
}

}  // namespace cli
