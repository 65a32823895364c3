#include "models/codes/mirror.h"

#include <fmt/format.h>

#include <utility>

#include "models/codes/nested.h"
#include "models/codes/replication.h"
#include "sim/contract.h"

namespace models::codes {

std::string check_mirror(const CodeSpec& spec) {
  std::string fault = check_parameters(spec, mirror_parameters, mirror_parts);
  if (!fault.empty()) return fault;
  return check_total(spec.parameters.at("copies"), make_code(spec.parts[0])->shape().total());
}

std::unique_ptr<const Code> make_mirror(const CodeSpec& spec) {
  EXPECTS(check_mirror(spec).empty());
  const int copies = spec.parameters.at("copies");
  auto inside = make_code(spec.parts[0]);
  std::string name = fmt::format("{} x {}", copies, name_of_part(*inside, spec.parts[0]));
  return std::make_unique<Nested>(std::make_unique<Replication>(copies), std::move(inside),
                                  std::move(name));
}

}  // namespace models::codes
