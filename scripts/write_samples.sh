#!/usr/bin/env bash
# Puts real output of the program into the documents: what stands between
#   <!-- output: holdfast ARGUMENTS -->  and  <!-- output: end -->
# is replaced by what that command prints. scripts/write_samples.sh PROGRAM [DOCUMENT...]
# Without documents: README.md and all below docs/ that have such a mark.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
program=$(readlink -f -- "${1:?usage: scripts/write_samples.sh PROGRAM [DOCUMENT...]}")
shift
cd "$root"
export NO_COLOR=1 OMP_WAIT_POLICY=passive

if [ "$#" -eq 0 ]; then
  mapfile -t documents < <(grep -rl '^<!-- output: holdfast ' README.md docs)
  set -- "${documents[@]}"
fi

rewrite() {
  local line words=() command
  while IFS= read -r line; do
    printf '%s\n' "$line"
    [[ $line == '<!-- output: holdfast '*' -->' ]] || continue
    command=${line#<!-- output: holdfast }
    # Read as a shell would, so that names may be quoted; the documents are our own.
    eval "words=(${command% -->})"
    printf '```\n'
    "$program" "${words[@]}" 2>/dev/null || return
    printf '```\n'
    while IFS= read -r line && [ "$line" != '<!-- output: end -->' ]; do :; done
    printf '<!-- output: end -->\n'
  done
}

for document in "$@"; do
  new=$(mktemp "$document.XXXXXX")
  trap 'rm -f "$new"' EXIT
  rewrite <"$document" >"$new"
  chmod 644 "$new"
  mv "$new" "$document"
done
