#!/usr/bin/env bash
# Tries ./run and ./test in a fresh minimal Debian 12, as root: scripts/try_on_bare_machine.sh FOLDER
#
# FOLDER becomes the root of the new system (about 3 GB; it must not exist). Needs debootstrap and
# git here. The new system gets this machine's apt settings, so its mirror and proxy are those that
# work here; HOLDFAST_MIRROR names another mirror for debootstrap. What is tried is HEAD.
set -euo pipefail

source_tree=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
bare=${1:?usage: scripts/try_on_bare_machine.sh FOLDER}
scenario=scenarios/regional_imaging_cloud.json

[ ! -e "$bare" ] || { echo "$bare is there already" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "debootstrap and chroot need root" >&2; exit 2; }

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
[ ! -e /etc/apt/sources.list ] || cp /etc/apt/sources.list "$bare/etc/apt/"
cp -r /usr/share/keyrings "$bare/usr/share/"
cp /etc/resolv.conf /etc/hosts "$bare/etc/"
git clone --quiet "$source_tree" "$bare/home/holdfast"

mount -t proc proc "$bare/proc"
trap 'umount "$bare/proc"' EXIT

inside() { chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C "$@"; }

timed() {
  local what=$1 start=$EPOCHREALTIME status=0
  shift
  "$@" || status=$?
  printf '== %s: status %d, %.2f s\n' "$what" "$status" \
    "$(awk "BEGIN {print $EPOCHREALTIME - $start}")"
}

inside useradd --create-home visitor
timed "a user without root or sudo, packages missing" \
  inside setpriv --reuid=visitor --regid=visitor --clear-groups \
  bash -c 'cp -r /home/holdfast "/tmp/a copy" && exec "/tmp/a copy/run"'
timed "first ./run" inside bash -c "cd /home/holdfast && ./run compare $scenario"
timed "second ./run, the help" inside bash -c 'cd / && ln -sf home/holdfast/run r && ./r' |
  tail -n 25
timed "first ./test" inside bash -c 'cd /home/holdfast && ./test' | tail -n 15
