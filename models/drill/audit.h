#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/codes/code.h"
#include "models/drill/ledger.h"
#include "models/drill/object_store.h"
#include "sim/random.h"

namespace models::drill {

/// What reading one object back told.
struct Finding {
  codes::ShardSet damaged;  ///< by comparing raw bytes
  bool out_of_reach{};      ///< cannot be read, only because something is away
  bool predicted_lost{};    ///< the code calls `damaged` lost
  bool readable{};
  std::string violation;  ///< empty: as it should be
};

/// The randomness with which an object is read.
using StreamOf = std::function<sim::Stream(std::uint32_t group)>;

/// Reads every object back, as many threads at once as there are cores where that pays; one in four
/// through a random least set of its shards. Findings by object; the same for any number of
/// threads. `work` grows by what the code did.
std::vector<Finding> audit(const codes::Code& code, const ObjectStore& store, const Ledger& ledger,
                           const StreamOf& stream_of, std::uint64_t number, Work& work);

}  // namespace models::drill
