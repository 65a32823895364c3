#!/usr/bin/env bash
# Runs the array jobs of docs/scale.md here, in 4 processes each, and holds the merged documents
# against that of one process. The task number is set as the queue sets it; parts are of REPLICATES.
# scripts/try_array_jobs.sh HOLDFAST [SCENARIO [REPLICATES]]
set -euo pipefail
root=$(dirname "$(readlink -f "$0")")/..
program=$(readlink -f "${1:?usage: scripts/try_array_jobs.sh HOLDFAST [SCENARIO [REPLICATES]]}")
scenario=$(readlink -f "${2:-$root/scenarios/regional_imaging_cloud.json}")
replicates=${3:-64}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir bin
ln -s "$program" bin/holdfast
PATH=$work/bin:$PATH
cp "$scenario" my.json
cp -r "$(dirname "$scenario")"/prices . 2>/dev/null || true

# The lines of the example, with the parts made small. FROM is its heading.
example() {
  awk -v from="**$1**" 'index($0, from) == 1 {on = 1; next} on && /^\*\*|^#/ {exit}
    on && /^    / {print substr($0, 5)} on && seen && !/^    / {exit} on && /^    / {seen = 1}' \
    "$root/docs/scale.md" | sed "s/4096/$replicates/g; s/--seed 5/--seed 5 --method direct/"
}
same() {
  python3 - "$@" <<'P'
import json, sys
one, many = (json.load(open(name)) for name in sys.argv[1:])
for document in (one, many):
    del document['timing']
sys.exit(one != many)
P
}
check() {
  holdfast merge part_*.json --json result.json --quiet
  same one.json result.json
  printf '%s: 4 processes give the document of one\n' "$1"
  rm -f part_* result.json
}
each_task() { # VARIABLE COMMAND...
  local name=$1 i tasks=()
  shift
  for i in 0 1 2 3; do
    env "$name=$i" SLURM_CPUS_PER_TASK=1 "$@" &
    tasks+=($!)
  done
  for i in "${tasks[@]}"; do wait "$i"; done
}

holdfast compare my.json --seed 5 --method direct --replicates 0:$((4 * replicates)) --quiet \
  --json one.json

example 'GNU parallel' >lines
if command -v parallel >/dev/null; then
  grep -v '^holdfast merge' lines | bash
else # xargs takes the same words
  each=$(sed -n "s/.*parallel '//p; /--replicates/p" lines | tr -d "'\\\\" | tr '\n' ' ')
  seq 0 3 | xargs -P 4 -I{} bash -c "$each"
fi
check 'GNU parallel or xargs'

example Slurm >job.sh
each_task SLURM_ARRAY_TASK_ID bash job.sh
check Slurm

example Kubernetes | sed -n '/args:/,/volumeMounts/p' | sed '1d;$d; s/^ *- //' | tr '\n' ' ' >line
each_task JOB_COMPLETION_INDEX sh -c "$(cat line)"
check Kubernetes
