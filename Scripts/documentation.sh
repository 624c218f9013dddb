#!/usr/bin/env bash
# Builds the documentation of the Swift API with the toolchain's DocC, as a folder of web pages in
# out/documentation, and fails at every warning: documentation.sh
# It reads what `make build` built. Where the toolchain has no docc, it says so and ends well.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v docc > /dev/null; then
  echo "the toolchain has no docc: the documentation of the Swift API is not built"
  exit 0
fi
build=$(readlink -f .build/release)
[ -e "$build/Modules/Downhill.swiftmodule" ] || swift build -c release --product downhill

# The symbols of all modules that the library shows under its own name.
graphs=$(mktemp -d)
trap 'rm -rf "$graphs"' EXIT
shown=$(sed -n 's/^@_exported public import //p' Sources/Downhill/Downhill.swift | paste -sd,)
read -ra headers <<< "$(pkg-config --cflags hdf5 openblas zlib libturbojpeg 2> /dev/null || true)"
options=(-I "$build/Modules")
for module in Sources/System/*/; do options+=(-I "$module"); done
# The targets in C, each with a map of its own.
for include in Sources/*/include; do
  options+=(-I "$include")
  maps=$build/$(basename "$(dirname "$include")").build
  for map in "$maps"/module.modulemap "$maps"/include/module.modulemap; do
    if [ -e "$map" ]; then options+=(-Xcc "-fmodule-map-file=$map"); fi
  done
done
for header in "${headers[@]}"; do options+=(-Xcc "$header"); done
target=$(swift -print-target-info | sed -n 's/^ *"triple": "\([^"]*\)".*/\1/p')
swift symbolgraph-extract -module-name Downhill -minimum-access-level public -target "$target" \
  -experimental-allowed-reexported-modules="$shown" -skip-inherited-docs \
  "${options[@]}" -output-dir "$graphs"

rm -rf out/documentation
mkdir -p out
docc convert Sources/Downhill/Downhill.docc --additional-symbol-graph-dir "$graphs" \
  --fallback-display-name Downhill --fallback-bundle-identifier downhill.Downhill \
  --warnings-as-errors --output-dir out/documentation
echo "the documentation of the Swift API is in out/documentation"
