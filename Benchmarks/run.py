"""Compares the speed of `downhill` with Keras on this machine, in this hour.

    python Benchmarks/run.py [--rounds 5] [--workloads abcdefg] [--backends jax,tensorflow,torch] [--json FILE]

The competitors take turns in every round, and only the ratios within a round count: figures drift
with the load of the machine. Keras runs on every backend that is installed. `downhill` is timed from outside, as a user would: the time of a long
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

NAMES = {"jax": "Keras, JAX", "tensorflow": "Keras, TensorFlow", "torch": "Keras, PyTorch"}
HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
EXECUTABLE = os.environ.get("DOWNHILL", str(PROJECT / ".build/release/downhill"))
# Measurements leave no trace in the history of whoever takes them.
os.environ["DOWNHILL_HISTORY"] = "off"
TRIALS = PROJECT / ".build/release/BenchmarkTrials"
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

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline())

    def milliseconds(self, competitor, workload):
        return self.ask(competitor, workload)

    def memory(self):
        return self.ask("memory")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Downhill:
    def __init__(self, folder):
        self.folder, self.epochs = folder, {}

    def seconds(self, workload, epochs):
        output = self.folder / "trained.keras"
        output.unlink(missing_ok=True)
        return timed(*self.command(workload, epochs))

    def command(self, workload, epochs):
        return (EXECUTABLE, "train", str(self.folder / workload), "--epochs", str(epochs),
                "-o", str(self.folder / "trained.keras"))

    def memory(self, workload):
        """The peak of a process that trains for two epochs, in MiB."""
        (self.folder / "trained.keras").unlink(missing_ok=True)
        process = subprocess.Popen(
            self.command(workload, 2), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)

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


def competitors(workload, keras):
    yield "downhill", None
    for backend, worker in keras.items():
        yield NAMES[backend], lambda worker=worker: worker.milliseconds("keras", workload)
    if workload == "b" and "jax" in keras:
        jax = keras["jax"]
        yield "Keras, JAX, steps_per_execution=32", lambda: jax.milliseconds("steps32", workload)
        yield "JAX alone, jitted step", lambda: jax.milliseconds("jit", workload)
        yield "JAX alone, lax.scan over the epoch", lambda: jax.milliseconds("scan", workload)


def interleaved(workload, rounds, downhill, keras):
    """Milliseconds a step by competitor, one value a round; and the peaks of their memory."""
    measured = {}
    memory = {"downhill": downhill.memory(workload)}
    for number in range(rounds):
        for name, measure in competitors(workload, keras):
            value = downhill.milliseconds(workload) if measure is None else measure()
            measured.setdefault(name, []).append(value)
            # Before the tighter peers add to it.
            if number == 0 and name in NAMES.values():
                backend = next(key for key, known in NAMES.items() if known == name)
                memory[name] = keras[backend].memory()
        print(f"  round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return measured, memory


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


def trials_at_once(rounds, folder):
    """Seconds of a trial of b alone and of one for each core at once, by round; and the cores."""
    done = subprocess.run(
        [TRIALS, folder / "b", str(rounds)], check=True, capture_output=True, text=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    return int(lines[0][0]), [(float(alone), float(together)) for _, alone, together in lines]


def show_trials(cores, measured):
    ratios = [together / alone for alone, together in measured]
    print(f"\n{cores} trials of b on {cores} cores take {statistics.median(ratios):.2f} times one alone "
          f"({min(ratios):.2f} to {max(ratios):.2f})", flush=True)


def show(title, unit, measured, memory=None, floor=None, ours="downhill"):
    head = f"\n{title}\n{'':40}{unit:>14}{'ratio':>10}{'worst':>8}{'best':>8}"
    print(head + (f"{'of limit':>10}{'peak MiB':>10}" if memory else ""))
    for name, values in measured.items():
        middle = statistics.median(values)
        row = f"  {name:38}{middle:14.4f}"
        if name != ours and name.startswith(("Keras", "JAX")):
            ratios = [theirs / own for theirs, own in zip(values, measured[ours])]
            row += f"{statistics.median(ratios):9.1f}x{min(ratios):8.1f}{max(ratios):8.1f}"
        if memory:
            row = f"{row:80}{floor / middle:10.1%}" + (
                f"{memory[name]:10.0f}" if name in memory else "")
        print(row, flush=True)


def limits():
    """In a process of its own: the peak of a child's memory begins at that of its parent."""
    figures = subprocess.run(
        [sys.executable, str(HERE / "machine.py")], check=True, capture_output=True, text=True)
    return map(float, figures.stdout.split())


def installed(backend):
    return not subprocess.run(
        [sys.executable, "-c", f"import {backend}"], capture_output=True).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workloads", default="abcdefg")
    parser.add_argument("--backends", default=",".join(NAMES))
    parser.add_argument("--no-starts", action="store_true", help="leave out the times of starting and the trials at once")
    parser.add_argument("--json", type=Path, help="write the raw figures there")
    options = parser.parse_args()
    backends = [name for name in options.backends.split(",") if installed(name)]
    rate, bandwidth = limits()
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name in sorted(set(options.workloads) | {"b"}):
            timed(sys.executable, str(HERE / "keras_worker.py"), "write", name, str(folder / name),
                  env=environment(backends[0]))
        print("milliseconds a step, medians; ratio: theirs / ours, within a round")
        print(f"limit of this machine: {rate / 1e9:.0f} GFLOP/s in matrix products on all cores, "
              f"{bandwidth / 1e9:.1f} GB/s in copies")
        for name in options.workloads:
            # Workers for each workload: what one leaves in memory does not slow the next.
            keras = {backend: Worker(backend) for backend in backends}
            floor = 1e3 * (
                workloads.operations(name) / rate + workloads.optimizer_bytes(name) / bandwidth)
            measured, memory = interleaved(name, options.rounds, Downhill(folder), keras)
            figures[name] = {"milliseconds": measured, "memory": memory, "floor": floor}
            for worker in keras.values():
                worker.close()
            show(f"{name}  {workloads.TITLE[name]}", "ms a step", measured, memory, floor)
        if not options.no_starts:
            figures["start"] = starts(
                options.rounds, folder, [(NAMES[name], name) for name in backends])
            show("from the start of the process to the end of epoch 1 of b", "seconds",
                 figures["start"])
            if TRIALS.exists():
                figures["trials"] = trials_at_once(options.rounds, folder)
                show_trials(*figures["trials"])
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
