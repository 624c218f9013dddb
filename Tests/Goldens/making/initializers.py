"""Statistics of large samples of every initializer: the numbers themselves are the backend's own."""

import numpy as np
from keras import initializers as I

from .writing import plain_config

SHAPES = [(200, 300), (64, 16), (500,), (3, 3, 32, 64)]


def catalogue():
    for name in ["GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "LecunNormal",
                 "LecunUniform", "RandomNormal", "RandomUniform", "TruncatedNormal"]:
        yield getattr(I, name)(seed=7), SHAPES
    yield I.RandomNormal(mean=1.0, stddev=0.5, seed=7), SHAPES[:1]
    yield I.RandomUniform(minval=-2.0, maxval=1.0, seed=7), SHAPES[:1]
    yield I.TruncatedNormal(mean=1.0, stddev=0.5, seed=7), SHAPES[:1]
    yield I.VarianceScaling(scale=0.1, mode="fan_in", distribution="uniform", seed=7), SHAPES
    yield I.VarianceScaling(scale=2.0, mode="fan_out", distribution="untruncated_normal", seed=7), SHAPES
    yield I.VarianceScaling(scale=2.0, mode="fan_avg", distribution="truncated_normal", seed=7), SHAPES
    yield I.Orthogonal(gain=1.5, seed=7), [(200, 300), (64, 16)]
    yield I.Zeros(), SHAPES[:1]
    yield I.Ones(), SHAPES[:1]
    yield I.Constant(0.3), SHAPES[:1]
    yield I.Identity(gain=2.0), [(20, 20), (10, 16)]
    for options in ({}, {"side": "imag", "window": "hamming", "scaling": "spectrum"},
                    {"window": "blackman", "periodic": True, "scaling": None}, {"window": None}):
        yield I.STFT(**options), [(16, 1, 9)]


def entry(initializer, shape):
    value = np.asarray(initializer(shape), dtype="float64")
    return {
        "class_name": type(initializer).__name__,
        "config": plain_config(initializer.get_config()), "shape": list(shape),
        "mean": np.float32(value.mean()), "std": np.float32(value.std()),
        "min": np.float32(value.min()), "max": np.float32(value.max()),
    }


def make():
    return [entry(initializer, shape) for initializer, shapes in catalogue() for shape in shapes]
