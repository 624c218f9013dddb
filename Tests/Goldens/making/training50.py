"""Small Dense models trained for 50 steps on fixed batches: losses, and weights after 1 and 50."""

import keras
import numpy as np
from keras import layers as L
from keras import losses, optimizers, regularizers

from .writing import plain_config

STEPS, BATCH, ROWS, FEATURES = 50, 8, 40, 5


def skip_connection():
    inputs = keras.Input((FEATURES,))
    h = L.Dense(6, activation="relu")(inputs)
    g = L.Dense(6, activation="tanh")(h)
    return keras.Model(inputs, L.Dense(3, activation="softmax")(L.Add()([h, g])))


def shared_layer():
    inputs = keras.Input((FEATURES,))
    shared = L.Dense(FEATURES, activation="elu")
    first = shared(inputs)
    second = shared(first)
    return keras.Model(inputs, L.Dense(1)(L.Concatenate()([first, second])))


def two_inputs():
    a, b = keras.Input((3,), name="a"), keras.Input((2,), name="b")
    product = L.Multiply()([L.Dense(4, activation="sigmoid")(a), L.Dense(4)(b)])
    return keras.Model([a, b], L.Dense(1)(L.LeakyReLU()(product)))


def sequential(*layers):
    return keras.Sequential([keras.Input((FEATURES,)), *layers])


def cases():
    """(name, model, optimizer, loss, kind of target, extra)"""
    yield "sgd_relu", sequential(L.Dense(8, activation="relu"), L.Dense(3, activation="softmax")), \
        optimizers.SGD(0.1), "sparse_categorical_crossentropy", "classes", {}
    yield "momentum_l1_l2", sequential(
        L.Dense(6, activation="tanh", kernel_regularizer=regularizers.L1L2(0.003, 0.01)),
        L.Dense(1, bias_regularizer="l2")), optimizers.SGD(0.02, momentum=0.9), "mse", "real", {}
    yield "nesterov_clipvalue_class_weight", sequential(
        L.Dense(6, activation="selu"), L.Dense(1, activation="sigmoid")), \
        optimizers.SGD(0.05, momentum=0.8, nesterov=True, clipvalue=0.05), \
        "binary_crossentropy", "binary", {"class_weight": {"0": 0.5, "1": 2.0}}
    yield "skip_adam_clipnorm", skip_connection(), optimizers.Adam(0.01, clipnorm=0.2), \
        "categorical_crossentropy", "one_hot", {}
    yield "shared_rmsprop", shared_layer(), optimizers.RMSprop(0.005), "mae", "real", {}
    yield "batch_norm_adam_global_clipnorm", sequential(
        L.Dense(6), L.BatchNormalization(), L.Activation("relu"), L.Dense(3, activation="softmax")), \
        optimizers.Adam(0.02, global_clipnorm=0.5), "sparse_categorical_crossentropy", "classes", {}
    yield "layer_norm_adamw", sequential(
        L.Dense(6, activation="gelu"), L.LayerNormalization(), L.Dense(1)), \
        optimizers.AdamW(0.01, weight_decay=0.05), losses.Huber(), "real", {}
    yield "rmsprop_centered_sample_weight", sequential(
        L.Dense(7, activation="softplus"), L.Dense(2)), \
        optimizers.RMSprop(0.003, rho=0.8, momentum=0.5, centered=True, weight_decay=0.01), \
        "mse", "two", {"sample_weight": True}
    yield "amsgrad_logits_smoothing", sequential(
        L.Dense(6, activation="swish", use_bias=False), L.Dense(1)), \
        optimizers.Adam(0.02, amsgrad=True, epsilon=1e-4), \
        losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1), "binary", {}
    yield "cosine_schedule_activity", sequential(
        L.Rescaling(0.5), L.Dense(6, activation="relu", activity_regularizer=regularizers.L1(0.01)),
        L.Dense(3)), optimizers.SGD(optimizers.schedules.CosineDecay(0.1, 40, alpha=0.1)), \
        losses.SparseCategoricalCrossentropy(from_logits=True), "classes", {}
    yield "exponential_schedule_adam", sequential(
        L.Dense(5, activation="hard_sigmoid"), L.Dense(1, activation="exponential")), \
        optimizers.Adam(optimizers.schedules.ExponentialDecay(0.02, 10, 0.8, staircase=True)), \
        "poisson", "counts", {}
    yield "two_inputs_nesterov", two_inputs(), \
        optimizers.SGD(0.03, momentum=0.9, nesterov=True, weight_decay=0.01), "mse", "real", {}
    yield "adafactor", sequential(L.Dense(6, activation="relu"), L.Dense(1)), \
        optimizers.Adafactor(0.05), "mse", "real", {}
    yield "adafactor_fixed_steps", sequential(L.Dense(6, activation="tanh"), L.Dense(3)), \
        optimizers.Adafactor(0.02, relative_step=False, clip_threshold=0.8, weight_decay=0.01), \
        losses.SparseCategoricalCrossentropy(from_logits=True), "classes", {}
    yield "accumulation_adam", sequential(L.Dense(6, activation="relu"), L.Dense(1)), \
        optimizers.Adam(0.02, gradient_accumulation_steps=3, clipnorm=0.5), "mse", "real", {}
    yield "accumulation_schedule", sequential(L.Dense(6, activation="relu"), L.Dense(1)), \
        optimizers.SGD(optimizers.schedules.ExponentialDecay(0.1, 10, 0.7),
                       gradient_accumulation_steps=2, weight_decay=0.01), "mse", "real", {}
    yield "constraints", sequential(
        L.Dense(6, activation="relu", kernel_constraint="max_norm"),
        L.Dense(4, kernel_constraint=keras.constraints.UnitNorm(axis=1), bias_constraint="non_neg"),
        L.Dense(1, kernel_constraint=keras.constraints.MinMaxNorm(0.5, 1.0, rate=0.5))), \
        optimizers.SGD(0.1), "mse", "real", {}
    yield "orthogonal_penalty", sequential(
        L.Dense(6, activation="relu", kernel_regularizer=regularizers.OrthogonalRegularizer(0.02)),
        L.Dense(4, kernel_regularizer=regularizers.OrthogonalRegularizer(0.05, mode="columns")),
        L.Dense(1)), optimizers.Adam(0.01), "mse", "real", {}
    yield "loss_scale", sequential(L.Dense(6, activation="relu"), L.Dense(1)), \
        optimizers.Adam(0.01, loss_scale_factor=128.0), "mse", "real", {}
    yield "one_of_two_losses", sequential(L.Dense(6, activation="relu"), L.Dense(1)), \
        optimizers.SGD(0.02), ["mae", "mse"], "real", {}
    frozen = L.Dense(6, activation="relu", kernel_regularizer="l2")
    frozen.trainable = False
    yield "frozen_first_layer", sequential(frozen, L.Dense(1)), optimizers.Adam(0.01), "log_cosh", \
        "real", {}


