#pragma once

#include <optional>
#include <vector>

#include "models/input/document.h"
#include "models/input/preset_table.h"
#include "models/scenario/scenario.h"

namespace models::scenario {

/// Puts the values of the presets that strategies name into the tree, where these do not give their
/// own: object by object, except one of another "kind", which stands as it is. The number of
/// placement groups and the size of pools are counted from the hardware, if that can be read.
/// Names that are no preset are left to the reader. @post the document is linked
void apply_presets(Document& document);

/// So many placement groups, whole, at least one and no more than `logical` bytes have stripes.
/// @param stripe  bytes; that of the table of fields if not said
double groups_within(double wanted, double logical, std::optional<double> stripe = {});

/// What the presets of a scenario leave out, once for each preset.
std::vector<LaterSection> preset_gaps(const Document& document);

}  // namespace models::scenario
