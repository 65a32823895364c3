#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/input/document.h"

namespace models::scenario {

/// The JSON pointer of a path "a.b.0.c"; a pointer stays as it is.
std::string pointer_of_path(std::string_view path);

/// Applies "a.b.0.c=value" or "/a/b/0/c=value" (RFC 6901) to the tree: a value that is a JSON
/// literal is one, any other is a text. Objects on the way are made where they are missing; list
/// places have to exist. Faults have "--set ..." for a file. @post the document is linked
Diagnostics apply_overrides(const std::vector<std::string>& overrides, Document& document);

}  // namespace models::scenario
