"""Runs the command `downhill` as a user would."""

import json
import os
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
EXECUTABLE = Path(os.environ.get("DOWNHILL", PROJECT / ".build/release/downhill"))
# Generous: the longest of these commands takes seconds.
LIMIT_SECONDS = 600
# Comparisons leave no trace in the history of whoever runs them.
ENVIRONMENT = os.environ | {"DOWNHILL_HISTORY": "off"}


class DownhillError(Exception):
    """The command failed; the text is what it wrote to stderr."""


def run(*arguments, accepted=(0,)):
    """The standard output of `downhill ARGUMENTS…`."""
    done = subprocess.run(
        [str(EXECUTABLE), *map(str, arguments)], capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=LIMIT_SECONDS, env=ENVIRONMENT)
    if done.returncode not in accepted:
        message = done.stderr.strip().splitlines()
        raise DownhillError(f"exit {done.returncode}: {message[-1] if message else 'no message'}")
    return done.stdout


def train(what, output, *options):
    """Trains a recorded run, writes the model, and gives back its history."""
    history = Path(output).with_suffix(".history.json")
    for path in (Path(output), history):
        path.unlink(missing_ok=True)
    run("train", what, "--no-shuffle", "-o", output, "--log", history, *options)
    return json.loads(history.read_text())


def fix(what, output):
    """Diagnoses a recorded run, writes the repaired model, and gives back the report."""
    Path(output).unlink(missing_ok=True)
    # 0: nothing to mend. 1: a fault was found.
    return json.loads(run("fix", what, "-o", output, "--format", "json", accepted=(0, 1)))
