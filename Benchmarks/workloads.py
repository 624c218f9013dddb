"""What is trained: the same model, data and arguments for every competitor."""

import numpy as np

BATCH = {"a": 4, "b": 32, "c": 128}
ROWS = {"a": 4_000, "b": 10_000, "c": 20_000}
TITLE = {
    "a": "XOR: 2-16-1, batch 4, 1,000 steps an epoch",
    "b": "table: 20-64-64-1, 10,000 rows, batch 32",
    "c": "MNIST-like: 784-512-512-10, 20,000 rows, batch 128",
}


def steps(name):
    return -(-ROWS[name] // BATCH[name])


def data(name):
    random = np.random.default_rng(0)
    if name == "a":
        x = np.tile(np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32"), (1_000, 1))
        return x, (x[:, 0] != x[:, 1]).astype("float32")
    if name == "b":
        x = random.normal(size=(ROWS["b"], 20)).astype("float32")
        return x, (x[:, 0] + x[:, 1] * x[:, 2] > 0).astype("float32")
    x = random.uniform(size=(ROWS["c"], 784)).astype("float32")
    return x, (x[:, :10].argmax(axis=1)).astype("int64")


def model(name):
    import keras
    from keras import layers as L

    keras.utils.set_random_seed(0)
    if name == "c":
        widths, head, loss = [784, 512, 512], L.Dense(10, activation="softmax"), \
            "sparse_categorical_crossentropy"
    else:
        widths = [2, 16] if name == "a" else [20, 64, 64]
        head, loss = L.Dense(1, activation="sigmoid"), "binary_crossentropy"
    hidden = [L.Dense(n, activation="relu") for n in widths[1:]]
    built = keras.Sequential([keras.Input((widths[0],)), *hidden, head])
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
