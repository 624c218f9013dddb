"""Outputs, gradients, losses and moved statistics of every Dense-family layer."""

import jax
import jax.numpy as jnp
import keras
import numpy as np
from keras import layers as L
from keras import regularizers as R

from .writing import plain_config


def catalogue():
    """(name, layer, input shapes, training)"""
    v, s = (4, 5), (3, 4, 2)
    yield "dense", L.Dense(3), [v], False
    yield "dense_relu", L.Dense(6, activation="relu"), [v], False
    yield "dense_no_bias_tanh", L.Dense(3, activation="tanh", use_bias=False), [v], False
    yield "dense_softmax", L.Dense(4, activation="softmax"), [v], False
    yield "dense_selu", L.Dense(2, activation="selu"), [v], False
    yield "dense_on_sequence", L.Dense(3, activation="sigmoid"), [s], False
    yield "dense_l1", L.Dense(3, kernel_regularizer="l1"), [v], False
    yield "dense_l2", L.Dense(3, kernel_regularizer=R.L2(0.1), bias_regularizer=R.L1(0.3)), [v], False
    yield "dense_l1_l2_activity", L.Dense(
        3, kernel_regularizer=R.L1L2(0.01, 0.02), activity_regularizer=R.L2(0.05)), [v], False
    yield "dense_orthogonal_regularizer", L.Dense(
        3, kernel_regularizer=R.OrthogonalRegularizer(0.1)), [v], False
    yield "activation_gelu", L.Activation("gelu"), [v], False
    yield "activation_softmax", L.Activation("softmax"), [v], False
    yield "relu", L.ReLU(), [v], False
    yield "relu_max", L.ReLU(max_value=1.0), [v], False
    yield "relu_slope", L.ReLU(negative_slope=0.2), [v], False
    yield "relu_all", L.ReLU(max_value=1.2, negative_slope=0.1, threshold=0.4), [v], False
    yield "leaky_relu", L.LeakyReLU(), [v], False
    yield "leaky_relu_slope", L.LeakyReLU(negative_slope=0.01), [v], False
    yield "elu", L.ELU(alpha=0.7), [v], False
    yield "softmax", L.Softmax(), [v], False
    yield "softmax_axis_1", L.Softmax(axis=1), [s], False
    yield "prelu", L.PReLU(), [v], False
    yield "prelu_shared", L.PReLU(shared_axes=[1]), [s], False
    yield "flatten", L.Flatten(), [s], False
    yield "reshape", L.Reshape((2, 4)), [s], False
    yield "reshape_unknown", L.Reshape((-1, 2, 1)), [s], False
    yield "permute", L.Permute((2, 1)), [s], False
    yield "repeat_vector", L.RepeatVector(3), [v], False
    for training in (True, False):
        mode = "training" if training else "inference"
        yield f"batch_norm_{mode}", L.BatchNormalization(), [v], training
        yield f"batch_norm_sequence_{mode}", L.BatchNormalization(momentum=0.8), [s], training
        yield f"batch_norm_no_scale_{mode}", L.BatchNormalization(scale=False), [v], training
        yield f"batch_norm_no_center_{mode}", L.BatchNormalization(
            center=False, epsilon=1e-5), [v], training
        yield f"batch_norm_axis_1_{mode}", L.BatchNormalization(axis=1), [s], training
    frozen = L.BatchNormalization(trainable=False)
    yield "batch_norm_frozen_training", frozen, [v], True
    yield "layer_norm", L.LayerNormalization(), [v], False
    yield "layer_norm_no_center", L.LayerNormalization(center=False), [v], False
    yield "layer_norm_no_scale", L.LayerNormalization(scale=False, epsilon=1e-6), [v], False
    yield "layer_norm_two_axes", L.LayerNormalization(axis=[1, 2]), [s], False
    yield "group_norm", L.GroupNormalization(groups=2), [(3, 6)], False
    yield "group_norm_sequence", L.GroupNormalization(groups=2), [(2, 3, 4)], False
    yield "group_norm_instance", L.GroupNormalization(groups=-1), [(2, 3, 4)], False
    yield "rms_norm", L.RMSNormalization(), [v], False
    yield "unit_norm", L.UnitNormalization(), [v], False
    yield "unit_norm_axis_1", L.UnitNormalization(axis=1), [s], False
    yield "rescaling", L.Rescaling(1 / 255.0, offset=-0.5), [v], False
    yield "normalization", L.Normalization(mean=[1.0, 2.0, 3.0, 0.0, -1.0],
                                           variance=[1.0, 4.0, 0.25, 1.0, 0.0]), [v], False
    yield "normalization_adapted", adapted(), [v], False
    yield "normalization_inverted", L.Normalization(mean=2.0, variance=9.0, invert=True), [v], False
    for merge in (L.Add, L.Multiply, L.Average, L.Maximum, L.Minimum):
        yield merge.__name__.lower(), merge(), [v, v, v], False
    yield "subtract", L.Subtract(), [v, v], False
    yield "add_broadcast", L.Add(), [(4, 5), (4, 1)], False
    yield "concatenate", L.Concatenate(), [(4, 5), (4, 2), (4, 1)], False
    yield "concatenate_axis_1", L.Concatenate(axis=1), [(3, 4, 2), (3, 1, 2)], False
    yield "dot", L.Dot(axes=1), [v, v], False
    yield "dot_normalized", L.Dot(axes=1, normalize=True), [v, v], False
    yield "global_average_pooling_1d", L.GlobalAveragePooling1D(), [s], False
    yield "global_average_pooling_1d_keep", L.GlobalAveragePooling1D(keepdims=True), [s], False
    yield "global_average_pooling_2d", L.GlobalAveragePooling2D(), [(2, 3, 3, 2)], False
    yield "global_max_pooling_1d", L.GlobalMaxPooling1D(), [s], False
    yield "global_max_pooling_2d", L.GlobalMaxPooling2D(), [(2, 3, 3, 2)], False
    yield "identity", L.Identity(), [v], False
    yield "activity_regularization", L.ActivityRegularization(l1=0.01, l2=0.02), [v], False
    yield "dropout_inference", L.Dropout(0.4), [v], False
    yield "gaussian_noise_inference", L.GaussianNoise(0.4), [v], False


