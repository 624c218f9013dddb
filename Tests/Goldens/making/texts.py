"""Layers that work on strings, on TensorFlow, which alone has them: what comes out, and what adapt finds."""

import keras
import numpy as np
from keras import layers as L

from .writing import plain_config

TEXTS = ["The cat, the dog.", "a DOG!  and\ta Cat\n", "", "Zebra's don't \u00c4pfel\u2019 \u4f60\u597d caf\u00e9"]
WORDS = ["the", "cat", "dog", "a", "caf\u00e9", "the cat"]
# Combined and composed letters look the same and are different words.
LETTERS = ["e\u0301", "\u00e9", "\u4f60", "\U0001f600", "x"]


def strings(rows):
    return np.array(rows, dtype=object)


def vectorizations():
    def layer(**arguments):
        return L.TextVectorization(**{"vocabulary": WORDS, **arguments})

    column = strings([[text] for text in TEXTS])
    yield "vectorize", layer(), column
    yield "vectorize_scalar_rows", layer(), column[:, 0]
    yield "vectorize_short", layer(output_sequence_length=2), column
    yield "vectorize_long", layer(output_sequence_length=9, max_tokens=20), column
    for standardize in (None, "lower", "strip_punctuation"):
        yield f"vectorize_{standardize}", layer(standardize=standardize), column
    yield "vectorize_characters", L.TextVectorization(
        vocabulary=list("abdt") + LETTERS[1:4] + ["\u0301"], split="character"), strings(
            [[text] for text in TEXTS + LETTERS])
    yield "vectorize_unsplit", layer(split=None, standardize="lower"), strings(
        [["The", "cat", "q"], ["DOG", "", "a"]])
    yield "vectorize_unsplit_short", layer(split=None, output_sequence_length=2), strings(
        [["The", "cat", "q"], ["DOG", "", "a"]])
    for ngrams in (1, 2, (2,), (3, 1)):
        yield f"vectorize_ngrams_{ngrams}", layer(ngrams=ngrams), column
    for mode in ("multi_hot", "count"):
        yield f"vectorize_{mode}", layer(output_mode=mode), column
        yield f"vectorize_{mode}_pairs", layer(output_mode=mode, ngrams=2), column
        yield f"vectorize_{mode}_padded", layer(
            output_mode=mode, max_tokens=10, pad_to_max_tokens=True), column
    weights = [0.5, 1.5, 2.0, 0.25, 3.0, 1.0]
    yield "vectorize_tf_idf", layer(output_mode="tf_idf", idf_weights=weights), column
    yield "vectorize_tf_idf_padded", layer(
        output_mode="tf_idf", idf_weights=weights, max_tokens=10, pad_to_max_tokens=True), column


def lookups():
    words = strings([["cat", "dog"], ["q", ""], ["mask", "the cat"]])
    for mode in ("int", "one_hot", "multi_hot", "count"):
        yield f"look_up_{mode}", L.StringLookup(vocabulary=WORDS, output_mode=mode), words
        yield f"look_up_masked_{mode}", L.StringLookup(
            vocabulary=WORDS, output_mode=mode, mask_token="mask"), words
        yield f"look_up_column_{mode}", L.StringLookup(
            vocabulary=WORDS, output_mode=mode), words[:, :1]
    yield "look_up_with_front", L.StringLookup(vocabulary=["[UNK]", "cat", "q"]), words
    yield "look_up_named_unknown", L.StringLookup(vocabulary=["cat", "q"], oov_token="?"), words
    yield "look_up_no_unknown", L.StringLookup(
        vocabulary=["cat", "dog", "q", "", "mask", "the cat"], num_oov_indices=0), words
    for salt in (None, 7, [133, 137]):
        yield f"look_up_many_unknown_{salt}", L.StringLookup(
            vocabulary=["cat"], num_oov_indices=5, salt=salt, mask_token=""), words
    yield "look_up_tf_idf", L.StringLookup(
        vocabulary=["cat", "dog"], output_mode="tf_idf", idf_weights=[0.5, 2.0]), words
    yield "look_up_padded", L.StringLookup(
        vocabulary=["cat", "dog"], output_mode="count", max_tokens=6, pad_to_max_tokens=True), words
    yield "look_up_letters", L.StringLookup(vocabulary=LETTERS), strings([LETTERS])


