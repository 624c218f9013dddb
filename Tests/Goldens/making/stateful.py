"""Layers that keep their state from batch to batch, on TensorFlow: on JAX, Keras drops the state."""

import keras
import numpy as np
from keras import layers as L

from .writing import plain_config

BATCH, ROWS, STEPS, FEATURES = 4, 12, 5, 3


def sequential(*layers, shape=(STEPS, FEATURES)):
    return keras.Sequential([keras.Input(batch_shape=(BATCH, *shape)), *layers])


def nested():
    inner = sequential(L.GRU(3, stateful=True, return_sequences=True), L.Dense(2))
    return sequential(inner, L.SimpleRNN(2, stateful=True), L.Dense(1))


def with_initial_state():
    given = keras.Input(batch_shape=(BATCH, STEPS, FEATURES))
    state = L.Dense(3)(L.Flatten()(given))
    return keras.Model(given, L.Dense(1)(L.GRU(3, stateful=True)(given, initial_state=state)))


def models():
    yield "lstm", sequential(L.LSTM(3, stateful=True), L.Dense(1))
    yield "gru", sequential(L.GRU(3, stateful=True), L.Dense(1))
    yield "gru_reset_before", sequential(L.GRU(3, stateful=True, reset_after=False), L.Dense(1))
    yield "simple", sequential(L.SimpleRNN(3, stateful=True), L.Dense(1))
    yield "relu", sequential(L.SimpleRNN(3, activation="relu", stateful=True), L.Dense(1))
    yield "two", sequential(
        L.LSTM(3, stateful=True, return_sequences=True), L.LSTM(2, stateful=True), L.Dense(1))
    yield "one_of_two", sequential(
        L.GRU(3, return_sequences=True), L.GRU(2, stateful=True, go_backwards=True), L.Dense(1))
    yield "bidirectional", sequential(L.Bidirectional(L.LSTM(2, stateful=True)), L.Dense(1))
    yield "masked", sequential(L.Masking(), L.LSTM(3, stateful=True), L.Dense(1))
    yield "stacked_cells", sequential(
        L.RNN([L.LSTMCell(3), L.GRUCell(2)], stateful=True), L.Dense(1))
    yield "nested", nested()
    yield "initial_state", with_initial_state()
    yield "convolutional", sequential(
        L.ConvLSTM1D(2, 2, stateful=True), L.Flatten(), L.Dense(1), shape=(STEPS, 4, 2))


def reset(model):
    """As `reset_state`, which Keras 3.15 forgets for the states of stacked cells."""
    for layer in model._flatten_layers(include_self=False):
        for variable in keras.tree.flatten(getattr(layer, "states", None) or []):
            variable.assign(np.zeros(variable.shape))


def entry(name, model):
    random = np.random.default_rng(sum(map(ord, name)))
    for variable in model.weights:
        variable.assign(random.normal(0.1, 0.6, variable.shape).astype("float32").round(3))
    model.compile(keras.optimizers.SGD(0.05), "mse")
    x = random.normal(0, 1, (ROWS, *model.inputs[0].shape[1:])).astype("float32").round(2)
    if name == "masked":
        x[random.uniform(size=x.shape[:2]) < 0.4] = 0
    y = random.normal(0, 1, (ROWS, 1)).astype("float32").round(2)
    held = (x[:BATCH] * np.float32(0.5), y[:BATCH])
    result = {
        "name": name, "config": plain_config(keras.saving.serialize_keras_object(model)),
        "batch_size": BATCH, "x": x, "y": y, "held_x": held[0], "held_y": held[1],
        "initial_weights": model.get_weights()}
    reset(model)
    arguments = {"batch_size": BATCH, "verbose": 0}
    fit = {"shuffle": False, **arguments}
    history = model.fit(x, y, epochs=2, validation_data=held, **fit).history
    result["history"] = {k: np.array(v, "float32") for k, v in history.items()}
    result["evaluated"] = np.float32(model.evaluate(x, y, **arguments))
    result["predicted"] = model.predict(x, **arguments)
    again = model.fit(x, y, epochs=1, **fit).history
    result["loss_after"] = np.float32(again["loss"][0])
    result["final_weights"] = model.get_weights()
    reset(model)
    result["predicted_afresh"] = model.predict(x, **arguments)
    return result


def make():
    keras.utils.set_random_seed(8)
    return [entry(name, model) for name, model in models()]
