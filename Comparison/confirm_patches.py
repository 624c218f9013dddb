"""Lets real Keras run the patched scripts, and compares what they learn with the scripts as they were.

    python Comparison/confirm_patches.py [--alone] [--quick] [--resume=FILE] FOLDER…

FOLDER is a case or a folder of cases. With --resume what FILE says is cured is not run again, and
every result is written to FILE at once, so that a long comparison can be stopped and gone on with.

For each sick case: `downhill fix train.py capture -o x.patch` (with --alone the script only), the patch
is applied with `git apply` to a copy of the script, and both run under Keras. What a model has learned
is measured on the data of `fit` in a way that neither the loss nor the scale of the targets changes:
for classes how much of what the most frequent class leaves open is told right, for measurements the
share of the variance that is explained. Cured: the loss is finite, and what was learned grew by at
least a tenth of what was open, or reaches nine tenths (with --quick the
script as it was is then left out). Prints a table and "N of M cured".
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import downhill

# A script that runs longer is a matter for a bigger machine.
LIMIT_SECONDS = 400
# Of what was open before, the patched script must have learned this share more.
GAIN = 0.1
# A model that has learned this share has learned its data.
LEARNED = 0.9

RUNNER = r"""
import json, os, sys
os.environ["KERAS_BACKEND"] = "jax"
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")
import keras
import numpy as np

def learned(y, p):
    # Share of what a constant leaves open, from 1 down.
    y, p = np.asarray(y, "float64"), np.asarray(p, "float64")
    if not np.isfinite(p).all():
        return float("-inf")
    rows = len(y)
    if p.ndim > 1 and p.shape[-1] > 1 and y.size == rows * (p.size // rows // p.shape[-1]):
        labels, told = y.reshape(-1), p.reshape(-1, p.shape[-1]).argmax(-1)
    elif y.ndim > 1 and y.shape[-1] > 1 and y.shape == p.shape and set(np.unique(y)) <= {0.0, 1.0} \
            and (y.sum(-1) == 1).all():
        labels, told = y.argmax(-1).reshape(-1), p.argmax(-1).reshape(-1)
    elif set(np.unique(y)) <= {0.0, 1.0} and p.size == y.size:
        labels = y.reshape(-1)
        told = (p.reshape(-1) > (0.5 if p.min() >= 0 and p.max() <= 1.5 else 0.0)).astype(float)
    else:
        y, p = y.reshape(rows, -1), p.reshape(rows, -1)
        if p.shape[1] != y.shape[1]:
            return float("-inf")
        open_ = ((y - y.mean(0)) ** 2).sum()
        return 1 - ((y - p) ** 2).sum() / open_ if open_ else float("nan")
    counts = np.unique(labels, return_counts=True)[1]
    constant = counts.max() / counts.sum()
    right = (labels == told).mean()
    return (right - constant) / (1 - constant) if constant < 1 else float("nan")

results = []
fit = keras.Model.fit
def watched(self, x=None, y=None, *rest, **named):
    history = fit(self, x, y, *rest, **named)
    loss = [float(v) for v in history.history["loss"]]
    rows = slice(0, 4000)
    clean = np.isfinite(np.asarray(x, "float64").reshape(len(x), -1)).all(1)
    clean &= np.isfinite(np.asarray(y, "float64").reshape(len(y), -1)).all(1)
    p = self.predict(np.asarray(x)[clean][rows], verbose=0)
    value = learned(np.asarray(y)[clean][rows], p)
    val = named.get("validation_data")
    held = None
    if val is not None:
        held = learned(val[1], self.predict(np.asarray(val[0]), verbose=0))
    results.append({"loss": loss, "learned": float(value), "held_out": held,
                    "val_loss": [float(v) for v in history.history.get("val_loss", [])]})
    return history
keras.Model.fit = watched
try:
    exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), {"__name__": "__main__"})
    error = None
except Exception as problem:
    error = f"{type(problem).__name__}: {problem}"[:200]
