"""Whole calls of `fit` without shuffling: history, callbacks, the CSV log, final weights."""

import os
import tempfile
from pathlib import Path

import keras
import numpy as np
from keras import callbacks as C
from keras import layers as L

from .writing import plain_config

ROWS, FEATURES = 50, 4


def sequential(*layers):
    return keras.Sequential([keras.Input((FEATURES,)), *layers])


def rising(epoch, rate):
    return rate * 1.5


def two_outputs():
    inputs = keras.Input((FEATURES,))
    h = L.Dense(8, activation="relu")(inputs)
    return keras.Model(inputs, [L.Dense(3, activation="softmax", name="kind")(h),
                                L.Dense(1, name="size")(h)])


def nested_towers():
    """Two inputs through one shared tower, two outputs."""
    tower = keras.Sequential([keras.Input((2,)), L.Dense(5, activation="tanh",
                             kernel_regularizer=keras.regularizers.L2(0.01))], name="tower")
    a, b = keras.Input((2,), name="left"), keras.Input((2,), name="right")
    both = L.Concatenate()([tower(a), tower(b)])
    return keras.Model([a, b], [L.Dense(3, activation="softmax", name="kind")(both),
                                L.Dense(1, name="size")(L.Subtract()([tower(a), tower(b)]))])


def cases():
    """(name, model, compile arguments, kind of target, fit arguments, callbacks)"""
    classifier = lambda: sequential(  # noqa: E731
        L.Dense(8, activation="relu"), L.Dense(3, activation="softmax"))
    regressor = lambda: sequential(L.Dense(6, activation="tanh"), L.Dense(1))  # noqa: E731
    sparse = "sparse_categorical_crossentropy"
    yield "split_and_metrics", classifier(), {
        "optimizer": keras.optimizers.Adam(0.02), "loss": sparse, "metrics": ["accuracy"]}, "classes", {
        "epochs": 6, "batch_size": 16, "validation_split": 0.3}, []
    yield "partial_batch_regression", regressor(), {
        "optimizer": keras.optimizers.SGD(0.05), "loss": "mse", "metrics": ["mae", "mse"]}, "real", {
        "epochs": 5, "batch_size": 12}, []
    yield "class_weight", classifier(), {
        "optimizer": "adam", "loss": sparse, "metrics": ["accuracy"],
        "weighted_metrics": ["accuracy"]}, "classes", {
        "epochs": 4, "batch_size": 10, "validation_split": 0.2,
        "class_weight": {0: 0.3, 1: 2.0}}, []
    yield "early_stopping_restores", regressor(), {
        "optimizer": keras.optimizers.SGD(0.3), "loss": "mse"}, "real", {
        "epochs": 30, "batch_size": 8, "validation_split": 0.2}, [
        C.EarlyStopping(patience=3, restore_best_weights=True)]
    yield "reduce_rate_on_plateau", regressor(), {
        "optimizer": keras.optimizers.SGD(0.2, momentum=0.9), "loss": "mse"}, "real", {
        "epochs": 14, "batch_size": 8, "validation_split": 0.2}, [
        C.ReduceLROnPlateau(factor=0.5, patience=2, cooldown=1, min_lr=0.02)]
    yield "rate_scheduler", regressor(), {
        "optimizer": keras.optimizers.RMSprop(0.001), "loss": "mae"}, "real", {
        "epochs": 6, "batch_size": 32}, [C.LearningRateScheduler(rising)]
    yield "terminate_on_nan", regressor(), {
        "optimizer": keras.optimizers.SGD(1e20), "loss": "mse"}, "real", {
        "epochs": 5, "batch_size": 10}, [C.TerminateOnNaN()]
    yield "penalty_in_the_loss", sequential(
        L.Dense(6, activation="relu", kernel_regularizer="l2"), L.BatchNormalization(momentum=0.9),
        L.Dense(1, activation="sigmoid")), {
        "optimizer": keras.optimizers.AdamW(0.01), "loss": "binary_crossentropy",
        "metrics": ["accuracy", "mse"]}, "binary", {
        "epochs": 5, "batch_size": 16, "validation_split": 0.2}, []


    two = {"kind": sparse, "size": "mse"}
    yield "two_outputs_dictionaries", two_outputs(), {
        "optimizer": keras.optimizers.Adam(0.02), "loss": two, "loss_weights": {"kind": 1.0, "size": 0.3},
        "metrics": {"kind": ["accuracy"], "size": ["mae", "mse"]}}, "both", {
        "epochs": 4, "batch_size": 16, "validation_split": 0.3}, []
    yield "two_outputs_lists", two_outputs(), {
        "optimizer": keras.optimizers.SGD(0.05), "loss": [sparse, "mae"], "loss_weights": [0.5, 2.0],
        "metrics": [["accuracy"], ["mse"]], "weighted_metrics": [["accuracy"], ["mae"]]}, "both", {
        "epochs": 4, "batch_size": 12, "sample_weight": "rows"}, []
    yield "two_outputs_weights_apiece", two_outputs(), {
        "optimizer": keras.optimizers.SGD(0.05), "loss": [sparse, keras.losses.Huber()],
        "weighted_metrics": ["accuracy", "mae"]}, "both", {
        "epochs": 3, "batch_size": 12, "validation_split": 0.2, "sample_weight": "apiece"}, []
    yield "two_outputs_one_loss", two_outputs(), {
        "optimizer": keras.optimizers.Adam(0.01), "loss": [sparse, None]}, "both", {
        "epochs": 3, "batch_size": 16}, []
    yield "towers_shared_and_nested", nested_towers(), {
        "optimizer": keras.optimizers.Adam(0.01), "loss": two,
        "metrics": {"kind": "accuracy"}}, "both", {
        "epochs": 3, "batch_size": 16, "validation_split": 0.2}, []
    yield "two_outputs_early_stopping", two_outputs(), {
        "optimizer": keras.optimizers.SGD(0.4), "loss": two}, "both", {
        "epochs": 30, "batch_size": 8, "validation_split": 0.2}, [
        C.EarlyStopping(monitor="val_size_loss", mode="min", patience=2, restore_best_weights=True)]
    # Averages take the place of the weights at the end of `fit`, not of each step.
    yield "accumulated_averages", regressor(), {
        "optimizer": keras.optimizers.Adam(0.02, gradient_accumulation_steps=3, use_ema=True,
                                           ema_momentum=0.9), "loss": "mse"}, "real", {
        "epochs": 4, "batch_size": 8, "validation_split": 0.2}, []
    yield "averages_overwrite", regressor(), {
        "optimizer": keras.optimizers.SGD(0.05, use_ema=True, ema_momentum=0.8,
                                          ema_overwrite_frequency=5), "loss": "mse"}, "real", {
        "epochs": 4, "batch_size": 8}, []
    yield "averages_swapped", regressor(), {
        "optimizer": keras.optimizers.Adam(0.02, use_ema=True, ema_momentum=0.9),
        "loss": "mse"}, "real", {
        "epochs": 4, "batch_size": 8, "validation_split": 0.2}, [C.SwapEMAWeights(swap_on_epoch=True)]
    yield "sample_weight", classifier(), {
        "optimizer": "adam", "loss": sparse, "metrics": ["accuracy"],
        "weighted_metrics": ["accuracy"]}, "classes", {
        "epochs": 3, "batch_size": 10, "validation_split": 0.2, "sample_weight": "rows"}, []
    yield "steps_and_frequencies", regressor(), {
        "optimizer": keras.optimizers.SGD(0.05), "loss": "mse"}, "real", {
        "epochs": 7, "initial_epoch": 1, "batch_size": 8, "steps_per_epoch": 2, "validation_split": 0.3,
        "validation_freq": 2, "validation_batch_size": 5, "validation_steps": 2}, []
    yield "validation_after_some", regressor(), {
        "optimizer": keras.optimizers.SGD(0.05), "loss": "mse", "metrics": ["mae"]}, "real", {
        "epochs": 5, "batch_size": 8, "validation_split": 0.3, "validation_freq": [2, 5]}, []


