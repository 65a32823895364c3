#include <string>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "models/scenario/read_scenario.h"

namespace cli {

int schema(const Arguments& /*arguments*/, const Options& /*options*/) {
  std::string text = models::scenario::schema_json();
  if (!text.ends_with('\n')) text += '\n';
  return print(text) ? done : failure;
}

}  // namespace cli
