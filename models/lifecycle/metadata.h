#pragma once

#include "models/scenario/lifecycle_values.h"
#include "models/units.h"

namespace models::lifecycle {

/// Times a year that all of a store's content is gone: of one, or of two of which a lost one is
/// whole again after `resync` (the chain of a mirror, at the mean hazard).
PerYear metadata_loss(const scenario::MetadataStore& store);

/// From the start of a name node to service: `blocks` reports, then the wait in safe mode.
Seconds start_time(const scenario::NameNodeStart& node, double blocks);

/// Share of time without a name node that serves. One: outage and start. Two: the switch-over of
/// each outage of the one that serves, and the time in which both are away.
double name_node_away(const scenario::NameNodeStart& node, double blocks);

/// Times a year that the last of the key's copies is gone: all are lost between two checks, each
/// independently.
PerYear key_loss(const scenario::KeyCare& key);

}  // namespace models::lifecycle
