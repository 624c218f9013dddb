"""Runs the programs of the book under real Keras and records each as a capture.

    pip install keras jax scikit-learn
    python make_captures.py                 # every case
    python make_captures.py wine-one-hot    # some
    python make_captures.py ../Examples/digits-rate-too-high   # a folder elsewhere

A folder in the book keeps its capture in `capture/`; an example keeps it beside its program.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def summary(folder):
    loss = json.loads((folder / "history.json").read_text()).get("loss", [])
    series = [loss[i] for i in sorted({0, len(loss) // 2, len(loss) - 1})] if loss else []
    return " -> ".join(f"{v:.4g}" for v in series) or "raised"


def main():
    named = [Path(n) if "/" in n else HERE / n for n in sys.argv[1:]]
    cases = named or sorted(p.parent for p in HERE.glob("*/train.py"))
    environment = dict(os.environ, KERAS_BACKEND="jax")
    for case in cases:
        case = case.resolve()
        folder = case / "capture" if case.parent == HERE else case
        subprocess.run(
            [sys.executable, str(HERE / "recording.py"), str(case / "train.py"), str(folder)],
            check=True, env=environment, cwd=case)
        print(f"{case.name:32} {summary(folder)}", flush=True)


if __name__ == "__main__":
    main()
