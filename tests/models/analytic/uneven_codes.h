#pragma once

#include <memory>

#include "models/codes/code.h"

namespace models::analytic {

/// A code that is not MDS, on real bytes, for tests of what counts its patterns: two mirrored
/// pairs: slots {0, 2} and {1, 3} hold the same bytes.
std::unique_ptr<const codes::Code> make_two_pairs();

}  // namespace models::analytic
