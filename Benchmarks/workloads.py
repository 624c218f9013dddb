"""What is trained: the same model, data and arguments for every competitor."""

import numpy as np

BATCH = {"a": 4, "b": 32, "c": 128, "d": 64, "e": 64, "f": 32, "g": 32}
ROWS = {"a": 4_000, "b": 10_000, "c": 20_000, "d": 3_200, "e": 1_280, "f": 3_200, "g": 9_600}
TITLE = {
    "a": "XOR: 2-16-1, batch 4, 1,000 steps an epoch",
    "b": "table: 20-64-64-1, 10,000 rows, batch 32",
    "c": "MNIST-like: 784-512-512-10, 20,000 rows, batch 128",
    "d": "small CNN: 28x28x1, two convolutions with pooling, 3,200 rows, batch 64",
    "e": "CIFAR-like CNN: 32x32x3, four convolutions with BatchNormalization, 1,280 rows, batch 64",
    "f": "LSTM of 64 units on 50x16, 3,200 rows, batch 32",
    "g": "Embedding 10,000x64 on 100 words, GlobalAveragePooling1D, Dense, 9,600 rows, batch 32",
}
WORDS, LENGTH = 10_000, 100
CLASSES = {"c": 10, "d": 10, "e": 10}
# Multiplications of one row forward, and those of the part that gets no gradient of its input.
MULTIPLICATIONS = {
    "a": (2 * 16 + 16, 2 * 16),
    "b": (20 * 64 + 64 * 64 + 64, 20 * 64),
    "c": (784 * 512 + 512 * 512 + 512 * 10, 784 * 512),
    "d": (26 * 26 * 9 * 32 + 11 * 11 * 9 * 32 * 64 + 1_600 * 128 + 1_280, 26 * 26 * 9 * 32),
    "e": (32 * 32 * 9 * (3 * 32 + 32 * 32) + 16 * 16 * 9 * (32 * 64 + 64 * 64) + 4_096 * 10,
          32 * 32 * 9 * 3 * 32),
    "f": (50 * (16 + 64) * 256 + 64, 50 * 16 * 256),
    "g": (64, 0),
}
WEIGHTS = {
    "a": 65, "b": 5_569, "c": 669_706, "d": 225_034, "e": 106_922, "f": 20_801, "g": 640_065,
}


def steps(name):
    return -(-ROWS[name] // BATCH[name])


def operations(name):
    """Floating-point operations of a training step: forward, gradients of inputs and of weights."""
    forward, first = MULTIPLICATIONS[name]
    return 2 * (3 * forward - first) * BATCH[name]


def optimizer_bytes(name):
    """What Adam must move in a step: weight, gradient and two slots read, three of them written."""
    return 7 * 4 * WEIGHTS[name]


def data(name):
    random = np.random.default_rng(0)
    rows = ROWS[name]
    if name == "a":
        x = np.tile(np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32"), (1_000, 1))
        return x, (x[:, 0] != x[:, 1]).astype("float32")
    if name == "b":
        x = random.normal(size=(rows, 20)).astype("float32")
        return x, (x[:, 0] + x[:, 1] * x[:, 2] > 0).astype("float32")
    if name == "f":
        x = random.normal(size=(rows, 50, 16)).astype("float32")
        return x, (x[:, :, 0].sum(axis=1) > 0).astype("float32")
    if name == "g":
        x = random.integers(0, WORDS, size=(rows, LENGTH)).astype("int32")
        return x, (x.mean(axis=1) > WORDS / 2).astype("float32")
    shape = {"c": (784,), "d": (28, 28, 1), "e": (32, 32, 3)}[name]
    x = random.uniform(size=(rows, *shape)).astype("float32")
    return x, (x.reshape(rows, -1)[:, :10].argmax(axis=1)).astype("int64")


def layers(name):
    from keras import Input
    from keras import layers as L

    if name in CLASSES:
        head = [L.Dense(CLASSES[name], activation="softmax")]
    else:
        head = [L.Dense(1, activation="sigmoid")]
    if name in "abc":
        widths = {"a": [2, 16], "b": [20, 64, 64], "c": [784, 512, 512]}[name]
        return [Input((widths[0],)), *[L.Dense(n, activation="relu") for n in widths[1:]], *head]
    if name == "d":
        return [Input((28, 28, 1)), L.Conv2D(32, 3, activation="relu"), L.MaxPooling2D(),
                L.Conv2D(64, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(),
                L.Dense(128, activation="relu"), *head]
    if name == "e":
        blocks = []
        for number, filters in enumerate((32, 32, 64, 64)):
            blocks += [L.Conv2D(filters, 3, padding="same"), L.BatchNormalization(),
                       L.Activation("relu")]
            if number % 2:
                blocks.append(L.MaxPooling2D())
        return [Input((32, 32, 3)), *blocks, L.Flatten(), *head]
    if name == "f":
        return [Input((50, 16)), L.LSTM(64), *head]
    return [Input((LENGTH,), dtype="int32"), L.Embedding(WORDS, 64), L.GlobalAveragePooling1D(),
            *head]


def model(name):
    import keras

    keras.utils.set_random_seed(0)
    built = keras.Sequential(layers(name))
    assert built.count_params() - sum(v.shape[0] for v in built.non_trainable_weights) \
        == WEIGHTS[name], built.count_params()
    loss = "sparse_categorical_crossentropy" if name in CLASSES else "binary_crossentropy"
    built.compile("adam", loss, metrics=["accuracy"])
    return built


def write(name, folder):
    """The workload as a folder that `downhill` reads."""
    import json

    import keras

    folder.mkdir(parents=True, exist_ok=True)
    x, y = data(name)
    np.savez(folder / "data.npz", x=x, y=y)
    model(name).save(folder / "model.keras")
    (folder / "capture.json").write_text(json.dumps({
        "schema": "downhill.capture/1", "status": "finished", "error": None,
        "fit": {"epochs": 1, "batch_size": BATCH[name], "callbacks": []},
        "environment": {"keras": keras.__version__, "backend": keras.backend.backend()}}))
