#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace models::scenario {

/// A "source" of a scenario, plan or price book with its "confidence", and all that it is said of.
struct StatedSource {
  std::string source;
  std::string confidence;          ///< empty: none is stated
  std::vector<std::string> paths;  ///< JSON pointers of the objects that state it
};

/// Sources in the order in which a text first names them, each once for each confidence. Empty if
/// the text is no JSON.
std::vector<StatedSource> stated_sources(std::string_view text);

}  // namespace models::scenario
