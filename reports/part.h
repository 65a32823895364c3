#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/fleet/block_store.h"
#include "models/fleet/run_identity.h"
#include "models/scenario/diagnostic.h"

namespace reports {

/// What a result document of some replicates holds besides figures, so that it can be merged with
/// those of others.
struct Part {
  models::fleet::RunIdentity run;
  std::string scenario;       ///< as on the command line
  std::string scenario_file;  ///< as documents name it
  std::string scenario_text;  ///< all of it
  std::vector<std::string> overrides;
  std::vector<std::string> strategies;  ///< chosen; empty: all
  std::uint64_t seed{};
  std::optional<std::string> method;
  std::uint64_t first{};  ///< replicates [first, end)
  std::uint64_t end{};
  std::vector<models::fleet::BlockSums> blocks;
};

/// A result document with "blocks", the part and a SHA-256 of it. @param json  an object
std::string with_part(const std::string& json, const Part& part);

/// The part that a result document holds, or why it cannot be merged, with the remedy.
models::scenario::Checked<Part> read_part(std::string_view json, const std::string& file);

}  // namespace reports