def spatial():
    """(name, layer, input shapes, training) of what works on neighbourhoods."""
    s, p = (2, 7, 3), (2, 5, 6, 2)
    yield "conv_1d", L.Conv1D(4, 3), [s], False
    yield "conv_1d_same_strided", L.Conv1D(
        3, 2, strides=2, padding="same", activation="relu"), [s], False
    yield "conv_1d_causal_dilated", L.Conv1D(
        2, 3, dilation_rate=2, padding="causal", use_bias=False), [s], False
    yield "conv_2d", L.Conv2D(3, 3), [p], False
    yield "conv_2d_same", L.Conv2D(4, 3, padding="same", activation="relu"), [p], False
    yield "conv_2d_same_even_strided", L.Conv2D(
        2, (2, 4), strides=(2, 3), padding="same", activation="tanh"), [p], False
    yield "conv_2d_dilated", L.Conv2D(2, 2, dilation_rate=(3, 2), padding="valid"), [p], False
    yield "conv_2d_same_dilated", L.Conv2D(2, 3, dilation_rate=2, padding="same"), [p], False
    yield "conv_2d_strided", L.Conv2D(2, 2, strides=2), [p], False
    yield "conv_2d_one_by_one", L.Conv2D(
        3, 1, activation="softmax", use_bias=False, kernel_regularizer=R.L2(0.1)), [p], False
    yield "conv_2d_regularized", L.Conv2D(
        2, 2, kernel_regularizer="l1", bias_regularizer=R.L2(0.2)), [p], False
    yield "max_pooling_1d", L.MaxPooling1D(), [s], False
    yield "max_pooling_1d_overlapping", L.MaxPooling1D(3, strides=1), [s], False
    yield "max_pooling_1d_same", L.MaxPooling1D(3, strides=2, padding="same"), [s], False
    yield "max_pooling_2d", L.MaxPooling2D(), [p], False
    yield "max_pooling_2d_same", L.MaxPooling2D((3, 2), padding="same"), [p], False
    yield "average_pooling_1d", L.AveragePooling1D(2), [s], False
    yield "average_pooling_1d_same", L.AveragePooling1D(3, strides=2, padding="same"), [s], False
    yield "average_pooling_2d", L.AveragePooling2D(2), [p], False
    yield "average_pooling_2d_same", L.AveragePooling2D((3, 4), strides=2, padding="same"), [p], False
    yield "zero_padding_1d", L.ZeroPadding1D((2, 1)), [s], False
    yield "zero_padding_2d", L.ZeroPadding2D(), [p], False
    yield "zero_padding_2d_uneven", L.ZeroPadding2D(((1, 0), (2, 3))), [p], False
    yield "cropping_1d", L.Cropping1D((2, 1)), [s], False
    yield "cropping_2d", L.Cropping2D(((1, 0), (2, 1))), [p], False
    yield "up_sampling_1d", L.UpSampling1D(3), [s], False
    yield "up_sampling_2d", L.UpSampling2D((2, 3)), [p], False
    yield "add_ranks", L.Add(), [(2, 3, 4), (2, 4)], False
    yield "multiply_ranks", L.Multiply(), [(2, 1), (2, 3, 4), (2, 3, 4)], False
    # More parts than there are elements.
    yield "adaptive_average_pooling_1d_more", L.AdaptiveAveragePooling1D(9), [s], False
    yield "adaptive_max_pooling_2d_more", L.AdaptiveMaxPooling2D((6, 4)), [p], False


