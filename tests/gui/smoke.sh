#!/usr/bin/env bash
# smoke.sh PROGRAM SCENARIO: the windows open on a real (virtual) screen and stay open.
# 77 (skipped) where there is no xvfb-run.
set -u
command -v xvfb-run >/dev/null || exit 77
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
status=0
HOME=$home XDG_CONFIG_HOME=$home XDG_DATA_HOME=$home QT_QPA_PLATFORM=xcb \
  xvfb-run --auto-servernum timeout --signal=TERM 8 "$1" "$2" || status=$?
# timeout ended it: it was alive until then.
[ "$status" -eq 124 ]
