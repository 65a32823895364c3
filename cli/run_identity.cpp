#include "cli/run_identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "holdfast_version.h"

namespace cli {

models::fleet::RunIdentity identity_of(const Arguments& arguments, const Options& options,
                                       const models::scenario::FilesRead& files) {
  models::fleet::RunIdentity run;
  run.push_back({"program", fmt::format("{} ({})", holdfast::version, holdfast::commit)});
  // By digest, not by name: a job may find the same files elsewhere.
  std::vector<models::fleet::IdentityFact> digests;
  for (const auto& file : files) digests.push_back({file.what, file.sha256});
  std::ranges::sort(digests, {}, [](const auto& fact) { return fact.name + fact.value; });
  const auto repeated = std::ranges::unique(digests);
  digests.erase(repeated.begin(), repeated.end());
  run.insert(run.end(), digests.begin(), digests.end());
  for (const std::string& set : arguments.overrides) run.push_back({"--set", set});
  run.push_back({"seed", std::to_string(options.run.seed)});
  run.push_back(
      {"method", options.run.method ? std::string{sim::to_string(*options.run.method)} : "auto"});
  for (const std::string& name : arguments.strategies) run.push_back({"--strategy", name});
  return run;
}

models::fleet::RunIdentity checkpoint_identity_of(const Arguments& arguments,
                                                  const Options& options,
                                                  const models::scenario::FilesRead& files) {
  models::fleet::RunIdentity run = identity_of(arguments, options, files);
  if (const auto& range = options.run.replicates) {
    run.push_back({"--replicates", fmt::format("{}:{}", range->first, range->second)});
  }
  if (options.run.precision) {
    run.push_back({"--precision", fmt::format("{}", *options.run.precision)});
  }
  run.push_back({"program file", models::scenario::sha256_of_file("/proc/self/exe")});
  return run;
}

}  // namespace cli