def hashes():
    # Every branch of the hash: lengths up to 200, and bytes beyond ASCII.
    lengths = strings([["".join(chr(33 + (7 * i + n) % 90) for i in range(n))] for n in range(201)])
    words = strings([["cat", "dog"], ["", "\u4f60\u597d"]])
    numbers = np.array([[1, -5], [0, 123456789012345]], dtype="int64")
    for salt in (None, 3, [133, 137]):
        yield f"hash_lengths_{salt}", L.Hashing(1 << 24, salt=salt), lengths
        for mode in ("int", "one_hot", "multi_hot", "count"):
            yield f"hash_{mode}_{salt}", L.Hashing(7, salt=salt, output_mode=mode), words
            yield f"hash_numbers_{mode}_{salt}", L.Hashing(
                7, salt=salt, output_mode=mode), numbers
        yield f"hash_masked_{salt}", L.Hashing(7, salt=salt, mask_value=""), words
        yield f"hash_numbers_masked_{salt}", L.Hashing(7, salt=salt, mask_value=-5), numbers
    yield "hash_one_bin", L.Hashing(1, mask_value=""), words
    yield "hash_column", L.Hashing(5, output_mode="one_hot"), words[:, :1]


def crossings():
    words, numbers = strings([["cat"], ["dog"], [""]]), np.array([[1], [-2], [10**15]])
    for mode in ("int", "one_hot"):
        yield f"cross_{mode}", L.HashedCrossing(11, output_mode=mode), [words, numbers]
        yield f"cross_flat_{mode}", L.HashedCrossing(11, output_mode=mode), [
            words[:, 0], numbers[:, 0], words[:, 0]]
    yield "cross_many", L.HashedCrossing(1 << 24), [words, words, numbers]


def adapted():
    documents = ["b a b", "b c", "A b! d", "e e e e"]
    for name, layer in (
        ("words", L.TextVectorization()), ("limited", L.TextVectorization(max_tokens=4)),
        ("pairs", L.TextVectorization(ngrams=2, standardize=None)),
        ("characters", L.TextVectorization(split="character")),
        ("counted", L.TextVectorization(output_mode="count", max_tokens=4)),
        ("weighed", L.TextVectorization(output_mode="tf_idf")),
        ("weighed_limited", L.TextVectorization(output_mode="tf_idf", max_tokens=4)),
        ("whole", L.StringLookup()), ("whole_weighed", L.StringLookup(output_mode="tf_idf")),
    ):
        before = plain_config(layer.get_config())
        layer.adapt(strings(documents))
        weights = getattr(getattr(layer, "_lookup_layer", layer), "idf_weights", None)
        yield {
            "name": f"adapt_{name}", "class_name": type(layer).__name__, "config": before,
            "documents": documents, "vocabulary": [str(word) for word in layer.get_vocabulary()],
            "idf_weights": None if weights is None else weights.numpy(),
        }


def adapted_to_numbers():
    numbers = np.array([[3, 3, -1], [5, 3, 8], [8, 0, 9], [5, 12, 12]])
    for name, layer in (
        ("found", L.IntegerLookup()), ("masked", L.IntegerLookup(mask_token=0, num_oov_indices=2)),
        ("limited", L.IntegerLookup(max_tokens=4)), ("unknown", L.IntegerLookup(oov_token=5)),
        ("counted", L.IntegerLookup(output_mode="count", mask_token=0)),
        ("weighed", L.IntegerLookup(output_mode="tf_idf", mask_token=0)),
        ("weighed_limited", L.IntegerLookup(output_mode="tf_idf", max_tokens=4)),
    ):
        before = plain_config(layer.get_config())
        layer.adapt(numbers)
        weights = getattr(layer, "idf_weights", None)
        yield {
            "name": f"adapt_numbers_{name}", "class_name": type(layer).__name__, "config": before,
            "documents": [], "numbers": array(numbers),
            "vocabulary": [int(number) for number in layer.get_vocabulary()],
            "idf_weights": None if weights is None else weights.numpy(),
        }


def array(values):
    if values.dtype == object:
        return {"shape": list(values.shape), "texts": [str(text) for text in values.ravel()]}
    return {"shape": list(values.shape), "integers": [int(number) for number in values.ravel()]}


def make():
    entries = []
    for catalogue in (vectorizations(), lookups(), hashes(), crossings()):
        for name, layer, values in catalogue:
            inputs = values if isinstance(values, list) else [values]
            output = np.asarray(layer(values)).astype("float32")
            entries.append({
                "name": name, "class_name": type(layer).__name__,
                "config": plain_config(layer.get_config()),
                "inputs": [array(value) for value in inputs], "output": output,
            })
            keras.backend.clear_session()
    return entries + list(adapted()) + list(adapted_to_numbers())
