#!/usr/bin/env bash
# Writes docs/validation.md: figures of this machine, each behind the command that made it.
# scripts/write_validation.sh [SECTION...]: agreement events codes scenario claims speed growth gate
# bytes campaign records hazards fits losses; all if none is named. A section that is made stays in
# build/validation, with its commit and date; the page is put together of what is there, and names the
# others. The gate takes half an hour on two quiet cores, the speed of rare loss and growth a quarter of
# one each, all else ten minutes. Nothing is replaced unless every command of a section ended well.
# Backquotes below are Markdown, not commands.
# shellcheck disable=SC2016
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

page=docs/validation.md
parts=build/validation
all_sections=(agreement events codes scenario claims speed growth gate bytes campaign records hazards
  fits losses)
mkdir -p "$parts"
new=$(mktemp "$parts/part.XXXXXX")
trap 'rm -f "$new" "$new.out"' EXIT
export OMP_WAIT_POLICY=passive NO_COLOR=1
# Figures of a replay do not hang on how fast they come: HOLDFAST=build/dev/cli/holdfast makes the
# section "records" with a program that is there already.
holdfast=${HOLDFAST:-build/release/cli/holdfast}
record=${ALPINE_RECORD:-../shared/data/alpine_failures.csv}
placements=${PLACEMENTS:-20}
scenario=scenarios/regional_imaging_cloud.json

build() {
  local targets=(holdfast holdfast_sim_test holdfast_models_test holdfast_reports_test
    holdfast_cli_test holdfast_event_queue_bench holdfast_mission_bench holdfast_codes_bench
    holdfast_drill_bench holdfast_estimators_bench holdfast_fleet_rare_bench holdfast_sim_long_test
    holdfast_models_long_test holdfast_records_bench holdfast_growth_bench)
  cmake --preset release -DHOLDFAST_BENCHMARKS=ON
  cmake --build build/release --target "${targets[@]}"
}

