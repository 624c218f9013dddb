"""Cross-entropies behind softmax and sigmoid heads: here TensorFlow and JAX give other numbers."""

import keras
import numpy as np
from keras import activations
from keras import losses as K

LOGITS = {
    "mild": np.array([[0.3, -1.2, 2.5], [1.0, 0.2, -0.4], [-0.7, 0.1, 0.6], [2.0, 1.9, -3.0]]),
    "saturated_wrong": np.array([[-20, 20, 0], [30, -10, -25], [40, -40, 0], [-18, 17, 16]]),
    "saturated_right": np.array([[40, -10, 0], [-30, -10, 25], [-40, 40, 0], [-18, 17, -16]]),
    "huge": np.array([[200, -200, 0], [-500, 500, 1000], [0, 0, 300], [88, -88, 110]]),
}
CLASSES = np.array([0, 2, 1, 1])
ONE_HOT = np.eye(3, dtype="float32")[CLASSES]
SOFT = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8], [0, 1, 0], [0.3, 0.4, 0.3]], dtype="float32")


def heads():
    """(activation, loss, y_true)"""
    for activation, loss, y in [
        ("softmax", K.SparseCategoricalCrossentropy, CLASSES),
        ("softmax", K.CategoricalCrossentropy, ONE_HOT),
        ("sigmoid", K.CategoricalCrossentropy, ONE_HOT),
        ("sigmoid", K.BinaryCrossentropy, ONE_HOT),
        ("sigmoid", K.BinaryCrossentropy, SOFT),
        ("softmax", K.CategoricalCrossentropy, SOFT),
        ("softmax", K.BinaryCrossentropy, ONE_HOT),
        ("sigmoid", K.SparseCategoricalCrossentropy, CLASSES),
        ("linear", K.CategoricalCrossentropy, ONE_HOT),
        ("relu", K.CategoricalCrossentropy, ONE_HOT),
        ("relu", K.SparseCategoricalCrossentropy, CLASSES),
        ("linear", K.BinaryCrossentropy, ONE_HOT),
        ("tanh", K.BinaryCrossentropy, ONE_HOT),
    ]:
        yield activation, loss(), y
    yield "softmax", K.CategoricalCrossentropy(label_smoothing=0.1), ONE_HOT
    yield "sigmoid", K.BinaryCrossentropy(label_smoothing=0.1), ONE_HOT
    yield "softmax", K.CategoricalCrossentropy(from_logits=True), ONE_HOT
    yield "softmax", K.SparseCategoricalCrossentropy(from_logits=True), CLASSES
    yield "sigmoid", K.BinaryCrossentropy(from_logits=True), ONE_HOT
    yield "linear", K.CategoricalCrossentropy(from_logits=True), ONE_HOT
    yield "linear", K.BinaryCrossentropy(from_logits=True), ONE_HOT


def on_jax(activation, loss, y, z):
    import jax
    import jax.numpy as jnp

    value, gradient = jax.value_and_grad(lambda v: loss(jnp.asarray(y), activation(v)))(jnp.asarray(z))
    return np.float32(value), np.asarray(gradient)


def on_tensorflow(activation, loss, y, z):
    import tensorflow as tf

    variable = tf.Variable(z)
    with tf.GradientTape() as tape:
        value = loss(tf.constant(y), activation(variable + 0.0))
    return np.float32(value), tape.gradient(value, variable).numpy()


def make():
    on = on_jax if keras.backend.backend() == "jax" else on_tensorflow
    entries = []
    for name, loss, y in heads():
        for kind, z in LOGITS.items():
            z = z.astype("float32")
            value, gradient = on(activations.get(name), loss, y, z)
            entries.append({
                "activation": name, "class_name": type(loss).__name__, "config": loss.get_config(),
                "note": kind, "y_true": y, "logits": z, "value": value, "gradient": gradient,
            })
    return entries
