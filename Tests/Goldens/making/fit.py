"""Whole calls of `fit` without shuffling: history, callbacks, the CSV log, final weights."""

import os
import tempfile

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


def entry(name, model, compilation, kind, fitting, callbacks):
    random = np.random.default_rng(sum(map(ord, name)))
    x = random.normal(0, 1, (ROWS, FEATURES)).astype("float32").round(3)
    score = x @ random.normal(0, 1, (FEATURES, 3)) + 0.4 * random.normal(0, 1, (ROWS, 3))
    y = {"classes": score.argmax(axis=1), "real": score[:, 0].astype("float32").round(3),
         "binary": (score[:, 0] > 0).astype("int64")}[kind]
    model.compile(**compilation)
    # Metrics are named only once the first data came by; a copy of the config suffices.
    config = plain_config(keras.saving.serialize_keras_object(model))
    initial = [np.array(w) for w in model.get_weights()]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "log.csv")
        history = model.fit(x, y, shuffle=False, verbose=0,
                            callbacks=[*callbacks, C.CSVLogger(path)], **fitting)
        with open(path, newline="") as file:
            csv = file.read()
    described = [{"class_name": type(c).__name__, "config": settings(c)} for c in callbacks]
    return {
        "name": name, "config": config, "x": x, "y": y,
        "fit": {**fitting, "class_weight": {str(k): v for k, v in
                                            fitting.get("class_weight", {}).items()} or None},
        "callbacks": described, "initial_weights": initial, "epochs_run": history.epoch,
        "history": {k: np.array(v, dtype="float32") for k, v in history.history.items()},
        "csv": csv, "final_weights": model.get_weights(),
        "final_learning_rate": np.float32(model.optimizer.learning_rate),
    }


def settings(callback):
    names = ["monitor", "patience", "min_delta", "restore_best_weights", "factor", "cooldown", "min_lr"]
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
