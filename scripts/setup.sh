# Sourced by run, test and .ci/run: installs what is missing and builds a preset.
# Everything it says goes to stderr. Needs `root`, the root of the repository.
# shellcheck shell=bash

: "${root:?setup.sh is sourced with root set}"

say() { printf 'holdfast: %s\n' "$*" >&2; }

# packages_of LIST...: the names in packages/LIST.txt, one a line.
packages_of() {
  local list
  for list in "$@"; do
    sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$root/packages/$list.txt"
  done
}

# missing_packages LIST...: those that dpkg does not know as installed, one a line.
missing_packages() {
  local installed
  # dpkg-query fails as soon as one name is unknown to it; its list is right nevertheless.
  # shellcheck disable=SC2016  # the braces are dpkg-query's
  installed=$(packages_of "$@" |
    xargs dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' 2>/dev/null |
    sed -n 's/^installed //p') || true
  packages_of "$@" | grep -Fxv -f <(printf '%s\n' "$installed") || true
}

# show_failure LOG COMMAND...: the end of the output of a command that failed; fails.
show_failure() {
  local log=$1
  shift
  grep -v '^\[[0-9]*/[0-9]*\] ' "$log" | tail -n 60 >&2 || true
  say "failed: $* (all of its output: $log)"
  return 1
}

# quietly LOG COMMAND...: runs it with its output in LOG; shows the end of LOG if it fails.
quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null || show_failure "$log" "$@"
}

# install_packages LIST...: installs what is missing, or says what an administrator has to run.
install_packages() {
  local missing=() as_root=() install
  if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian; trying without installing: $(packages_of "$@" | paste -sd' ')"
    return 0
  fi
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0

  install="apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    # A password can be asked for on a terminal only.
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
      as_root=(sudo)
    else
      say "some packages are missing, and only an administrator can install them. As root, run:"
      printf '%s\n' "$install" >&2
      return 1
    fi
  fi
  say "installing ${#missing[@]} Debian packages and what they need (once): ${missing[*]}"
  mkdir -p "$root/build"
  quietly "$root/build/install.log" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    sh -c "$install"
}

# Seconds between two lines that say how far a build is, where no terminal shows it.
progress_every=30

# tell_progress: copies the lines of a build and says now and then how far it is.
tell_progress() {
  local line due=$((SECONDS + progress_every))
  while IFS= read -r line; do
    printf '%s\n' "$line"
    if [ "$SECONDS" -ge "$due" ] && [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
      say "building: ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"
      due=$((SECONDS + progress_every))
    fi
  done
}

# build_telling LOG COMMAND...: quietly, but for the progress.
build_telling() {
  local log=$1
  shift
  "$@" 2>&1 </dev/null | tell_progress >"$log" || show_failure "$log" "$@"
}

# build_preset PRESET [CMAKE OPTION...]: configures and builds into build/PRESET.
build_preset() {
  local preset=$1 out=$root/build/$1
  shift
  if [ -e "$out/build.ninja" ]; then
    say "building what changed ($preset preset)"
  else
    say "building ($preset preset; this first time takes several minutes)"
  fi
  mkdir -p "$out"
  (
    # Presets are looked for in the current folder; the caller's own stays as it is.
    cd "$root" || exit
    quietly "$out/configure.log" cmake --preset "$preset" "$@" || exit
    if [ -t 2 ]; then
      # One line that ninja rewrites.
      NINJA_STATUS='holdfast: building: %f of %t, %p, %es  ' cmake --build "$out" >&2
    else
      build_telling "$out/build.log" cmake --build "$out"
    fi
  )
}

# is_current STAMP PATH...: nothing below the paths of the repository is newer than STAMP.
is_current() {
  local stamp=$1 path paths=()
  shift
  [ -e "$stamp" ] || return 1
  for path in "$@"; do
    [ ! -e "$root/$path" ] || paths+=("$root/$path")
  done
  # A folder is newer when a file came or went.
  [ -z "$(find "${paths[@]}" -newer "$stamp" -print -quit)" ]
}

# with_lock NAME COMMAND...: one at a time for this tree, where flock is there.
with_lock() {
  local lock=$root/build/$1.lock status=0
  shift
  mkdir -p "$root/build"
  if ! command -v flock >/dev/null; then
    "$@"
    return
  fi
  exec 9>"$lock"
  flock 9
  # The builders must not hold the lock open behind our back.
  "$@" 9>&- || status=$?
  exec 9>&-
  return "$status"
}
