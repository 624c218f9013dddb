"""Trains models that begin with texts with real Keras on TensorFlow and with `downhill`.

    python check_texts.py

Each model is saved before `fit`, its vocabulary among its assets or its arguments; both train it on the
same rows in the same order. The losses must agree, and Keras must open what `downhill` wrote, predict the
same from it as from its own, and adapt its layers again where it could before.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers as L  # noqa: E402

import downhill  # noqa: E402
import recorded_run  # noqa: E402
from agreement import FIFTY_STEPS, distance  # noqa: E402

ROWS = 200


def sentences(random):
    """Kind and unkind sentences with capitals, punctuation and letters beyond ASCII."""
    kind, unkind = "good great fine caf\u00e9 moving".split(), "bad awful dull na\u00efve cold".split()
    plain = "the a film was it plot story of and end".split()
    texts = []
    for row in range(ROWS):
        words = list(random.choice(plain, random.integers(3, 9)))
        words += list(random.choice(kind if row % 2 else unkind, 2))
        random.shuffle(words)
        texts.append(" ".join(words).capitalize() + random.choice([".", "!", " (sic)"]))
    return np.array(texts), np.arange(ROWS) % 2


def head(value):
    return L.Dense(1, activation="sigmoid")(L.Dense(8, activation="relu")(value))


def adapted(texts, **arguments):
    layer = L.TextVectorization(**arguments)
    layer.adapt(texts)
    return layer


def models(texts, random):
    """(name, model, arrays)"""
    words = adapted(texts, max_tokens=50, output_sequence_length=8)
    yield "sequence", keras.Sequential([
        keras.Input((1,), dtype="string"), words, L.Embedding(50, 8, mask_zero=True),
        L.GlobalAveragePooling1D(), L.Dense(1, activation="sigmoid")]), [texts]
    whole = adapted(texts)
    yield "open length", keras.Sequential([
        keras.Input((1,), dtype="string"), whole, L.Embedding(60, 8, mask_zero=True),
        L.GlobalAveragePooling1D(), L.Dense(1, activation="sigmoid")]), [texts]
    for mode in ("multi_hot", "count", "tf_idf"):
        layer = adapted(texts, max_tokens=60, ngrams=2, output_mode=mode)
        entry = keras.Input((), dtype="string")
        yield mode, keras.Model(entry, head(layer(entry))), [texts]
    given = L.TextVectorization(vocabulary=["good", "bad", "the"], output_mode="tf_idf",
                                idf_weights=[1.0, 2.0, 0.5], split="whitespace")
    entry = keras.Input((1,), dtype="string")
    yield "given words", keras.Model(entry, head(given(entry))), [texts]
    cities = random.choice(["rome", "oslo", "bern"], (ROWS, 1))
    numbers = random.integers(0, 10**12, (ROWS, 1))
    city, number = keras.Input((1,), dtype="string"), keras.Input((1,), dtype="int64")
    lookup = L.StringLookup(output_mode="one_hot")
    lookup.adapt(cities[cities[:, 0] != "bern"])
    hashed = L.Flatten()(L.Embedding(20, 3)(L.Hashing(20, salt=4)(number)))
    crossed = L.HashedCrossing(10, output_mode="one_hot")([city, number])
    yield "table", keras.Model(
        [city, number], head(L.Concatenate()([lookup(city), hashed, crossed]))), [cities, numbers]


def tensors(arrays):
    values = [tf.constant(array) for array in arrays]
    return values if len(values) > 1 else values[0]


# Of embeddings TensorFlow hands Keras the gradient of every word apart, also of one that occurs twice, and Adam
# squares them before they are added up; on JAX, as here, afterwards. SGD does not square.
def compare(name, model, arrays, y, folder):
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "binary_crossentropy", metrics=["accuracy"])
    arguments = {"epochs": 3, "batch_size": 32}
    recorded_run.write(folder, model, arrays if len(arrays) > 1 else arrays[0], y, arguments)
    ours = downhill.train(folder, folder / "trained.keras")
    x = tensors(arrays)
    theirs = model.fit(x, tf.constant(y), shuffle=False, verbose=0, **arguments).history
    apart = distance(np.array(ours["loss"]), np.array(theirs["loss"]))
    opened = keras.models.load_model(folder / "trained.keras")
    apart = max(apart, distance(opened.predict(x, verbose=0), model.predict(x, verbose=0)))
    for layer, old in zip(opened.layers, model.layers):
        if isinstance(layer, (L.TextVectorization, L.StringLookup)):
            assert layer.get_vocabulary() == old.get_vocabulary(), "another vocabulary"
            if name in ("sequence", "open length"):
                layer.adapt(arrays[0])
    opened.save(folder / "again.keras")
    return apart


def main():
    random = np.random.default_rng(5)
    keras.utils.set_random_seed(3)
    texts, y = sentences(random)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, model, arrays in models(texts, random):
            try:
                apart = compare(name, model, arrays, y, Path(folder) / name.replace(" ", "-"))
                text = f"{apart:.0e}"
            except Exception as error:
                apart, text = np.inf, f"{type(error).__name__}: {error}"
            failed += not apart <= FIFTY_STEPS
            print(f"{name:14}{'' if apart <= FIFTY_STEPS else '! '}{text}", flush=True)
    print(f"{failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
