#include "reports/preset_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "models/codes/code.h"
#include "reports/page.h"

namespace reports {
namespace {

using models::scenario::Preset;
using models::scenario::PresetValue;

std::string value_at(const std::vector<PresetValue>& values, std::string_view pointer) {
  const auto found = std::ranges::find(values, pointer, &PresetValue::pointer);
  return found == values.end() ? std::string() : found->value;
}

/// "14 s to 20 s", "3 beats of 5 s".
std::string process_of(const std::vector<PresetValue>& values) {
  const std::string process = "/repair/detection/process";
  if (const std::string plain = value_at(values, process); !plain.empty()) return plain;
  if (const std::string from = value_at(values, process + "/from"); !from.empty()) {
    return from + " to " + value_at(values, process + "/to");
  }
  return value_at(values, process + "/misses") + " beats of " +
         value_at(values, process + "/interval");
}

std::size_t number_of(std::vector<std::string_view>& sources, std::string_view source) {
  const auto found = std::ranges::find(sources, source);
  if (found != sources.end()) return static_cast<std::size_t>(found - sources.begin()) + 1;
  sources.push_back(source);
  return sources.size();
}

}  // namespace

std::string preset_list(const models::scenario::PresetTable& table) {
  Page page(TextOptions{});
  for (const Preset& preset : table.presets()) {
    const auto values = models::scenario::values_of(preset);
    const std::string delay = value_at(values, "/repair/rebuild_delay");
    const bool new_disk = value_at(values, "/repair/spares/kind") == "technician";
    page.paragraph(preset.name);
    page.item("    ", fmt::format("{}: {}", preset.label(), preset.about));
    page.item("    ", fmt::format("{}, kept apart by {}; noticed after {}, rebuilt {}{}",
                                  models::codes::make_code(preset.code)->name(), preset.domain,
                                  process_of(values), delay == "0 s" ? "at once" : delay + " later",
                                  new_disk ? " onto the new disk" : ""));
  }
  page.blank();
  page.paragraph(
      "In a strategy: {\"name\": \"mine\", \"preset\": \"NAME\"}; what it gives beside that goes "
      "before. 'holdfast info --presets NAME' lists every value with its source and what is left "
      "out.");
  return page.take();
}

std::string preset_text(const Preset& preset) {
  Page page(TextOptions{});
  page.heading(fmt::format("{} ({})", preset.name, preset.label()));
  page.paragraph(preset.about);
  page.blank();
  std::vector<std::string_view> sources;
  for (const PresetValue& value : models::scenario::values_of(preset)) {
    page.row({{value.pointer, 38},
              {value.value, 36},
              {fmt::format("[{}]", number_of(sources, value.source)), 4}});
  }
  page.blank();
  page.paragraph("/usable_fill is for 'holdfast new': it goes to the hardware.");
  page.heading("Sources");
  for (std::size_t i = 0; i < sources.size(); ++i) {
    page.item(fmt::format("[{}] ", i + 1), sources[i]);
  }
  page.heading("Not told: what the product does and no figure knows of");
  for (const std::string& gap : preset.not_told) page.item("  - ", gap);
  return page.take();
}

}  // namespace reports
