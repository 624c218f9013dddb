"""What this machine can do: the rate of matrix products and the bandwidth of memory, by NumPy."""

import time

import numpy as np

SIZE = 2_048
# Far more than any cache holds.
FLOATS = 64 << 20
REPEATS = 5


def best(run):
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def operations_per_second():
    """float32 matrix products on all cores."""
    a = np.random.default_rng(0).uniform(size=(SIZE, SIZE)).astype("float32")
    out = np.empty_like(a)
    return 2 * SIZE**3 / best(lambda: np.matmul(a, a, out=out))


def bytes_per_second():
    """A copy on one core: each float is read and written."""
    source, target = np.ones(FLOATS, dtype="float32"), np.empty(FLOATS, dtype="float32")
    return 2 * 4 * FLOATS / best(lambda: np.copyto(target, source))


if __name__ == "__main__":
    print(operations_per_second(), bytes_per_second())