def windows():
    """(name, layer, input shapes, training) of convolutions in groups, and of what moves in space."""
    s, p, b = (2, 7, 4), (2, 5, 4, 4), (2, 4, 5, 3, 2)
    yield "conv_1d_groups", L.Conv1D(6, 3, groups=2), [s], False
    yield "conv_2d_groups", L.Conv2D(8, (2, 3), groups=4, padding="same"), [p], False
    yield "conv_2d_groups_strided", L.Conv2D(2, 3, strides=2, groups=2, padding="same"), [p], False
    yield "conv_3d", L.Conv3D(3, 2), [b], False
    yield "conv_3d_same", L.Conv3D(2, (3, 2, 2), padding="same", activation="relu"), [b], False
    yield "conv_3d_strided", L.Conv3D(2, 2, strides=(2, 1, 2), padding="same"), [b], False
    yield "conv_3d_dilated", L.Conv3D(2, 2, dilation_rate=2, use_bias=False), [b], False
    yield "conv_3d_groups", L.Conv3D(4, 2, groups=2, padding="same"), [b], False
    yield "max_pooling_3d", L.MaxPooling3D(2), [b], False
    yield "max_pooling_3d_same", L.MaxPooling3D((3, 2, 2), strides=2, padding="same"), [b], False
    yield "average_pooling_3d", L.AveragePooling3D((2, 2, 1)), [b], False
    yield "average_pooling_3d_same", L.AveragePooling3D(
        (2, 3, 2), strides=(1, 2, 2), padding="same"), [b], False


def adapted():
    layer = L.Normalization()
    layer.adapt(np.random.default_rng(9).normal(3.0, 2.0, (50, 5)).astype("float32"))
    return layer


def dropouts():
    """(name, layer): random in training, so only its laws are given."""
    yield "dropout", L.Dropout(0.3, seed=1)
    yield "dropout_half", L.Dropout(0.5, seed=2)
    yield "gaussian_dropout", L.GaussianDropout(0.3, seed=3)
    yield "gaussian_noise", L.GaussianNoise(0.2, seed=4)
    yield "alpha_dropout", L.AlphaDropout(0.3, seed=5)
    yield "spatial_dropout_1d", L.SpatialDropout1D(0.3, seed=6)


