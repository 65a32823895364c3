#!/usr/bin/env bash
# Tries ./run and ./test in a fresh minimal Debian 12, as root: scripts/try_on_bare_machine.sh FOLDER
#
# FOLDER becomes the root of the new system (about 3 GB; it must not exist and stays afterwards).
# Needs git and network here, and debootstrap, which it installs. The new system gets this machine's
# apt settings, so its mirror and proxy are those that work here; HOLDFAST_MIRROR names another
# mirror for debootstrap. What is tried is HEAD. Two release builds and one of the tests take about
# 25 minutes on two cores; --without-test leaves the tests out.
set -euo pipefail

source_tree=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
bare=${1:?usage: scripts/try_on_bare_machine.sh FOLDER [--without-test]}
scenario=scenarios/regional_imaging_cloud.json
failed=0

[ ! -e "$bare" ] || { echo "$bare is there already" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "debootstrap and chroot need root" >&2; exit 2; }
command -v debootstrap >/dev/null ||
  { apt-get update && apt-get install --yes --no-install-recommends debootstrap; } >/dev/null

# The first mirror in apt's own list.
# shellcheck disable=SC2016  # the braces are apt-get's
mirror=${HOLDFAST_MIRROR:-$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' |
  head -n 1)}

# apt on this machine may reach its mirror through a proxy; debootstrap downloads with wget.
eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
[ -z "${http_proxy-}" ] || export http_proxy
[ -z "${https_proxy-}" ] || export https_proxy
debootstrap --variant=minbase --include=ca-certificates bookworm "$bare" "$mirror" \
  >"$bare.log" 2>&1 || { tail -n 20 "$bare.log" >&2; exit 1; }

cp -r /etc/apt/apt.conf.d /etc/apt/sources.list.d /etc/apt/trusted.gpg.d /etc/apt/keyrings \
  "$bare/etc/apt/" 2>/dev/null || true
# debootstrap writes one; this machine may keep its list in sources.list.d alone.
rm -f "$bare/etc/apt/sources.list"
[ ! -e /etc/apt/sources.list ] || cp /etc/apt/sources.list "$bare/etc/apt/"
cp -r /usr/share/keyrings "$bare/usr/share/"
cp /etc/resolv.conf /etc/hosts "$bare/etc/"
git clone --quiet "$source_tree" "$bare/home/holdfast"

mount -t proc proc "$bare/proc"
trap 'umount "$bare/proc"' EXIT

clean=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C)
inside() { chroot "$bare" "${clean[@]}" "$@"; }
# shellcheck disable=SC2317  # called through try
offline() { unshare --net chroot "$bare" "${clean[@]}" "$@"; }

# try WHAT STATUS COMMAND...: runs it; its output is in $bare.out and $bare.err.
try() {
  local what=$1 expected=$2 start=$EPOCHREALTIME status=0
  shift 2
  "$@" >"$bare.out" 2>"$bare.err" </dev/null || status=$?
  awk -v what="$what" -v status="$status" -v from="$start" -v to="$EPOCHREALTIME" \
    'BEGIN { printf "== %s: status %d, %.2f s\n", what, status, to - from }'
  [ "$status" -eq "$expected" ] || wrong "status $expected was due" "$(tail -n 20 "$bare.err")"
}

wrong() {
  printf '   WRONG: %s\n' "$@"
  failed=1
}

says() { grep -Eq -- "$2" "$bare.$1" || wrong "no '$2' on std$1"; }
silent() { [ ! -s "$bare.$1" ] || wrong "std$1 is not empty" "$(head -n 5 "$bare.$1")"; }

inside useradd --create-home visitor
try "no root, no sudo, packages missing" 1 \
  inside setpriv --reuid=visitor --regid=visitor --clear-groups \
  bash -c 'cp -r /home/holdfast "/tmp/of a visitor" && exec "/tmp/of a visitor/run"'
says err 'apt-get update && apt-get install --yes --no-install-recommends .*libisal-dev'
silent out

try "first ./run compare" 0 inside bash -c "cd /home/holdfast && exec ./run compare $scenario"
says err 'installing [0-9]+ Debian packages'
says out 'How safe the data are'
if grep -q '^holdfast: ' "$bare.out"; then wrong "the launcher speaks on stdout"; fi

try "./run through a symlink from another folder: help" 0 \
  inside bash -c 'cd /tmp && ln -s ../home/holdfast/run r && exec ./r'
silent err
[ "$(grep -c '^  holdfast ' "$bare.out")" -eq 3 ] || wrong "not three examples"
cp "$bare.out" "$bare.help"
try "the program itself: help" 0 inside /home/holdfast/build/cli/cli/holdfast
cmp -s "$bare.out" "$bare.help" || wrong "./run prints something else than the program"

# shellcheck disable=SC2016  # expanded by the bash inside
try "./run becomes the program and stays in the folder" 0 inside bash -c '
  cd /tmp
  /home/holdfast/run compare /home/holdfast/'$scenario' --replicates 0:10000000 >/dev/null 2>&1 &
  sleep 5
  readlink "/proc/$!/exe" "/proc/$!/cwd"
  kill -9 $!'
says out '^/home/holdfast/build/cli/cli/holdfast$'
says out '^/tmp$'

# A path with spaces; a build from nothing.
try "all packages there, no network: ./run builds and validates" 0 offline bash -c '
  mkdir "/home/a copy" && cp -r /home/holdfast/. "/home/a copy" && rm -rf "/home/a copy/build"
  cd "/home/a copy/scenarios" && exec "/home/a copy/run" validate regional_imaging_cloud.json'
rm -rf "$bare/home/a copy"

if [ "${2-}" != --without-test ]; then
  try "first ./test" 0 inside bash -c 'cd /home/holdfast && exec ./test'
  says out '100% tests passed'
  tail -n 5 "$bare.out"
  try "./test, all packages there, no network: only lists" 0 \
    offline bash -c 'cd / && exec /home/holdfast/test --show-only'
  says out 'Total Tests: [0-9]+'
fi

[ "$failed" -eq 0 ] && echo "== all as it should be"
exit "$failed"
