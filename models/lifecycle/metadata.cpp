#include "models/lifecycle/metadata.h"

#include <cmath>

#include "models/analytic/closed_forms.h"

namespace models::lifecycle {

PerYear metadata_loss(const scenario::MetadataStore& store) {
  const double loss = 1 / store.lifetime.mean().value;
  if (store.count == 1) return sim::per_year({loss});
  return sim::per_year({1 / analytic::mirror_mttdl(loss, 1 / store.resync.value)});
}

Seconds start_time(const scenario::NameNodeStart& node, double blocks) {
  return Seconds{blocks / node.blocks.value} + node.safe_mode;
}

double name_node_away(const scenario::NameNodeStart& node, double blocks) {
  const Seconds up = node.outage.between.mean();
  const Seconds away = node.outage.duration.mean() + start_time(node, blocks);
  const double one = away / (up + away);
  if (node.count == 1) return one;
  return node.switch_over / (up + away) + one * one;
}

PerYear key_loss(const scenario::KeyCare& key) {
  const double gone = -std::expm1(-(key.lost * key.checked_every));
  const double all = std::pow(gone, key.copies);
  return sim::per_year({-std::log1p(-all) / key.checked_every.value});
}

}  // namespace models::lifecycle
