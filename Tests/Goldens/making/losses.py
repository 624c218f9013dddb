"""Values and gradients of every loss on the JAX backend, saturated and unruly arguments included."""

import jax
import jax.numpy as jnp
import numpy as np
from keras import losses as K

from .writing import plain_config

REAL = [K.MeanSquaredError, K.MeanAbsoluteError, K.MeanAbsolutePercentageError, K.LogCosh,
        K.CosineSimilarity]
POSITIVE = [K.MeanSquaredLogarithmicError, K.Poisson]
SIGNS = [K.Hinge, K.SquaredHinge, K.CategoricalHinge]


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).astype("float32")


def cases():
    """(loss, y_true, y_pred, sample_weight, note)"""
    random = np.random.default_rng(5)
    normal = lambda *shape: random.normal(0, 1, shape).astype("float32")  # noqa: E731
    uniform = lambda *shape: random.uniform(0.05, 0.95, shape).astype("float32")  # noqa: E731
    weights = np.array([1.0, 0.0, 2.5, 0.5], dtype="float32")

    for kind in REAL:
        y, p = normal(4, 3) * 2, normal(4, 3)
        yield kind(), y, p, None, ""
        yield kind(), y, p, weights, "sample weights"
        yield kind(reduction="sum"), y, p, None, ""
        yield kind(reduction="mean_with_sample_weight"), y, p, weights, "sample weights"
    for delta in (1.0, 0.3):
        yield K.Huber(delta=delta), normal(4, 3) * 2, normal(4, 3), None, ""
    yield K.MeanSquaredError(), normal(4), normal(4, 1), None, "(n,) against (n, 1)"
    yield K.MeanSquaredError(), normal(4, 1), normal(4), None, "(n, 1) against (n,)"
    yield K.MeanSquaredError(), normal(2, 3, 2), normal(2, 3, 2), None, "sequence"
    yield K.MeanAbsoluteError(), np.zeros((2, 2), "float32"), np.zeros((2, 2), "float32"), None, "equal"
    yield K.MeanSquaredError(), normal(4, 3) * 1e5, normal(4, 3), None, "huge targets"
    for kind in POSITIVE:
        yield kind(), np.abs(normal(4, 3)) * 3, np.abs(normal(4, 3)), None, ""
        yield kind(), np.abs(normal(4, 3)), normal(4, 3) * 0.5, weights, "negative predictions"
    for kind in SIGNS:
        labels = (normal(4, 3) > 0).astype("float32")
        yield kind(), labels, normal(4, 3), None, "labels 0 and 1"
        yield kind(), labels * 2 - 1, normal(4, 3), weights, "labels -1 and 1"
    yield K.KLDivergence(), softmax(normal(4, 3)), softmax(normal(4, 3)), None, ""
    yield K.KLDivergence(), softmax(normal(4, 3) * 40), softmax(normal(4, 3) * 40), None, "saturated"

    labels = (uniform(4, 3) > 0.5).astype("float32")
    extremes = np.array([[0, 1, 0.5], [1, 0, 1e-9], [1 - 1e-9, 0.2, 1], [0, 0, 1]], dtype="float32")
    for smoothing in (0.0, 0.2):
        yield K.BinaryCrossentropy(label_smoothing=smoothing), labels, uniform(4, 3), None, ""
        yield K.BinaryCrossentropy(label_smoothing=smoothing), labels, extremes, None, "saturated"
        yield K.BinaryCrossentropy(from_logits=True, label_smoothing=smoothing), labels, normal(
            4, 3) * 3, weights, ""
    yield K.BinaryCrossentropy(), labels[:, :1], uniform(4, 1), weights, "one unit"
    yield K.BinaryCrossentropy(), labels[:, 0], uniform(4, 1), None, "(n,) against (n, 1)"
    yield K.BinaryCrossentropy(from_logits=True), labels, normal(4, 3) * 60, None, "large logits"
    yield K.BinaryCrossentropy(), normal(4, 3) * 3, uniform(4, 3), None, "labels outside [0, 1]"
    yield K.BinaryCrossentropy(), labels, normal(4, 3) * 2, None, "predictions outside [0, 1]"
    yield K.BinaryCrossentropy(), uniform(4, 3), uniform(4, 3), None, "soft labels"
    yield K.BinaryFocalCrossentropy(), labels, uniform(4, 3), None, ""
    yield K.BinaryFocalCrossentropy(
        apply_class_balancing=True, alpha=0.4, gamma=1.0), labels, uniform(4, 3), weights, ""
    yield K.BinaryFocalCrossentropy(from_logits=True), labels, normal(4, 3), None, ""

    one_hot = np.eye(3, dtype="float32")[[0, 2, 1, 1]]
    wrong = np.array([[0, 1, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0]], dtype="float32")
    for smoothing in (0.0, 0.1):
        yield K.CategoricalCrossentropy(
            label_smoothing=smoothing), one_hot, softmax(normal(4, 3)), None, ""
        yield K.CategoricalCrossentropy(label_smoothing=smoothing), one_hot, wrong, None, "saturated"
        yield K.CategoricalCrossentropy(
            from_logits=True, label_smoothing=smoothing), one_hot, normal(4, 3) * 3, weights, ""
    yield K.CategoricalCrossentropy(), one_hot, uniform(4, 3), None, "rows that do not add up to 1"
    yield K.CategoricalCrossentropy(), one_hot, normal(4, 3), None, "negative predictions"
    yield K.CategoricalCrossentropy(), one_hot, np.zeros((4, 3), "float32"), None, "all zero"
    yield K.CategoricalCrossentropy(from_logits=True), one_hot, normal(4, 3) * 80, None, "large logits"
    yield K.CategoricalCrossentropy(), labels, softmax(normal(4, 3)), None, "several ones in a row"
    yield K.CategoricalFocalCrossentropy(), one_hot, softmax(normal(4, 3)), None, ""
    yield K.CategoricalFocalCrossentropy(from_logits=True), one_hot, normal(4, 3), weights, ""
    yield K.CategoricalGeneralizedCrossEntropy(), np.array([0, 2, 1, 1]), softmax(normal(4, 3)), None, ""

    classes = np.array([0, 2, 1, 1])
    yield K.SparseCategoricalCrossentropy(), classes, softmax(normal(4, 3)), None, ""
    yield K.SparseCategoricalCrossentropy(), classes[:, None], softmax(normal(4, 3)), weights, "(n, 1)"
    yield K.SparseCategoricalCrossentropy(), classes, wrong, None, "saturated"
    yield K.SparseCategoricalCrossentropy(), classes, uniform(4, 3), None, "rows that do not add up to 1"
    yield K.SparseCategoricalCrossentropy(from_logits=True), classes, normal(4, 3) * 3, weights, ""
    yield K.SparseCategoricalCrossentropy(from_logits=True), classes, normal(4, 3) * 80, None, ""
    yield K.SparseCategoricalCrossentropy(), classes + 1, softmax(normal(4, 3)), None, "label 3 of 3"
    yield K.SparseCategoricalCrossentropy(), classes - 1, softmax(normal(4, 3)), None, "label -1"
    yield K.SparseCategoricalCrossentropy(from_logits=True), classes + 1, normal(4, 3), None, "label 3 of 3"
    yield K.SparseCategoricalCrossentropy(), np.array([[0, 2, 1], [1, 1, 0]]), softmax(
        normal(2, 3, 3)), None, "sequence"
    yield K.SparseCategoricalCrossentropy(ignore_class=1), classes, softmax(normal(4, 3)), None, ""

    yield K.Dice(), labels, uniform(4, 3), None, ""
    yield K.Tversky(alpha=0.3, beta=0.7), labels, uniform(4, 3), None, ""
    for kind in (K.Dice, K.Tversky):
        yield kind(axis=(1,)), labels, uniform(4, 3), weights, "an axis"
        yield kind(axis=-1, reduction="sum"), labels, uniform(4, 3), None, "an axis"
        yield kind(axis=(1, 2)), (uniform(2, 3, 2) > 0.5).astype("float32"), uniform(2, 3, 2), None, "axes"
        yield kind(), labels, uniform(4, 3), weights, "sample weights"
    yield K.CategoricalGeneralizedCrossEntropy(q=0.8), classes, softmax(normal(4, 3)), weights, ""
    sequences, steps = np.array([[0, 2, 1], [1, 1, 0]]), softmax(normal(2, 3, 3))
    for options in ({}, {"reduction": "sum"}, {"reduction": "mean_with_sample_weight"}):
        yield K.SparseCategoricalCrossentropy(ignore_class=1, **options), sequences, steps, None, "sequence"
        yield K.SparseCategoricalCrossentropy(ignore_class=1, **options), classes, softmax(
            normal(4, 3)), weights, ""
    yield K.SparseCategoricalCrossentropy(
        ignore_class=-1, from_logits=True), np.array([-1, 2, -1, 1]), normal(4, 3), None, ""
    per_step = np.array([[1, 0, 2], [0.5, 1, 0.25]], dtype="float32")
    yield K.MeanSquaredError(), normal(2, 3, 2), normal(2, 3, 2), per_step, "a weight for each step"
    yield K.SparseCategoricalCrossentropy(), sequences, steps, per_step, "a weight for each step"
    yield K.MeanAbsoluteError(), normal(4, 3), normal(4, 3), weights[:, None], "weights (n, 1)"
    yield K.BinaryCrossentropy(axis=1), (uniform(2, 3, 2) > 0.5).astype("float32"), uniform(
        2, 3, 2), None, "an axis"
    points = normal(4, 3)
    points /= np.linalg.norm(points, axis=-1, keepdims=True)
    yield K.Circle(), np.array([0, 1, 0, 1]), points, None, ""
    # Numbers of their own, so that a new entry leaves all others as they are.
    random = np.random.default_rng(6)
    points = random.normal(0, 1, (6, 3)).astype("float32")
    points /= np.linalg.norm(points, axis=-1, keepdims=True)
    lonely = np.array([0, 1, 0, 2, 1, 0])
    yield K.Circle(gamma=8.0, margin=0.25), lonely, points, None, "a class of one row"
    yield K.Circle(gamma=4.0), lonely[:, None], points, None, "a column of labels"
    yield K.Circle(), np.zeros(6, "int64"), points, None, "a single class"
    yield K.Circle(gamma=8.0), lonely, points, random.uniform(0, 2, 6).astype("float32"), "sample weights"
    yield K.Circle(gamma=8.0, reduction="mean_with_sample_weight"), lonely, points, (
        random.uniform(0, 2, 6).astype("float32")), "sample weights"
    yield K.Circle(gamma=8.0, reduction="sum"), lonely, points, None, ""
    # Shorter than 1, so that no distance to itself is a rounding error.
    yield K.Circle(gamma=8.0, remove_diagonal=False), lonely, points * np.float32(0.9), None, (
        "rows are their own neighbours")


def whole_config(loss):
    """The configuration with what Keras forgets to write: its `Huber` loses `delta`."""
    config = plain_config(loss.get_config())
    if isinstance(loss, K.Huber):
        config["delta"] = loss._fn_kwargs["delta"]
    return config


def entry(loss, y_true, y_pred, weights, note):
    def value(p):
        arguments = {} if weights is None else {"sample_weight": jnp.asarray(weights)}
        return loss(jnp.asarray(y_true), p, **arguments)

    number, gradient = jax.value_and_grad(value)(jnp.asarray(y_pred))
    again = type(loss).from_config(whole_config(loss))
    if abs(float(again(y_true, jnp.asarray(y_pred))) - float(loss(y_true, jnp.asarray(y_pred)))) > 1e-6:
        raise ValueError(f"the configuration of {type(loss).__name__} does not hold all of it")
    return {
        "class_name": type(loss).__name__, "config": whole_config(loss), "note": note,
        "y_true": y_true, "y_pred": y_pred, "sample_weight": weights,
        "value": np.float32(number), "gradient": np.asarray(gradient),
    }


def make():
    return [entry(*case) for case in cases()]