def entry(name, model, compilation, kind, fitting, callbacks):
    random = np.random.default_rng(sum(map(ord, name)))
    x = random.normal(0, 1, (ROWS, FEATURES)).astype("float32").round(3)
    score = x @ random.normal(0, 1, (FEATURES, 3)) + 0.4 * random.normal(0, 1, (ROWS, 3))
    classes, real = score.argmax(axis=1), score[:, 0].astype("float32").round(3)
    y = {"classes": classes, "real": real, "binary": (score[:, 0] > 0).astype("int64"),
         "both": [classes, real]}[kind]
    inputs = [x] if len(model.inputs) == 1 else [x[:, :2], x[:, 2:]]
    given = dict(fitting)
    if "sample_weight" in fitting:
        weights = random.uniform(0.2, 2, (2, ROWS)).astype("float32").round(3)
        rows = weights[0] if fitting["sample_weight"] == "rows" else list(weights)
        given["sample_weight"], fitting = rows, {**fitting, "sample_weight": rows}
    model.compile(**compilation)
    # Metrics are named only once the first data came by; a copy of the config suffices.
    config = plain_config(keras.saving.serialize_keras_object(model))
    initial = [np.array(w) for w in model.get_weights()]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "log.csv")
        logger = [] if "validation_freq" in fitting else [C.CSVLogger(path)]
        history = model.fit(inputs if len(inputs) > 1 else x, y, shuffle=False, verbose=0,
                            callbacks=[*callbacks, *logger], **given)
        csv = Path(path).read_bytes().decode() if logger else None
    described = [{"class_name": type(c).__name__, "config": settings(c)} for c in callbacks]
    return {
        "name": name, "config": config, "x": inputs if len(inputs) > 1 else x, "y": y,
        "fit": {**fitting, "class_weight": {str(k): v for k, v in
                                            fitting.get("class_weight", {}).items()} or None},
        "callbacks": described, "initial_weights": initial, "epochs_run": history.epoch,
        "history": {k: np.array(v, dtype="float32") for k, v in history.history.items()},
        "csv": csv, "final_weights": model.get_weights(),
        "final_learning_rate": np.float32(model.optimizer.learning_rate),
    }


def settings(callback):
    names = ["monitor", "mode", "patience", "min_delta", "restore_best_weights", "factor", "cooldown", "min_lr", "swap_on_epoch"]
    found = {n: getattr(callback, n) for n in names if hasattr(callback, n)}
    if isinstance(callback, C.LearningRateScheduler):
        found["rule"] = "the rate times 1.5 at the start of every epoch"
    return found


def make():
    keras.utils.set_random_seed(60)
    entries = []
    for case in cases():
        entries.append(entry(*case))
        keras.backend.clear_session()
    return entries
