#!/usr/bin/env bash
# Checks for what the build needs and installs what is missing: with apt-get as root or through
# sudo on Debian and Ubuntu, with brew on macOS. Elsewhere it prints what to install, and fails.
set -euo pipefail

say() { printf 'setup: %s\n' "$*" >&2; }

if ! command -v swift > /dev/null; then
  say "there is no swift on the PATH; install Swift 6.1 or newer from https://www.swift.org/install"
  exit 1
fi

# A package, and the name under which pkg-config knows its library.
missing=()
if [ "$(uname)" = Darwin ]; then
  needed=("openblas openblas" "hdf5 hdf5" "jpeg-turbo libturbojpeg" "pkg-config -")
else
  needed=(
    "libopenblas-dev openblas" "libhdf5-dev hdf5" "zlib1g-dev zlib" "libsqlite3-dev sqlite3"
    "libturbojpeg0-dev libturbojpeg" "pkg-config -")
fi
for pair in "${needed[@]}"; do
  read -r package library <<< "$pair"
  if ! command -v pkg-config > /dev/null; then
    missing+=("$package")
  elif [ "$library" != - ] && ! pkg-config --exists "$library"; then
    missing+=("$package")
  fi
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(uname)" = Darwin ]; then
  if command -v brew > /dev/null; then
    say "brew install ${missing[*]}"
    brew install "${missing[@]}" < /dev/null
    exit 0
  fi
  say "missing: ${missing[*]}. Install Homebrew, then run: brew install ${missing[*]}"
  exit 1
fi

install="apt-get install -y --no-install-recommends ${missing[*]}"
if ! command -v apt-get > /dev/null; then
  say "missing libraries. On Debian or Ubuntu: sudo $install"
  say "elsewhere install the development files of OpenBLAS, HDF5, zlib, SQLite and libjpeg-turbo,"
  say "and pkg-config"
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  as_root=(env)
elif command -v sudo > /dev/null && { [ -t 0 ] || sudo -n true 2> /dev/null; }; then
  as_root=(sudo)
else
  say "missing: ${missing[*]}. Run: sudo $install"
  exit 1
fi
say "$install"
"${as_root[@]}" apt-get update -qq < /dev/null
# shellcheck disable=SC2086
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $install < /dev/null
