"""Compares the speed of `downhill` with Keras on this machine, in this hour.

    python Benchmarks/run.py [--rounds 5] [--workloads abc] [--no-tensorflow] [--json FILE]

The competitors take turns in every round, and only the ratios within a round count: figures drift
with the load of the machine. `downhill` is timed from outside, as a user would: the time of a long
run less that of a run of one epoch, over the steps between.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import workloads

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
EXECUTABLE = os.environ.get("DOWNHILL", str(PROJECT / ".build/release/downhill"))
# Measurements leave no trace in the history of whoever takes them.
os.environ["DOWNHILL_HISTORY"] = "off"
EXAMPLE = PROJECT / "Examples/digits-rate-too-high"
# A difference of less would drown in the time that a process takes to start.
LONG_RUN_SECONDS = 1.0
MOST_EPOCHS = 4_000


def environment(backend):
    return dict(os.environ, KERAS_BACKEND=backend, TF_CPP_MIN_LOG_LEVEL="3")


def timed(*command, env=None, accepted=(0,)):
    start = time.perf_counter()
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode not in accepted:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr[-800:]}")
    return seconds


class Worker:
    """A process that keeps Keras loaded on one backend."""

    def __init__(self, backend):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "keras_worker.py")], env=environment(backend), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def milliseconds(self, competitor, workload):
        print(competitor, workload, file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Downhill:
    def __init__(self, folder):
        self.folder, self.epochs = folder, {}

    def seconds(self, workload, epochs):
        output = self.folder / "trained.keras"
        output.unlink(missing_ok=True)
        return timed(EXECUTABLE, "train", str(self.folder / workload), "--epochs", str(epochs),
                     "-o", str(output))

    def milliseconds(self, workload):
        if workload not in self.epochs:
            self.epochs[workload] = self.calibrated(workload)
        epochs = self.epochs[workload]
        seconds = self.seconds(workload, 1 + epochs) - self.seconds(workload, 1)
        return seconds / (epochs * workloads.steps(workload)) * 1e3

    def calibrated(self, workload):
        epochs = 1
        start = self.seconds(workload, 1)
        while (took := self.seconds(workload, 1 + epochs) - start) < LONG_RUN_SECONDS:
            if epochs >= MOST_EPOCHS:
                break
            epochs = min(MOST_EPOCHS, int(epochs * min(8, max(2, 1.2 * LONG_RUN_SECONDS / max(took, 0.01)))))
        return epochs


def competitors(workload, jax, tensorflow):
    yield "downhill", None
    yield "Keras, JAX", lambda: jax.milliseconds("keras", workload)
    if tensorflow:
        yield "Keras, TensorFlow", lambda: tensorflow.milliseconds("keras", workload)
    if workload == "b":
        yield "Keras, JAX, steps_per_execution=32", lambda: jax.milliseconds("steps32", workload)
        yield "JAX alone, jitted step", lambda: jax.milliseconds("jit", workload)
        yield "JAX alone, lax.scan over the epoch", lambda: jax.milliseconds("scan", workload)


def interleaved(workload, rounds, downhill, jax, tensorflow):
    """Milliseconds a step by competitor, one value a round."""
    measured = {}
    for number in range(rounds):
        for name, measure in competitors(workload, jax, tensorflow):
            value = downhill.milliseconds(workload) if measure is None else measure()
            measured.setdefault(name, []).append(value)
        print(f"  round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return measured


def starts(rounds, folder, backends):
    """Seconds from the start of the process to the end of the first epoch of b, and of a diagnosis."""
    measured = {}
    worker = str(HERE / "keras_worker.py")
    for _ in range(rounds):
        commands = {"downhill": (lambda: Downhill(folder).seconds("b", 1))}
        for name, backend in backends:
            commands[name] = lambda backend=backend: timed(
                sys.executable, worker, "one-epoch", "b", env=environment(backend))
        for name, run in commands.items():
            measured.setdefault(name, []).append(run())
        measured.setdefault("diagnose --quick of a recorded run", []).append(
            timed(EXECUTABLE, "diagnose", str(EXAMPLE), "--quick", accepted=(0, 1)))
    return measured


def show(title, unit, measured, ours="downhill"):
    print(f"\n{title}\n{'':40}{unit:>14}{'ratio':>10}{'worst':>8}{'best':>8}")
    for name, values in measured.items():
        row = f"  {name:38}{statistics.median(values):14.4f}"
        if name != ours and name.startswith(("Keras", "JAX")):
            ratios = [theirs / own for theirs, own in zip(values, measured[ours])]
            row += f"{statistics.median(ratios):9.1f}x{min(ratios):8.1f}{max(ratios):8.1f}"
        print(row, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workloads", default="abc")
    parser.add_argument("--no-tensorflow", action="store_true")
    parser.add_argument("--json", type=Path, help="write the raw figures there")
    options = parser.parse_args()
    has_tensorflow = not options.no_tensorflow and not subprocess.run(
        [sys.executable, "-c", "import tensorflow"], capture_output=True).returncode
    backends = [("Keras, JAX", "jax")]
    if has_tensorflow:
        backends.append(("Keras, TensorFlow", "tensorflow"))
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name in sorted(set(options.workloads) | {"b"}):
            timed(sys.executable, str(HERE / "keras_worker.py"), "write", name, str(folder / name),
                  env=environment("jax"))
        print("milliseconds a step, medians; ratio: theirs / ours, within a round")
        for name in options.workloads:
            # A worker for each workload: what one leaves in memory does not slow the next.
            jax = Worker("jax")
            tensorflow = Worker("tensorflow") if has_tensorflow else None
            figures[name] = interleaved(name, options.rounds, Downhill(folder), jax, tensorflow)
            for worker in filter(None, (jax, tensorflow)):
                worker.close()
            show(f"{name}  {workloads.TITLE[name]}", "ms a step", figures[name])
        figures["start"] = starts(options.rounds, folder, backends)
        show("from the start of the process to the end of epoch 1 of b", "seconds", figures["start"])
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
