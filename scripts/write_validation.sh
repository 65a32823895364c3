#!/usr/bin/env bash
# Writes docs/validation.md: figures of this machine, each behind the command that made it.
# Takes about 40 minutes on two cores: release build, benchmarks, the gate of the estimators, the
# shipped scenario.
# Backquotes below are Markdown, not commands.
# shellcheck disable=SC2016
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

cmake --preset release -DHOLDFAST_BENCHMARKS=ON >&2
cmake --build build/release >&2

# Prints a command as the reader would type it, then what it says.
shown() {
  printf '\n    %s\n\n```\n' "$*"
  "$@" 2>/dev/null
  printf '```\n'
}

benchmark() {
  local program
  program=$(find build/release -name "$1" -type f -perm -u+x | head -n 1)
  shown "$program" --benchmark_min_time=0.5 --benchmark_counters_tabular=true
}

{
  printf '# Validation\n\nWritten by `scripts/write_validation.sh`; do not edit.\n'
  printf 'Figures are of one machine with %s cores at commit %s; quote ratios, not seconds.\n' \
    "$(nproc)" "$(git rev-parse --short HEAD)"
  printf '\n## Tests against truth\n\nChains, binomials and published cases are tests: `./test`.\n'
  printf '\n## Event queue\n'
  benchmark event_queue_bench
  printf '\n## Missions\n'
  benchmark mission_bench
  printf '\n## Rare loss: time to ten per cent\n'
  benchmark estimators_bench
  printf '\n## Rare loss: the gate\n\n1,000 independent estimates in each line. A line fails when fewer '
  printf 'than 910 intervals hold the truth\nor the mean is off by more than 4 standard errors.\n\n'
  OMP_WAIT_POLICY=passive build/release/tests/holdfast_sim_long_test --gtest_filter='WholeGate.*' |
    grep '^|' || true
  printf '\n## Codes\n'
  benchmark codes_bench
  printf '\n## The regional imaging cloud\n'
  shown build/release/cli/holdfast compare scenarios/regional_imaging_cloud.json --threads 2
  printf '\n## Real bytes\n'
  shown build/release/cli/holdfast drill scenarios/regional_imaging_cloud.json
} >docs/validation.md.new
mv docs/validation.md.new docs/validation.md
