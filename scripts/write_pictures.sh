#!/usr/bin/env bash
# Makes the pictures of docs/gui.md: every panel, in English on light and in Chinese on dark paper.
# scripts/write_pictures.sh PROGRAM, such as build/gui/gui/holdfast-gui
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
program=$(readlink -f -- "${1:?usage: scripts/write_pictures.sh PROGRAM}")
cd "$root"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p docs/images
for look in "en light" "zh dark"; do
  read -r language theme <<<"$look"
  HOME=$work XDG_CONFIG_HOME=$work XDG_DATA_HOME=$work \
    "$program" scenarios/regional_imaging_cloud.json --language "$language" --theme "$theme" \
    --screenshots "$work/$language"
  for panel in start editor compare sensitivity topology timeline stripe planner; do
    mv "$work/$language/$panel.png" "docs/images/gui_${panel}_${language}_${theme}.png"
  done
done
