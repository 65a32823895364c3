#!/usr/bin/env bash
# Writes the reports of what is shipped into a folder: the four plans, and one of every other command
# that has a page. scripts/write_reports.sh PROGRAM FOLDER [en|zh]
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
usage='usage: scripts/write_reports.sh PROGRAM FOLDER [en|zh]'
program=$(readlink -f -- "${1:?$usage}")
mkdir -p -- "${2:?$usage}"
folder=$(readlink -f -- "$2")
language=${3:-en}
cd "$root"
export OMP_WAIT_POLICY=passive

# write NAME COMMAND...: a claim that is refuted or undecided is a result, not a failure.
write() {
  local name=$1
  shift
  "$program" "$@" --quiet --lang "$language" --report "$folder/$name.html" --csv "$folder/$name.csv" ||
    [ $? -ge 4 ]
  printf '%s: %s bytes\n' "$name" "$(stat -c %s "$folder/$name.html")"
}

for plan in scenarios/plans/*.json; do
  write "plan_$(basename "$plan" .json)" plan "$plan"
done
write compare_cold_archive compare scenarios/hospital_cold_archive.json
write verify verify
write lifecycle_hybrid_array lifecycle scenarios/hospital_hybrid_array.json
write paths_city_hospital paths scenarios/city_hospital_gateway.json --missions 64
write drill_cold_archive drill scenarios/hospital_cold_archive.json --objects 20 --missions 10
record=$(mktemp --suffix=.csv)
trap 'rm -f "$record"' EXIT
printf 'timestamp,unit,rack\n2020-03-01,a,1\n2020-03-01,b,2\n2020-07-09,c,1\n2021-02-11,d,3\n' >"$record"
write replay_imaging_cloud replay scenarios/regional_imaging_cloud.json --trace "$record" --placements 4
