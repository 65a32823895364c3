#include <string>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "models/input/schema.h"

namespace cli {

int schema(const Arguments& arguments, const Options& /*options*/) {
  const bool plans = arguments.scenario == "plan";
  if (!plans && !arguments.scenario.empty()) {
    complain("there are schemas of scenarios and, with 'plan', of plans");
    return usage;
  }
  std::string text = plans ? models::scenario::plan_schema_json() : models::scenario::schema_json();
  if (!text.ends_with('\n')) text += '\n';
  return print(text) ? done : failure;
}

}  // namespace cli
