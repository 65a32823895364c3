#!/usr/bin/env bash
# Writes docs/validation.md: figures of this machine, each behind the command that made it. Takes
# about 50 minutes on two quiet cores. Nothing is replaced unless every command ended well.
# Backquotes below are Markdown, not commands.
# shellcheck disable=SC2016
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

page=docs/validation.md
new=$(mktemp "$page.XXXXXX")
trap 'rm -f "$new" "$new.out"' EXIT
export OMP_WAIT_POLICY=passive NO_COLOR=1
holdfast=build/release/cli/holdfast
scenario=scenarios/regional_imaging_cloud.json

build() {
  local targets=(holdfast holdfast_sim_test holdfast_models_test holdfast_reports_test
    holdfast_cli_test holdfast_event_queue_bench holdfast_mission_bench holdfast_codes_bench
    holdfast_estimators_bench holdfast_sim_long_test)
  cmake --preset release -DHOLDFAST_BENCHMARKS=ON
  cmake --build build/release --target "${targets[@]}"
}

# The path of this machine's checkout says nothing to a reader.
without_paths() {
  sed -e "s#$root/##g" -e "s#$root#.#g"
}

# Runs a command; shows it as the reader would type it, then what it says. Its exit code must be 0.
shown() {
  printf '\n    %s\n\n```\n' "$*"
  "$@" >"$new.out" 2>/dev/null
  without_paths <"$new.out"
  printf '```\n'
}

program_of() {
  local program
  program=$(find build/release -name "$1" -type f -perm -u+x | head -n 1)
  [ -n "$program" ] || { echo "$1 was not built" >&2; return 1; }
  printf '%s\n' "$program"
}

# Google Benchmark tells the machine's name and load on stderr, which shown() leaves out.
benchmark() {
  local program
  program=$(program_of "$1")
  shown "$program" --benchmark_min_time=0.5 --benchmark_counters_tabular=true "${@:2}"
}

# The tests whose names match, one line each: what is compared, and whether it agreed.
tests() {
  local program
  program=$(program_of "$1")
  printf '\n    %s --gtest_filter=%s\n\n```\n' "$program" "$2"
  "$program" --gtest_brief=0 --gtest_color=no --gtest_filter="$2" >"$new.out" 2>&1
  sed -n -e 's/^\[       OK \] \(.*\) (.*$/agrees  \1/p' \
    -e 's/^\[  SKIPPED \] \(.*\) (.*$/skipped \1/p' "$new.out"
  printf '```\n'
}

# The table that the long test of the estimators prints.
gate() {
  local program
  program=$(program_of holdfast_sim_long_test)
  printf '\n    %s --gtest_filter=WholeGate.*\n\n' "$program"
  "$program" --gtest_filter='*WholeGate*' >"$new.out"
  grep '^|' "$new.out"
}

processor() {
  sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | sort -u | paste -sd ';'
}

introduction() {
  local state=''
  [ -z "$(git status --porcelain)" ] || state=', with changes that are not committed'
  cat <<TEXT
# Validation

Written by \`scripts/write_validation.sh\`; do not edit. Every figure stands below the command that
made it, run on one machine on one day:

- processor: $(processor), $(nproc) cores
- commit: $(git rev-parse --short HEAD)$state
- date: $(date -u +%F)
- load of the machine at the start: $(cut -d ' ' -f 1 /proc/loadavg) (above 0.5, times below are too long)

Times belong to that machine; quote ratios. Agreement, verdicts and all figures of the scenario do
not depend on it.
TEXT
}

write_page() {
  introduction
  printf '\n## Agreement with what is known\n\n'
  printf 'A test that does not agree ends this script. Statistical ones have fixed seeds and ask for\n'
  printf '|z| < 4.\n\nClosed forms, chains and published values:\n'
  tests holdfast_models_test 'Published.*:ClosedForms.*:Chain.*:Binomial.*:ErasureLevels.*:Figures.*'
  printf '\nSimulation against chain, binomial and the arithmetic of a rebuild:\n'
  tests holdfast_models_test '*AgainstTheChain*:Mission.*:RebuildTime.*'
  printf '\nEvery erasure pattern against decoding real bytes:\n'
  tests holdfast_models_test 'ReedSolomon.*:Replication.*:*EveryCode*:GfMatrix.*'
  printf '\nSame result for 1, 2, 7 threads and for two runs:\n'
  tests holdfast_cli_test 'Compare.*'
  printf '\n## Event queue\n\nTarget: 25 million HOLD/s on a core with 1,000 pending.\n'
  benchmark holdfast_event_queue_bench
  printf '\n## Missions\n\nTargets: 2 million events/s on a core for 1,000 disks and 100,000 groups;'
  printf ' a mission-year\nof 10,000 disks and 1,000,000 groups in 0.1 s (losses alone) and 2 s'
  printf ' (with outages); a branch\nin 20 us. How time grows with the fleet is read off the same'
  printf ' lines.\n'
  benchmark holdfast_mission_bench
  printf '\n## Codes\n\nTarget: RS 10+4 at 95 %% or more of calling ISA-L directly ("ratio").\n'
  benchmark holdfast_codes_bench
  printf '\n## The regional imaging cloud\n\nTarget: 60 s on two cores.\n'
  shown "$holdfast" compare "$scenario" --threads 2
  printf '\n## Rare loss\n\nProcessor time to ten per cent at 95 %%, and the gate: 1,000 independent'
  printf ' estimates in each\nline. A line fails when fewer than 910 intervals hold the truth or the'
  printf ' mean is off by more than\n4 standard errors.\n'
  benchmark holdfast_estimators_bench
  gate
  printf '\n## Real bytes\n'
  shown "$holdfast" drill "$scenario"
}

build >&2
write_page >"$new"
chmod 644 "$new"
mv "$new" "$page"
