#!/usr/bin/env bash
# Opens every page of a folder in a headless Chromium and prints it: no error on the console, nothing
# fetched from outside, a figure, at most 3 MB, sheets of A4. Sheets are left beside the pages as
# grey pictures, to be looked at. Needs chromium and poppler-utils.
# scripts/check_reports.sh FOLDER [DPI]
set -euo pipefail
folder=$(readlink -f -- "${1:?usage: scripts/check_reports.sh FOLDER [DPI]}")
dpi=${2:-60}
most_bytes=3000000
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
faults=0
fault() {
  printf '  %s\n' "$1"
  faults=$((faults + 1))
}
browse() {
  chromium --headless --no-sandbox --disable-gpu --user-data-dir="$profile" \
    --enable-logging=stderr "$@" 2>"$profile/log"
}

for page in "$folder"/*.html; do
  name=$(basename "$page" .html)
  browse --dump-dom "file://$page" >"$profile/dom"
  browse --no-pdf-header-footer --print-to-pdf="$folder/$name.pdf" "file://$page"
  grep 'CONSOLE' "$profile/log" && fault 'the console has a word'
  [ "$(stat -c %s "$page")" -le $most_bytes ] || fault 'more than 3 MB'
  # One language is hidden, and both are there.
  grep -q '<svg' "$profile/dom" || fault 'no figure'
  grep -q '</html>' "$profile/dom" || fault 'the page breaks off'
  if grep -Eo '(src|href|srcset|action)="[^"]{0,60}' "$page" | grep -Ev '="(data:|#)'; then
    fault 'points outside'
  fi
  pdfinfo "$folder/$name.pdf" >"$profile/pdf"
  grep -Eq '^Page size:.*A4' "$profile/pdf" || fault 'the first sheet is not A4'
  pdftoppm -r "$dpi" -gray -png "$folder/$name.pdf" "$folder/$name"
  printf '%s: %s sheets, %s figures\n' "$name" "$(awk '/^Pages/ {print $2}' "$profile/pdf")" \
    "$(grep -o '<svg' "$profile/dom" | wc -l)"
done
[ $faults -eq 0 ]
