#!/usr/bin/env bash
# Writes the measured part of docs/records.md: figures of this machine below the commands that made
# them. scripts/write_records.sh [SECTION...]: coverage speed agreement; all if none is named. A
# section that is made stays in build/records; the page has those that are there.
# BUILD is the folder of a build that is there (build/release by default, made with
# -DHOLDFAST_BENCHMARKS=ON); HOLDFAST_RECORDS=N plays fewer records than 300 for the coverage;
# ALPINE_RECORD names the record of Alpine. Without it the agreement is not made, and says so.
# Backquotes below are Markdown, not commands.
# shellcheck disable=SC2016
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

page=docs/records.md
build=${BUILD:-build/release}
parts=build/records
record=${ALPINE_RECORD:-../shared/data/alpine_failures.csv}
all_sections=(coverage speed agreement)
mkdir -p "$parts"
new=$(mktemp "$parts/part.XXXXXX")
trap 'rm -f "$new" "$new".*' EXIT
export OMP_WAIT_POLICY=passive NO_COLOR=1

program_of() {
  local program
  program=$(find "$build" -name "$1" -type f -perm -u+x | head -n 1)
  [ -n "$program" ] || { echo "$1 is not built in $build" >&2; return 1; }
  printf '%s\n' "$program"
}

# Where, when and how busy.
made() {
  local state=''
  [ -z "$(git status --porcelain --untracked-files=no)" ] || state=' with changes'
  printf '\n*Commit %s%s, %s, %s cores (%s), load at the start %s.*\n' \
    "$(git rev-parse --short HEAD)" "$state" "$(date -u +%F)" "$(nproc)" \
    "$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | sort -u | paste -sd ';')" \
    "$(cut -d ' ' -f 1 /proc/loadavg)"
}

section_coverage() {
  local program
  program=$(program_of holdfast_models_long_test)
  printf '\n### What is found, and how often intervals hold the truth\n'
  made
  printf '\n    %s%s --gtest_filter=HazardCoverage.*\n\n' \
    "${HOLDFAST_RECORDS:+HOLDFAST_RECORDS=$HOLDFAST_RECORDS }" "$program"
  "$program" --gtest_filter='HazardCoverage.*' >"$new.out" || true  # what fails is shown
  grep '^|' "$new.out"
  printf '\nChecks that fail: %s.\n' "$(grep -c ': Failure$' "$new.out" || true)"
}

section_speed() {
  local program
  program=$(program_of holdfast_records_bench)
  printf '\n### Speed and memory\n'
  made
  printf '\nTargets: 330 MB of days of drives in 2 s and 16 MB; 10,000 failures with bursts in 10 s;\n'
  printf '1,000 windows of a posterior check in 20 s. On a busy machine compare the processor time.\n'
  printf '\n    %s --benchmark_counters_tabular=true\n\n```\n' "$program"
  "$program" --benchmark_counters_tabular=true 2>/dev/null
  printf '```\n'
}

section_agreement() {
  if [ ! -e "$record" ]; then
    echo "skipped: no record at $record; ALPINE_RECORD names it" >&2
    return 77
  fi
  local holdfast
  holdfast=$(program_of holdfast)
  printf '\n### The record of Alpine: losses replayed and losses of the fitted model\n'
  made
  printf '\n    holdfast fit alpine_failures.csv --installed 2018-06-01 \\\n'
  printf '      --scenario scenarios/records/alpine.json --out fitted.json\n'
  printf '    holdfast replay scenarios/records/alpine.json --trace alpine_failures.csv \\\n'
  printf '      --resample weeks:%s\n    holdfast compare fitted.json\n' "${RECORDS:-200}"
  "$holdfast" fit "$record" --installed 2018-06-01 --scenario scenarios/records/alpine.json \
    --out "$new.json" --quiet >/dev/null
  "$holdfast" replay scenarios/records/alpine.json --trace "$record" --quiet \
    --resample "weeks:${RECORDS:-200}" --json "$new.replay" >/dev/null
  # shellcheck disable=SC2086  # several words
  "$holdfast" compare "$new.json" --quiet --json "$new.compare" ${COMPARE_OPTIONS:-} >/dev/null
  python3 scripts/losses_agree.py "$new.replay" "$new.compare"
}

put_in_page() {
  {
    sed '/^<!-- measured -->$/q' "$page"
    for section in "${all_sections[@]}"; do
      if [ -e "$parts/$section.md" ]; then
        cat "$parts/$section.md"
      else
        printf '\nNot made yet: `scripts/write_records.sh %s`.\n' "$section"
      fi
    done
    printf '\n'
    sed -n '/^<!-- end of what is measured -->$/,$p' "$page"
  } >"$new"
  chmod 644 "$new"
  mv "$new" "$page"
}

[ "$#" -gt 0 ] || set -- "${all_sections[@]}"
for section in "$@"; do
  declare -F "section_$section" >/dev/null ||
    { echo "no section '$section'; there are: ${all_sections[*]}" >&2; exit 2; }
done
for section in "$@"; do
  echo "== $section" >&2
  code=0
  "section_$section" >"$new" || code=$?
  [ "$code" != 77 ] || continue
  [ "$code" = 0 ] || exit "$code"
  cp "$new" "$parts/$section.md"
done
put_in_page
