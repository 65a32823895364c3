#!/usr/bin/env bash
# Installs a build into a scratch root and makes, unpacks and tries its Debian packages:
# scripts/try_packages.sh BUILD FOLDER
# FOLDER is made, or emptied of what an earlier call left. Exit status 77 where the tools are missing.
set -euo pipefail
usage='usage: scripts/try_packages.sh BUILD FOLDER'
build=$(readlink -f -- "${1:?$usage}")
out=${2:?$usage}
for tool in cmake cpack dpkg-deb dpkg-shlibdeps strip; do
  command -v "$tool" >/dev/null || { echo "no $tool"; exit 77; }
done
rm -rf "$out/installed" "$out/packages" "$out/root"
mkdir -p "$out/packages" "$out/root"
out=$(readlink -f -- "$out")
failed=0
wrong() {
  printf 'WRONG: %s\n' "$*"
  failed=1
}

# works ROOT: the program there finds its scenarios, manual and completions there.
works() {
  local root=$1 usr=$1/usr
  "$usr/bin/holdfast" --version
  "$usr/bin/holdfast" examples | grep -Fq "in $usr/share/holdfast/scenarios;" ||
    wrong "$root: the examples are not its own"
  (cd / && "$usr/bin/holdfast" validate "$usr/share/holdfast/scenarios/regional_imaging_cloud.json") ||
    wrong "$root: a shipped scenario is invalid"
  "$usr/bin/holdfast" manual | cmp -s - "$usr/share/man/man1/holdfast.1" ||
    wrong "$root: the manual is not that of the program"
  local shell file
  while read -r shell file; do
    "$usr/bin/holdfast" completion "$shell" | cmp -s - "$usr/share/$file" ||
      wrong "$root: the completions of $shell are not those of the program"
  done <<<"bash bash-completion/completions/holdfast
zsh zsh/vendor-completions/_holdfast
fish fish/vendor_completions.d/holdfast.fish"
  [ -s "$usr/share/doc/holdfast-cli/copyright" ] || wrong "$root: no licence"
}

DESTDIR=$out/installed cmake --install "$build" --prefix /usr >"$out/install.log"
works "$out/installed"

(cd "$build" && cpack -G DEB -B "$out/packages") >"$out/cpack.log" 2>&1 ||
  { tail -n 20 "$out/cpack.log"; wrong "cpack failed"; }
for part in core cli doc; do
  deb=$(find "$out/packages" -maxdepth 1 -name "holdfast-${part}_*.deb")
  [ -n "$deb" ] || { wrong "no package $part"; continue; }
  dpkg-deb -c "$deb" >"$out/$part.list"
  dpkg-deb -x "$deb" "$out/root"
  printf '%s: %s files, %s bytes, depends on: %s\n' "${deb##*/}" \
    "$(grep -c '^-' "$out/$part.list")" "$(stat -c %s "$deb")" "$(dpkg-deb -f "$deb" Depends)"
  # A package of root's that others can read and nobody else can change.
  grep -Ev '^([-d]rw[-x]r-[-x]r-[-x]|l).* root/root ' "$out/$part.list" &&
    wrong "$part: rights or owner"
done
works "$out/root"

# What belongs to two packages cannot be installed.
twice=$(awk '/^-/ {print $6}' "$out"/{core,cli,doc}.list | sort | uniq -d)
[ -z "$twice" ] || wrong "in two packages: $twice"
# Together they hold what is installed, and no more.
diff <(cd "$out/installed" && find . -type f ! -path '*holdfast-gui*' ! -path '*/icons/*' \
  ! -path '*/applications/*' | sort) <(cd "$out/root" && find . -type f | sort) ||
  wrong "packages and installation differ"
cli=$(find "$out/packages" -maxdepth 1 -name 'holdfast-cli_*.deb')
for needed in holdfast-core libc6 libfmt9 libisal2 libssl3; do
  dpkg-deb -f "$cli" Depends | grep -Eq "(^|, )$needed( |,|$)" || wrong "cli does not need $needed"
done
[ "$failed" -eq 0 ] && echo "all as it should be"
exit "$failed"