def targets(kind, x, random):
    score = x @ random.normal(0, 1, (FEATURES, 3)) + 0.3 * random.normal(0, 1, (len(x), 3))
    if kind == "classes":
        return score.argmax(axis=1)
    if kind == "one_hot":
        return np.eye(3, dtype="float32")[score.argmax(axis=1)]
    if kind == "binary":
        return (score[:, 0] > 0).astype("float32")
    if kind == "counts":
        return np.round(np.abs(score[:, :1])).astype("float32")
    return score[:, : 2 if kind == "two" else 1].astype("float32")


def entry(name, model, optimizer, loss, kind, extra):
    random = np.random.default_rng(sum(map(ord, name)))
    x = random.normal(0, 1, (ROWS, FEATURES)).astype("float32").round(3)
    y = targets(kind, x, random)
    y = y.round(3) if y.dtype.kind == "f" else y
    weights = random.uniform(0.2, 2, ROWS).astype("float32").round(3)
    for layer in model.layers:
        for variable in layer.trainable_variables:
            if "bias" in variable.name:
                variable.assign(random.normal(0, 0.1, variable.shape))
    model.compile(optimizer=optimizer, loss=loss)
    initial = [np.array(w) for w in model.get_weights()]
    config = plain_config(keras.saving.serialize_keras_object(model))
    inputs = [x] if len(model.inputs) == 1 else [x[:, :3], x[:, 3:]]
    step_losses, after_one = [], None
    for step in range(STEPS):
        first = step * BATCH % ROWS
        rows = slice(first, first + BATCH)
        arguments = {}
        if "class_weight" in extra:
            arguments["class_weight"] = {int(k): v for k, v in extra["class_weight"].items()}
        if "sample_weight" in extra:
            arguments["sample_weight"] = weights[rows]
        batch = [v[rows] for v in inputs]
        logs = model.train_on_batch(
            batch if len(batch) > 1 else batch[0], y[rows], return_dict=True, **arguments)
        step_losses.append(np.float32(logs["loss"]))
        if step == 0:
            after_one = [np.array(w) for w in model.get_weights()]
    return {
        "name": name, "config": config, "batch_size": BATCH, "steps": STEPS, "x": inputs, "y": y,
        "class_weight": extra.get("class_weight"),
        "sample_weight": weights if "sample_weight" in extra else None,
        "weight_paths": [v.path for v in model.weights if "seed" not in v.path],
        "initial_weights": initial, "losses": np.array(step_losses),
        "weights_after_1": after_one, "weights_after_50": model.get_weights(),
    }


def make():
    keras.utils.set_random_seed(50)
    entries = []
    for case in cases():
        entries.append(entry(*case))
        keras.backend.clear_session()
    return entries