def entry(name, layer, shapes, training, random, inputs=None):
    if inputs is None:
        inputs = [random.normal(0, 1.2, shape).astype("float32") for shape in shapes]
    given = [jnp.asarray(v) for v in inputs]
    call = given if len(given) > 1 else given[0]
    layer(call)
    for variable in layer.weights:
        if variable.dtype == "uint32" or isinstance(layer, L.Normalization):
            continue
        value = random.normal(0.1, 0.6, variable.shape)
        variable.assign(np.abs(value) + 0.3 if "variance" in variable.name else value)
    trainable = [v.value for v in layer.trainable_variables]
    fixed = [v.value for v in layer.non_trainable_variables]
    mode = {"training": training} if layer._call_has_training_arg else {}

    def run_with(weights, others, values):
        arguments = values if len(values) > 1 else values[0]
        return layer.stateless_call(weights, others, arguments, return_losses=True, **mode)

    def run(weights, values):
        return run_with(weights, fixed, values)

    output, moved, losses = run(trainable, given)
    cotangent = random.normal(0, 1, output.shape).astype("float32")
    gradients = jax.grad(lambda w, v: jnp.sum(run(w, v)[0] * cotangent), argnums=(0, 1))(
        trainable, given)
    after = stepped(run_with, trainable, fixed, given, cotangent) if trainable else []
    as_list = lambda values: [np.asarray(v, dtype="float32") for v in values]  # noqa: E731
    floating = [i for i, v in enumerate(fixed) if v.dtype == jnp.float32]
    return {
        "name": name, "class_name": type(layer).__name__,
        "config": plain_config(layer.get_config()), "training": training, "inputs": inputs,
        "weights": [{"name": v.name, "trainable": v.trainable, **shaped(v)}
                    for v in layer.weights if v.dtype == "float32"],
        "output": np.asarray(output), "cotangent": cotangent,
        "input_gradients": as_list(gradients[1]), "weight_gradients": as_list(gradients[0]),
        "non_trainable_after": as_list(moved[i] for i in floating),
        "losses": [np.float32(v) for v in losses], "weights_after_3": as_list(after),
    }


# Small enough that three steps stay near the start, so that rounding is not blown up.
STEP = 0.01


def stepped(run, weights, fixed, values, cotangent):
    """The trainable weights after three steps down sum(output · cotangent), moved statistics taken along."""
    def total(weights, fixed):
        output, moved, _ = run(weights, fixed, values)
        return jnp.sum(output * cotangent), moved

    for _ in range(3):
        gradients, fixed = jax.grad(total, has_aux=True)(weights, fixed)
        weights = [w - STEP * g for w, g in zip(weights, gradients)]
    return weights


def shaped(variable):
    return {"value": np.asarray(variable.value, dtype="float32")}


def law(name, layer):
    x = jnp.full((200, 10, 50), 2.0)
    y = np.asarray(layer(x, training=True))
    zeros = float((y == 0).mean())
    kept = np.unique(np.round(y[y != 0], 5))
    return {
        "name": name, "class_name": type(layer).__name__,
        "config": plain_config(layer.get_config()), "random": True, "input_value": 2.0,
        "mean": np.float32(y.mean()), "std": np.float32(y.std()), "share_of_zeros": np.float32(zeros),
        "values": [np.float32(v) for v in kept] if len(kept) <= 2 else None,
    }


def make():
    random = np.random.default_rng(20)
    entries = []
    for name, layer, shapes, training in catalogue():
        entries.append(entry(name, layer, shapes, training, random))
        keras.backend.clear_session()
    # Numbers of their own, so that a new entry there leaves all others as they are.
    random = np.random.default_rng(22)
    for name, layer, shapes, training in windows():
        entries.append(entry(name, layer, shapes, training, random))
        keras.backend.clear_session()
    entries += [law(name, layer) for name, layer in dropouts()]
    random = np.random.default_rng(21)
    for name, layer, shapes, training in spatial():
        entries.append(entry(name, layer, shapes, training, random))
        keras.backend.clear_session()
    return entries
