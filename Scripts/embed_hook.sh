#!/usr/bin/env bash
# Copies the Python files of the recorder into Sources/Recording/Python, so that the program can unpack
# them wherever it runs. A test compares both.
set -euo pipefail
cd "$(dirname "$0")/.."

target=Sources/Recording/Python
rm -f $target/*.swift
for path in sitecustomize.py $(cd python && ls downhill/*.py); do
  name=$(basename "$path" .py)
  name=${name//_/}
  # `__init__` alone says nothing.
  [ "$name" != init ] || name=package
  {
    printf 'extension HookFile {\n'
    printf '  /// A copy of python/%s, made by Scripts/embed_hook.sh.\n' "$path"
    printf '  static let %s = HookFile(\n    path: "%s",\n    text: ##"""\n' "$name" "$path"
    sed 's/^\(.\)/      \1/' "python/$path"
    printf '\n      """##)\n}\n'
  } > "$target/HookFile+$(tr '[:lower:]' '[:upper:]' <<< "${name:0:1}")${name:1}.swift"
done