# The path of this machine's checkout says nothing to a reader.
without_paths() {
  sed -e "s#$root/##g" -e "s#$root#.#g" -e "s#$record#$(basename "$record")#g"
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

# The tests whose names match: one line a suite, with how many agreed.
tests() {
  local program
  program=$(program_of "$1")
  printf '\n    %s --gtest_filter=%s\n\n' "$program" "$2"
  printf '| compared | tests that agree |\n|---|---|\n'
  "$program" --gtest_brief=0 --gtest_color=no --gtest_filter="$2" >"$new.out" 2>&1
  sed -n -e 's/^\[       OK \] \(.*\) (.*$/\1/p' "$new.out" |
    awk -F. '{ suite = $1; sub(".*/", "", suite) }
      !(suite in count) { order[++suites] = suite }
      { ++count[suite] }
      END { for (i = 1; i <= suites; ++i) printf "| %s | %d |\n", order[i], count[order[i]] }'
  local skipped
  skipped=$(grep -c '^\[  SKIPPED \] .*(' "$new.out" || true)
  [ "$skipped" = 0 ] || printf '\nSkipped: %s.\n' "$skipped"
}

# The table that the long test of the estimators prints. Its output is kept: half an hour.
gate() {
  local program
  program=$(program_of holdfast_sim_long_test)
  if [ ! "$parts/gate.out" -nt "$program" ]; then
    "$program" --gtest_filter='*WholeGate*' >"$new.out" || true  # a line that fails is shown
    mv "$new.out" "$parts/gate.out"
  fi
  printf '\n    %s --gtest_filter=*WholeGate*\n\n' "$program"
  printf '| oracle | of | method | stops by | replicates | covered | truth above | truth below '
  printf '| mean / truth | off by errors | verdict |\n|---|---|---|---|---|---|---|---|---|---|---|\n'
  grep '^|' "$parts/gate.out"
  printf '\nLines that fail: %s.\n' "$(grep -c '^|.*| FAILS |$' "$parts/gate.out" || true)"
}

processor() {
  sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | sort -u | paste -sd ';'
}

introduction() {
  cat <<TEXT
# Validation

Written by \`scripts/write_validation.sh\`; do not edit. Every figure stands below the command that
made it, on a machine with $(nproc) cores ($(processor)).

Times belong to that machine and its load; quote ratios. Agreement, verdicts and all figures of
scenarios do not depend on it.
TEXT
}

# Where, when and how busy.
made() {
  local state=''
  [ -z "$(git status --porcelain --untracked-files=no)" ] || state=' with changes'
  printf '\n*Commit %s%s, %s, load at the start %s.*\n' "$(git rev-parse --short HEAD)" "$state" \
    "$(date -u +%F)" "$(cut -d ' ' -f 1 /proc/loadavg)"
}

require_record() {
  [ -e "$record" ] || { echo "no record at $record: name it in ALPINE_RECORD" >&2; return 1; }
}

section_agreement() {
  printf '\n## Agreement with what is known\n'
  made
  printf '\nA test that does not agree ends this script. Statistical ones have fixed seeds and ask\n'
  printf 'for |z| < 4.\n\nClosed forms, chains and published values:\n'
  tests holdfast_models_test 'Published.*:ClosedForms.*:Chain.*:Binomial.*:ErasureLevels.*:Figures.*'
  printf '\nSimulation against chain, binomial and the arithmetic of a rebuild:\n'
  tests holdfast_models_test \
    '*AgainstTheChain*:LumpedChain.*:Mission.*:RebuildTime.*:RareMission.*:ReachMission.*:Scatter.*'
  printf '\nDetection against its formula, and the fleet against a second simulator that shares no code\n'
  printf 'with it but the erasure codes and the placement map:\n'
  tests holdfast_models_test '*DetectionFormula*:*DetectionOracle*:NaiveSimulator.*:*PlantAgreement*:*PlantOnScripts*'
  printf '\nLatent errors and scrubbing against chains, a group by itself and whole missions:\n'
  tests holdfast_models_test 'LatentErrors.*:RaidGroup.*:Scrubber.*'
  printf '\nEvery erasure pattern against decoding real bytes:\n'
  tests holdfast_models_test 'ReedSolomon.*:Replication.*:Lrc.*:*EveryCode*:GfMatrix.*:Drill.*:PlantedDefect.*:PlacementDrill.*:ObjectStore.*'
  printf '\nSame result for 1, 2, 7 threads and for two runs:\n'
  tests holdfast_cli_test 'Compare.*'
}

section_events() {
  printf '\n## Events and missions\n'
  made
  printf '\nTarget of the queue: 25 million HOLD/s on a core with 1,000 pending.\n'
  benchmark holdfast_event_queue_bench
  printf '\nTargets: 2 million events/s on a core for 1,000 disks and 100,000 groups; a mission-year\n'
  printf 'of 10,000 disks and 1,000,000 groups in 0.1 s (losses alone) and 2 s (with outages), in\n'
  printf '1 GiB; a branch in 20 us. How time grows with the fleet is read off the same lines.\n'
  benchmark holdfast_mission_bench
  printf '\nTargets: 1 million missions/s of a RAID group with latent errors on 2 cores; its rarest\n'
  printf 'figure to +-5 %% in a second.\n'
  benchmark holdfast_raid_group_bench
}

section_codes() {
  printf '\n## Codes\n'
  made
  printf '\nTarget: RS 10+4 at 95 %% or more of calling ISA-L directly ("ratio").\n'
  benchmark holdfast_codes_bench
  printf '\nThe codecs, and the word size that a published study of a Hadoop store found best (W = 16).\n'
  printf 'Rates are by processor time.\n'
  shown "$holdfast" codes --svg docs/word_sizes.svg
  printf '\n![RS 6+3 by word size and kernel](word_sizes.svg)\n'
}

section_scenario() {
  printf '\n## The regional imaging cloud\n'
  made
  printf '\nTarget: 60 s on two cores.\n'
  shown "$holdfast" compare "$scenario" --threads 2
}

section_claims() {
  printf '\n## Claims of the shipped systems\n'
  made
  printf '\nEvery claim with its verdict on the full model, and what moves and comes back.\n'
  local name
  for name in regional_imaging_cloud hospital_hybrid_array hospital_cold_archive \
    city_hospital_gateway; do
    shown "$holdfast" verify --scenario "scenarios/$name.json"
  done
  for name in regional_imaging_cloud hospital_hybrid_array hospital_cold_archive; do
    shown "$holdfast" lifecycle "scenarios/$name.json"
  done
}

section_speed() {
  printf '\n## Speed of rare loss\n'
  made
  printf '\nProcessor time to ten per cent at 95 %%: of models without storage, then of fleets, up to\n'
  printf '100,000 disks ("asked": relative half-width; "published" 0: it gave up before).\n'
  benchmark holdfast_estimators_bench
  shown "$(program_of holdfast_fleet_rare_bench)" --benchmark_counters_tabular=true
}

section_growth() {
  local program
  program=$(program_of holdfast_growth_bench)
  printf '\n## Growth with the fleet\n'
  made
  printf '\nRS 10+4 with machines and shocks, 20 groups a disk. A loss that 120 s do not find to 20 %% is\n'
  printf 'told as what it would take. Target: every exponent at most 1.05.\n'
  "$program" >/dev/null 2>&1
  printf '\n    %s\n    scripts/plot_growth.py build/growth.csv docs/growth.svg\n\n' "$program"
  scripts/plot_growth.py build/growth.csv docs/growth.svg || true  # what is short is shown
  printf '\n![Cost by number of disks](growth.svg)\n'
}

section_gate() {
  printf '\n## The gate of the estimators\n'
  made
  printf '\n1,000 independent estimates in each line. A line fails when fewer than 910 intervals hold\n'
  printf 'the truth or the mean is off by more than 4 standard errors; 93 to 97 %% is the aim.\n'
  gate
}

section_bytes() {
  printf '\n## Real bytes\n'
  made
  shown "$holdfast" drill "$scenario" --bytes 1000000
  shown "$holdfast" drill "$scenario" --objects 8 --bytes 301 --steps 14 --missions 2500
  benchmark holdfast_drill_bench
}

# Kept like the gate: a campaign takes as long.
section_campaign() {
  local program
  program=$(program_of holdfast_models_long_test)
  printf '\n## A million fault schedules\n'
  made
  printf '\nThe small store of the tests (24 machines of 2 disks, 8 objects, 14 steps of every kind of\n'
  printf 'fault and of work), and the failover of gateways; every byte compared after every step.\n'
  if [ ! "$parts/campaign.out" -nt "$program" ]; then
    "$program" --gtest_filter='DrillCampaign.*' >"$new.out"
    mv "$new.out" "$parts/campaign.out"
  fi
  printf '\n    %s --gtest_filter=DrillCampaign.*\n' "$program"
  awk '/^\|/ { if (!table) print ""; print } { table = /^\|/ }' "$parts/campaign.out"
}

section_records() {
  printf '\n## Recorded failures\n'
  made
  printf '\nThe disk failures of Alpine (George, Hanley, Zimmer 2024, DOI 10.13139/OLCF/2441482; not\n'
  printf 'shipped): laws of life from them, and the same failures on eight strategies. docs/records.md\n'
  printf 'tells how.\n'
  require_record
  shown "$holdfast" fit "$record"
  shown "$holdfast" replay scenarios/records/alpine.json --trace "$record" --placements "$placements"
}

# HOLDFAST_RECORDS=N plays fewer records than 300 of each kind.
section_hazards() {
  local program
  program=$(program_of holdfast_models_long_test)
  printf '\n## Laws of recorded failures: what is found, and how often intervals hold the truth\n'
  made
  printf '\n    %s%s --gtest_filter=HazardCoverage.*\n\n' \
    "${HOLDFAST_RECORDS:+HOLDFAST_RECORDS=$HOLDFAST_RECORDS }" "$program"
  "$program" --gtest_filter='HazardCoverage.*' >"$new.out" || true  # what fails is shown
  grep '^|' "$new.out"
  printf '\nChecks that fail: %s.\n' "$(grep -c ': Failure$' "$new.out" || true)"
}

section_fits() {
  printf '\n## Speed and memory of records\n'
  made
  printf '\nTargets: 330 MB of days of drives in 2 s and 16 MB; 10,000 failures with bursts in 10 s;\n'
  printf '1,000 windows of a posterior check in 20 s.\n'
  benchmark holdfast_records_bench
}

section_losses() {
  printf '\n## The record of Alpine: losses replayed, and losses of the fitted model\n'
  made
  require_record
  shown "$holdfast" fit "$record" --installed 2018-06-01 --quiet \
    --scenario scenarios/records/alpine.json --out "$parts/fitted.json"
  shown "$holdfast" replay scenarios/records/alpine.json --trace "$record" --quiet \
    --resample weeks:200 --json "$parts/replay.json"
  shown "$holdfast" compare "$parts/fitted.json" --quiet --json "$parts/compare.json"
  printf '\n    scripts/losses_agree.py %s %s\n\n' "$parts/replay.json" "$parts/compare.json"
  scripts/losses_agree.py "$parts/replay.json" "$parts/compare.json"
}

[ "$#" -gt 0 ] || set -- "${all_sections[@]}"
for section in "$@"; do
  declare -F "section_$section" >/dev/null ||
    { echo "no section '$section'; there are: ${all_sections[*]}" >&2; exit 2; }
done
[ -n "${HOLDFAST:-}" ] || build >&2
for section in "$@"; do
  echo "== $section" >&2
  "section_$section" >"$new"
  cp "$new" "$parts/$section.md"
done

{
  introduction
  for section in "${all_sections[@]}"; do
    if [ -e "$parts/$section.md" ]; then
      cat "$parts/$section.md"
    else
      printf '\nNot made yet: `scripts/write_validation.sh %s`.\n' "$section"
    fi
  done
} >"$new"
chmod 644 "$new"
mv "$new" "$page"
