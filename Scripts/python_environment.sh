#!/usr/bin/env bash
# Makes .venv-keras, in which real Keras runs: the oracle of the comparison, never part of the
# product. Keras runs on JAX; TensorFlow comes along where it can be had.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'environment: %s\n' "$*" >&2; }
environment=.venv-keras
python=${PYTHON3:-python3}

if ! command -v "$python" > /dev/null || ! "$python" -c 'import ensurepip, venv' 2> /dev/null; then
  if command -v apt-get > /dev/null && [ "$(id -u)" -eq 0 ]; then
    say "apt-get install python3 python3-venv"
    apt-get update -qq < /dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y python3 python3-venv < /dev/null
  else
    say "Python 3.11 or newer with its venv module is needed (Debian: sudo apt-get install python3-venv)"
    exit 1
  fi
fi

[ -x $environment/bin/python ] || "$python" -m venv $environment
$environment/bin/python -m pip install --quiet --disable-pip-version-check \
  -r Comparison/requirements.txt < /dev/null
if ! $environment/bin/python -m pip install --quiet --disable-pip-version-check \
  -r Comparison/requirements-tensorflow.txt < /dev/null; then
  say "TensorFlow cannot be had here: the comparison will run on JAX alone"
fi
touch $environment/ready
