#include <string>

#include "models/input/read_distribution.h"
#include "models/input/read_sections.h"

namespace models::scenario {
namespace {

template <class Names, class Value>
void choose(const Names& names, const std::string& text, Value& value) {
  for (const auto& [named, name] : names) {
    if (name == text) value = named;
  }
}

void refuse(ObjectReader& reader, std::string_view key, std::string_view kind) {
  if (!reader.has(key)) return;
  reader.faults().add(reader.node(),
                      "is for scrubbing of kind \"" + std::string(kind) + "\"; remove it", key);
}

}  // namespace

LatentErrors read_latent_errors(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/failures/disk/latent", faults);
  LatentErrors errors;
  errors.defects = {reader.number("defects")};
  errors.burst = reader.number("burst");
  errors.silent = {reader.number("silent")};
  errors.unreadable_bits = reader.number("unreadable_bits");
  return errors;
}

Scrub read_scrub(const Node& node, Faults& faults) {
  ObjectReader reader(node, "/repair/scrub", faults);
  Scrub scrub;
  choose(all_scrub_kinds(), reader.text("kind"), scrub.kind);
  choose(all_scrub_checks(), reader.text("checks"), scrub.checks);
  if (reader.has("every")) scrub.every = {reader.number("every")};
  if (reader.has("rate")) scrub.rate = {reader.number("rate")};
  if (const Node* delay = reader.find("delay")) scrub.delay = read_duration(*delay, faults);
  if (scrub.kind != ScrubKind::pass) {
    refuse(reader, "every", "pass");
    refuse(reader, "rate", "pass");
  } else if (!reader.has("every") && !reader.has("rate")) {
    faults.add(node, "is missing: a pass needs 'every', 'rate' or both", "every");
  }
  if (scrub.kind != ScrubKind::delay) {
    refuse(reader, "delay", "delay");
  } else if (!reader.has("delay")) {
    faults.add(node, "is missing: time from the birth of an error until it is mended", "delay");
  }
  return scrub;
}

}  // namespace models::scenario