print("\nRESULT " + json.dumps({"error": error, "fits": results}))
"""


def run(script, runner):
    try:
        done = subprocess.run(
            [sys.executable, str(runner), str(script)], capture_output=True, text=True,
            timeout=LIMIT_SECONDS, cwd=script.parent)
    except subprocess.TimeoutExpired:
        return {"error": "takes too long", "fits": []}
    for line in reversed(done.stdout.splitlines()):
        if line.startswith("RESULT "):
            return json.loads(line.removeprefix("RESULT "))
    return {"error": done.stderr.strip().splitlines()[-1:] or "no result", "fits": []}


def cases(places):
    for place in map(Path, places):
        found = [place] if (place / "train.py").exists() else sorted(place.iterdir())
        for folder in found:
            truth = folder / "truth.json"
            if (folder / "train.py").exists() and truth.exists():
                if json.loads(truth.read_text())["kind"] == "sick":
                    yield folder


def outcome(before, after):
    """(whether it is cured, figures)"""
    if after["error"] or not after["fits"]:
        return False, after["error"] or "no fit"
    new = after["fits"][0]
    if not all(isinstance(v, float) and v == v and abs(v) != float("inf") for v in new["loss"]):
        return False, "the loss is not finite"
    # A learned script may have had its held-out rows read wrong, so both are looked at.
    old = before["fits"][0] if before["fits"] else {"learned": float("-inf"), "held_out": None}
    pairs = [(old["learned"], new["learned"])]
    if new["held_out"] is not None and old.get("held_out") is not None:
        pairs.append((old["held_out"], new["held_out"]))
    text = ", ".join(f"{a:.3f} -> {b:.3f}" for a, b in pairs)
    for a, b in pairs:
        a = max(a, 0.0) if a == a else 0.0
        if b == b and (b >= LEARNED or b >= a + GAIN * (1 - a)):
            return True, text
    falls = len(new["loss"]) > 1 and new["loss"][-1] < 0.5 * new["loss"][0]
    return falls and new["learned"] > old["learned"], text


def confirm(folder, work, runner, alone, quick):
    copy = work / folder.name
    copy.mkdir()
    shutil.copy(folder / "train.py", copy / "train.py")
    inputs = [folder / "train.py"] + ([] if alone else [folder / "capture"])
    patch = copy / "x.patch"
    done = subprocess.run(
        [str(downhill.EXECUTABLE), "fix", *map(str, inputs), "-o", str(patch), "--format", "json"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=downhill.LIMIT_SECONDS,
        env=downhill.ENVIRONMENT)
    if not patch.exists():
        message = done.stderr.strip().splitlines()
        return None, message[-1][:110] if message else "no message"
    applied = subprocess.run(
        ["git", "apply", str(patch)], cwd=copy, capture_output=True, text=True)
    if applied.returncode:
        return False, "git apply: " + applied.stderr.strip()[:100]
    changed = sum(line[:1] in "+-" and line[:3] not in ("+++", "---")
                  for line in patch.read_text().splitlines())
    after = run(copy / "train.py", runner)
    if quick and after["fits"] and after["fits"][0]["learned"] >= LEARNED:
        before = {"error": None, "fits": []}
    else:
        before = run(folder / "train.py", runner)
    cured, text = outcome(before, after)
    cause = json.loads(done.stdout)["causes"][0]["id"]
    return cured, f"{cause:<22}{changed:>3} lines  {text}"


class Results:
    """What was found so far, a line a case, in a file that survives the program."""

    def __init__(self, path):
        self.path = Path(path) if path else None
        self.known = {}
        if self.path and self.path.exists():
            for line in self.path.read_text().splitlines():
                entry = json.loads(line)
                self.known[entry["case"]] = entry

    def cured(self, name):
        entry = self.known.get(name)
        return entry["text"] if entry and entry["cured"] else None

    def add(self, name, cured, text):
        self.known[name] = {"case": name, "cured": cured, "text": text}
        if self.path:
            self.path.write_text("".join(json.dumps(e) + "\n" for e in self.known.values()))


def main():
    arguments = sys.argv[1:]
    alone, quick = "--alone" in arguments, "--quick" in arguments
    resumed = [a.removeprefix("--resume=") for a in arguments if a.startswith("--resume=")]
    results = Results(resumed[0] if resumed else None)
    places = [a for a in arguments if not a.startswith("--")] or [downhill.PROJECT / "Book"]
    cured = failed = unpatched = 0
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        runner = work / "runner.py"
        runner.write_text(RUNNER)
        for folder in cases(places):
            known = results.cured(folder.name)
            try:
                result, text = (True, known) if known else confirm(
                    folder, work, runner, alone, quick)
            except Exception as error:
                result, text = False, f"{type(error).__name__}: {error}"[:110]
            results.add(folder.name, result, text)
            word = {True: "cured", False: "NOT", None: "no patch"}[result]
            cured, failed = cured + (result is True), failed + (result is False)
            unpatched += result is None
            print(f"{folder.name:<38}{word:<10}{text}", flush=True)
    total = cured + failed + unpatched
    print(f"{cured} of {total} cured, {failed} patched and not cured, {unpatched} without a patch")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
