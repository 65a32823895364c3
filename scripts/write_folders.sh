#!/usr/bin/env bash
# Writes docs/folders.md: which folder knows which, from the #include lines of the tree, with a
# picture of the arrows that do not follow from others. --check: compares instead, 1 if it is old.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

# "from to" for each arrow between two folders, sorted.
# shellcheck disable=SC2016  # awk expands it
arrows() {
  find sim models reports cli gui -name '*.h' -o -name '*.cpp' | LC_ALL=C sort |
    xargs awk '
      function folder(path, parts, n) {
        n = split(path, parts, "/")
        if (n > 2 && (parts[1] == "sim" || parts[1] == "models" || parts[1] == "reports"))
          return parts[1] "/" parts[2]
        return parts[1]
      }
      match($0, /^#include "(sim|models|reports|cli|gui)\/[^"]+"/) {
        include = substr($0, 11, RLENGTH - 11)
        from = folder(FILENAME); to = folder(include)
        if (from != to) print from, to
      }' | LC_ALL=C sort -u
}

write() {
  echo "# Folders, and which knows which"
  echo
  echo "Made by scripts/write_folders.sh from the \`#include\` lines. No folder stands in a circle:"
  echo "\`tests/architecture_test.cpp\` sees to it."
  echo
  echo '```mermaid'
  echo "graph TD"
  # An arrow that another way leads along as well is left out of the picture.
  arrows | awk '
    { known[$1, $2] = 1; order[++n] = $0; names[$1]; names[$2] }
    END {
      for (pair in known) reach[pair] = 1
      for (k in names) for (i in names) if ((i, k) in reach)
        for (j in names) if ((k, j) in reach) reach[i, j] = 1
      for (a = 1; a <= n; ++a) {
        split(order[a], ends, " ")
        long = 0
        for (k in names) if ((ends[1], k) in known && k != ends[2] && (k, ends[2]) in reach) long = 1
        if (!long) print "  " ends[1] " --> " ends[2]
      }
    }'
  echo '```'
  echo
  echo "| folder | includes |"
  echo "|---|---|"
  arrows | awk '
    $1 != last { if (last != "") print "| " last " | " list " |"; last = $1; list = "" }
    { list = list (list == "" ? "" : ", ") $2 }
    END { print "| " last " | " list " |" }'
}

if [ "${1:-}" = --check ]; then
  diff -u docs/folders.md <(write) >&2 || {
    echo "docs/folders.md is old: run scripts/write_folders.sh" >&2
    exit 1
  }
else
  write >docs/folders.md
fi
