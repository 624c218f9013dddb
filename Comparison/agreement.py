"""How far two runs lie apart."""

import warnings
from contextlib import contextmanager

import numpy as np

# Of float32, after one step and after fifty.
ONE_STEP, FIFTY_STEPS = 1e-5, 1e-4
# Of the largest weight of a model: an array whose numbers are smaller, as a single bias that passes
# through zero, is measured by this, since rounding of the sums that it stands in is no smaller.
LEAST_SCALE = 0.01


def joined(predicted):
    """The predictions of all outputs as one array."""
    if isinstance(predicted, (list, tuple)):
        return np.concatenate([np.ravel(p) for p in predicted])
    return predicted


def distance(ours, theirs, least=0.0):
    """The largest difference, relative to the largest number of the reference, or to `least`."""
    ours, theirs = np.asarray(ours, dtype="float64"), np.asarray(theirs, dtype="float64")
    if ours.shape != theirs.shape:
        return np.inf
    if ours.size == 0:
        return 0.0
    if not np.isfinite(ours).all():
        return np.inf
    scale = max(np.abs(theirs).max(), least)
    difference = np.abs(ours - theirs).max()
    return float(difference / scale) if scale > 0 else float(difference)


def weights_distance(ours, theirs):
    if len(ours) != len(theirs):
        return np.inf
    least = LEAST_SCALE * max((np.abs(b).max(initial=0) for b in theirs), default=0.0)
    return max((distance(a, b, least) for a, b in zip(ours, theirs)), default=0.0)


def history_distance(ours, theirs, rows):
    """The largest distance over all series; `inf` if the series themselves differ."""
    if sorted(ours) != sorted(theirs):
        return np.inf
    worst = 0.0
    for name, values in theirs.items():
        apart = distance(ours[name], values)
        if "accuracy" in name and len(ours[name]) == len(values):
            # A prediction on the edge may fall to either side: one row is not a difference.
            if np.abs(np.subtract(ours[name], values)).max() <= 1.01 / rows:
                apart = 0.0
        worst = max(worst, apart)
    return worst


@contextmanager
def no_warning():
    """Turns every warning into an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
