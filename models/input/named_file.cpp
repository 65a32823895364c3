#include "models/input/named_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "models/input/file_bytes.h"

namespace models::scenario {
namespace {

namespace fs = std::filesystem;

// Empty unless `file` lies outside of `folder`, links followed.
std::string outside(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path base = fs::weakly_canonical(fs::absolute(folder), error);
  if (error) return error.message();
  const fs::path target = fs::weakly_canonical(fs::absolute(folder / file), error);
  if (error) return error.message();
  const auto [rest, ignored] =
      std::mismatch(base.begin(), base.end(), target.begin(), target.end());
  const bool below = rest == base.end() || (rest->empty() && std::next(rest) == base.end());
  return below ? "" : "must be a file in the folder of the scenario or below it";
}

}  // namespace

void with_file_or_object(const Node& node, const fs::path& folder, std::string_view what,
                         Faults& faults, const std::function<void(const Node&)>& read) {
  if (node.kind != Node::Kind::text) {
    read(node);
    return;
  }
  const fs::path file(node.text);
  if (file.empty() || file.is_absolute()) {
    faults.add(node, fmt::format("must be the name of a {} relative to the scenario", what));
    return;
  }
  if (std::string why = outside(file, folder); !why.empty()) {
    faults.add(node, std::move(why));
    return;
  }
  const auto bytes = read_bytes(folder / file);
  if (!bytes) {
    faults.add(node, to_string(bytes.diagnostics().front()));
    return;
  }
  faults.add(FileRead{std::string(what), (folder / file).string(), sha256_of(bytes.value())});
  const auto document = parse_document(bytes.value(), (folder / file).string());
  if (!document) {
    faults.add(document.diagnostics());
    return;
  }
  read(document.value()->root);
}

}  // namespace models::scenario
