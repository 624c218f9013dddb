"""Models with SpectralNormalization: predictions and three steps of training."""

import os
import tempfile

import h5py
import keras
import numpy as np
from keras import layers as L

from .writing import plain_config

ROWS = 4


def sequential(shape, *layers):
    return keras.Sequential([keras.Input(shape), *layers])


def twice():
    x = keras.Input((3,))
    shared = L.SpectralNormalization(L.Dense(3, activation="tanh"))
    return keras.Model(x, L.Dense(2)(shared(shared(x))))


def frozen():
    layer = L.SpectralNormalization(L.Dense(3))
    layer.trainable = False
    return sequential((4,), layer, L.Dense(1))


def frozen_within():
    inner = L.Dense(3)
    inner.trainable = False
    return sequential((4,), L.SpectralNormalization(inner), L.Dense(1))


def models():
    """(name, model)"""
    yield "dense", sequential((5,), L.SpectralNormalization(L.Dense(4, activation="tanh")), L.Dense(1))
    yield "iterations_and_penalty", sequential(
        (5,), L.SpectralNormalization(
            L.Dense(4, kernel_regularizer="l2", activity_regularizer="l1"), power_iterations=3), L.Dense(2))
    yield "convolutions", sequential(
        (5, 4, 2), L.SpectralNormalization(L.Conv2D(3, 2, activation="relu")),
        L.SpectralNormalization(L.Conv2DTranspose(2, 2)), L.SpectralNormalization(L.DepthwiseConv2D(2)),
        L.Flatten(), L.SpectralNormalization(L.Dense(1, use_bias=False)))
    yield "masked_words", sequential(
        (5,), L.SpectralNormalization(L.Embedding(7, 3, mask_zero=True)),
        L.SpectralNormalization(L.Dense(2)), L.GlobalAveragePooling1D())
    yield "einsum", sequential(
        (3, 4), L.SpectralNormalization(L.EinsumDense("abc,cd->abd", (None, 2), bias_axes="d")), L.Flatten())
    yield "zeros", sequential((3,), L.SpectralNormalization(L.Dense(2)), L.Dense(2))
    yield "twice", twice()
    yield "frozen", frozen()
    yield "frozen_within", frozen_within()
    yield "constrained", sequential(
        (3,), L.SpectralNormalization(L.Dense(2, kernel_constraint=keras.constraints.MaxNorm(0.5))))


def stored(model, folder):
    """The arrays of the weights file by path."""
    path = os.path.join(folder, "m.weights.h5")
    model.save_weights(path)
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and name.startswith("layers/"):
            found[name] = np.asarray(item)

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def entry(name, model, folder):
    random = np.random.default_rng(sum(map(ord, name)))
    if "words" in name:
        x = random.integers(0, 7, (ROWS, *model.input_shape[1:])).astype("float32")
    else:
        x = random.normal(0, 1, (ROWS, *model.input_shape[1:])).astype("float32").round(2)
    for variable in model.weights:
        value = random.normal(0.1, 0.8, variable.shape).astype("float32").round(3)
        is_zero = name == "zeros" and variable.path.endswith("kernel") and "spectral" in variable.path
        variable.assign(value * (not is_zero))
    model.compile(keras.optimizers.SGD(0.05), "mse")
    config = plain_config(keras.saving.serialize_keras_object(model))
    before, output = stored(model, folder), model.predict(x, verbose=0)
    y = random.normal(0, 1, output.shape).astype("float32").round(2)
    losses = [np.float32(model.train_on_batch(x, y)) for _ in range(3)]
    return {
        "name": name, "config": config, "x": [x], "y": y, "weights": before, "output": output,
        "losses": np.array(losses), "weights_after_3": stored(model, folder),
        "output_after_3": model.predict(x, verbose=0),
    }


def make():
    keras.utils.set_random_seed(8)
    entries = []
    with tempfile.TemporaryDirectory() as folder:
        for name, model in models():
            entries.append(entry(name, model, folder))
            keras.backend.clear_session()
    return entries
