"""Trains workloads when asked on standard input; answers with milliseconds a step.

Each line of input names a competitor and a workload, as `keras b`; each line of output is a number.
`memory` asks for the peak of the process so far, in MiB.
Stays alive, so that everything is compiled once and no competitor pays for another's start.
"""

import resource
import statistics
import sys
import time
from pathlib import Path

import keras

import workloads

MEASURED_EPOCHS = {"a": 2, "b": 2}


class EpochTimes(keras.callbacks.Callback):
    # Keras need not wait for the device after each batch on this callback's account.
    async_safe = True

    def on_train_begin(self, logs=None):
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.start)


class KerasFit:
    """`Model.fit` at its defaults, or with several steps an execution."""

    def __init__(self, name, steps_per_execution=1):
        self.name, (self.x, self.y) = name, workloads.data(name)
        self.model = workloads.model(name)
        if steps_per_execution > 1:
            self.model.compile("adam", self.model.loss, metrics=["accuracy"],
                               steps_per_execution=steps_per_execution)

    def milliseconds(self):
        times = EpochTimes()
        # The first epoch compiles, or at least enters the call.
        self.model.fit(self.x, self.y, batch_size=workloads.BATCH[self.name],
                       epochs=1 + MEASURED_EPOCHS.get(self.name, 1), verbose=0, callbacks=[times])
        return statistics.median(times.seconds[1:]) / workloads.steps(self.name) * 1e3


def competitor(kind, name):
    if kind == "keras":
        return KerasFit(name)
    if kind == "steps32":
        return KerasFit(name, steps_per_execution=32)
    from raw_jax import RawJAX

    return RawJAX(name, scan=kind == "scan")


def main():
    if sys.argv[1:2] == ["write"]:
        workloads.write(sys.argv[2], Path(sys.argv[3]))
        return
    if sys.argv[1:2] == ["one-epoch"]:
        name = sys.argv[2]
        x, y = workloads.data(name)
        workloads.model(name).fit(x, y, batch_size=workloads.BATCH[name], epochs=1, verbose=0)
        return
    known = {}
    for line in sys.stdin:
        key = tuple(line.split())
        if key == ("memory",):
            # Linux counts in KiB, macOS in bytes.
            unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, flush=True)
            continue
        if key not in known:
            known[key] = competitor(*key)
        print(f"{known[key].milliseconds():.6f}", flush=True)


if __name__ == "__main__":
    main()
