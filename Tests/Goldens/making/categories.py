"""Layers that make vectors of categories: outputs alone, since nothing flows back through numbers."""

import keras
import numpy as np
from keras import layers as L

from .writing import plain_config


def catalogue():
    """(name, layer, input)"""
    words = np.array([[0, 3, 1], [2, 2, 0]])
    column = np.array([[2], [0], [3], [1]])
    for mode in ("multi_hot", "count", "one_hot"):
        yield f"category_{mode}", L.CategoryEncoding(4, output_mode=mode), words
        yield f"category_column_{mode}", L.CategoryEncoding(4, output_mode=mode), column
    numbers = np.array([[-1.5, 0.0, 0.25], [1.0, 0.9999, 7.0]])
    boundaries = [0.0, 0.5, 1.0]
    for mode in ("int", "one_hot", "multi_hot", "count"):
        yield f"discretization_{mode}", L.Discretization(boundaries, output_mode=mode), numbers
    adapted = L.Discretization(num_bins=4)
    adapted.adapt(np.random.default_rng(3).normal(0, 1, (200, 1)))
    yield "discretization_adapted", adapted, numbers
    known = np.array([[3, 8, 5], [7, 0, -4]])
    yield "lookup", L.IntegerLookup(vocabulary=[3, 5, 7]), known
    yield "lookup_mask", L.IntegerLookup(vocabulary=[3, 5, 7], mask_token=0), known
    yield "lookup_many_unknown", L.IntegerLookup(
        vocabulary=[3, 5, 7], num_oov_indices=3, mask_token=0), known
    yield "lookup_with_front", L.IntegerLookup(vocabulary=[-1, 3, 5, 7]), known
    for mode in ("one_hot", "multi_hot", "count"):
        yield f"lookup_{mode}", L.IntegerLookup(vocabulary=[3, 5, 7], output_mode=mode), known
    yield "lookup_padded", L.IntegerLookup(
        max_tokens=6, vocabulary=[3, 5, 7], output_mode="multi_hot", pad_to_max_tokens=True), known
    weights = [0.5, 2.0, 1.25]
    yield "lookup_tf_idf", L.IntegerLookup(
        vocabulary=[3, 5, 7], output_mode="tf_idf", idf_weights=weights), known
    yield "lookup_tf_idf_masked", L.IntegerLookup(
        vocabulary=[3, 5, 7], output_mode="tf_idf", idf_weights=weights, mask_token=0, num_oov_indices=2), known
    yield "lookup_tf_idf_padded", L.IntegerLookup(
        vocabulary=[-1, 3, 5, 7], output_mode="tf_idf", idf_weights=[1.0, *weights], max_tokens=6,
        pad_to_max_tokens=True), known
    places = np.array([[0, 1, 2], [3, 4, 9]])
    yield "lookup_inverted", L.IntegerLookup(vocabulary=[3, 5, 7], invert=True), places
    yield "lookup_inverted_masked", L.IntegerLookup(
        vocabulary=[3, 5, 7], invert=True, mask_token=0, oov_token=-9, num_oov_indices=2), places


def make():
    entries = []
    for name, layer, values in catalogue():
        output = np.asarray(layer(values)).astype("float32")
        entries.append({
            "name": name, "class_name": type(layer).__name__,
            "config": plain_config(layer.get_config()), "training": False,
            "inputs": [values.astype("float32")], "weights": [], "output": output,
            "cotangent": np.zeros_like(output), "input_gradients": [], "weight_gradients": [],
            "non_trainable_after": [], "losses": [],
        })
        keras.backend.clear_session()
    return entries
