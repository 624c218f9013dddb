#!/usr/bin/env bash
# Pictures of the report and of the live page as Chromium shows them, in out/: screenshots.sh
# As root on Debian or Ubuntu it installs Chromium; where there is none, it says so and ends well.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOWNHILL_HISTORY=off

has_browser() { command -v chromium chromium-browser google-chrome > /dev/null; }
if ! has_browser && [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
  { apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
    < /dev/null > /dev/null 2>&1 || true
fi
if ! has_browser; then
  echo "there is no Chromium here, and it cannot be installed: no pictures"
  exit 0
fi

mkdir -p out
.build/release/downhill diagnose Examples/digits-rate-too-high -o out/report.html > /dev/null ||
  [ $? -eq 1 ]
python3 Scripts/picture_report.py out/report.html
python3 Scripts/check_page.py
