#!/usr/bin/env bash
# How far it is from an empty folder to the first own answer: keys and seconds. Types the answers of
# docs/start.md into 'holdfast new' and counts them, with the words of the command and every Enter.
# scripts/measure_start.sh PROGRAM [DOCUMENT]
# With a document: its lines between <!-- measured --> and <!-- measured: end --> are written anew.
set -euo pipefail
program=$(readlink -f -- "${1:?usage: scripts/measure_start.sh PROGRAM [DOCUMENT]}")
document=${2:+$(readlink -f -- "$2")}

command='./run new'
# Machines, disks, size, product, data, file, figures: two own answers, the others as offered.
answers=('6' '' '' 'rs 3+2' '' '' '')

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
keys=$((${#command} + 1))
for answer in "${answers[@]}"; do keys=$((keys + ${#answer} + 1)); done

start=$(date +%s.%N)
printf '%s\n' "${answers[@]}" | "$program" new --ask >table 2>questions
end=$(date +%s.%N)
grep -q 'Nines of objects' table || { cat questions table >&2; exit 1; }
seconds=$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.1f", b - a }')
line="From an empty folder to the first table of one's own system: $keys keys, $seconds s of waiting."
printf '%s\n' "$line"

[ -n "$document" ] || exit 0
awk -v line="$line" '
  /^<!-- measured: end -->$/ { inside = 0 }
  !inside { print }
  /^<!-- measured -->$/ { print line; inside = 1 }' "$document" >"$document.new"
cat "$document.new" >"$document"
rm "$document.new"
