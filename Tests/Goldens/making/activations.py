"""Values and derivatives of every activation of Keras."""

import jax
import jax.numpy as jnp
import numpy as np
from keras import activations

POINTS = np.array(
    [-50, -20, -10, -7.3, -6.4, -4.1, -3.2, -2.6, -1.9, -1.4, -1.1, -0.9, -0.61, -0.42, -0.17, -0.03,
     -1e-3, 0, 1e-3, 0.04, 0.21, 0.44, 0.63, 0.88, 1.15, 1.5, 2.1, 2.8, 3.3, 4.4, 5.7, 6.3, 8.5, 10,
     20, 50], dtype="float32")

ROWS = np.array(
    [[0.3, -1.2, 2.5, 0.1], [0, 0, 0, 0], [50, -50, 10, 0], [-3.1, -3.0, -2.9, -3.3],
     [1e-3, 2e-3, -1e-3, 0], [100, 101, 99, 98]], dtype="float32")

ELEMENTWISE = [
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "gelu", "silu", "hard_silu", "mish",
    "sigmoid", "hard_sigmoid", "log_sigmoid", "sparse_sigmoid", "tanh", "hard_tanh", "tanh_shrink",
    "softplus", "sparse_plus", "squareplus", "softsign", "exponential", "soft_shrink", "hard_shrink",
]

# A name, its arguments: the cases beside the defaults.
WITH_ARGUMENTS = [
    ("relu", {"max_value": 4.0}), ("relu", {"negative_slope": 0.25}), ("relu", {"threshold": 0.5}),
    ("relu", {"negative_slope": 0.1, "max_value": 2.0, "threshold": 0.3}),
    ("leaky_relu", {"negative_slope": 0.05}), ("elu", {"alpha": 0.5}), ("celu", {"alpha": 2.0}),
    ("gelu", {"approximate": True}), ("squareplus", {"b": 1.0}),
    ("threshold", {"threshold": 0.5, "default_value": 0.1}),
    ("soft_shrink", {"threshold": 1.0}), ("hard_shrink", {"threshold": 1.0}),
]

ALONG_ROWS = ["softmax", "log_softmax", "sparsemax", "glu"]


def entry(name, arguments, x):
    function = activations.get(name) if name != "glu" else activations.glu
    apply = lambda v: function(v, **arguments)  # noqa: E731
    y = np.asarray(apply(jnp.asarray(x)))
    cotangent = np.linspace(0.5, 1.5, y.size, dtype="float32").reshape(y.shape)
    gradient = jax.grad(lambda v: jnp.sum(apply(v) * cotangent))(jnp.asarray(x))
    return {
        "name": name, "arguments": arguments, "x": x, "y": y, "cotangent": cotangent,
        "gradient": np.asarray(gradient),
    }


def make():
    entries = [entry(name, {}, POINTS) for name in ELEMENTWISE]
    entries += [entry(name, arguments, POINTS) for name, arguments in WITH_ARGUMENTS]
    entries += [entry(name, {}, ROWS) for name in ALONG_ROWS]
    return entries
