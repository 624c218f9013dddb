"""Converts models that Keras 2 wrote, and lets Keras 3 open them.

    python check_conversion.py [--downhill .build/release/downhill]

tf_keras (Keras 2) makes and saves models in its HDF5 forms; `downhill convert` writes them as `.keras`;
Keras 3 must open each without a warning about it, predict the same, and go on training. Without tf_keras
the files in Tests/Samples are converted, and have to open.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

MAKE = """
import os, sys
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import numpy as np, tf_keras as k
L = k.layers
folder = sys.argv[1]
k.utils.set_random_seed(4)
def sequential(*layers): return k.Sequential(list(layers))
i = k.Input((6,)); a = L.Dense(6, activation="relu")(i); j = L.Add()([i, a])
skip = k.Model(i, L.Dense(2, activation="softmax")(L.Concatenate()([j, a])))
inner = sequential(L.Dense(5, activation="tanh", input_shape=(6,)), L.BatchNormalization())
models = {
    "dense": (sequential(L.Dense(8, activation="relu", input_shape=(6,),
                                 kernel_regularizer="l2"), L.Dropout(0.3), L.Dense(1)), (6,), "mse"),
    "conv": (sequential(L.Conv2D(4, 3, padding="same", activation="relu", input_shape=(8, 8, 1)),
                        L.BatchNormalization(), L.MaxPooling2D(), L.Flatten(),
                        L.Dense(3, activation="softmax")), (8, 8, 1), "categorical_crossentropy"),
    "functional": (skip, (6,), "categorical_crossentropy"),
    "nested": (sequential(k.Input((6,)), inner, L.Dense(1)), (6,), "mae"),
    "lstm": (sequential(L.LSTM(4, input_shape=(5, 3)), L.Dense(1)), (5, 3), "mse"),
    "gru": (sequential(L.GRU(4, input_shape=(5, 3)), L.Dense(1)), (5, 3), "mse"),
}
for name, (model, shape, loss) in models.items():
    model.compile(k.optimizers.Adam(1e-3), loss, metrics=["mae"])
    x = np.random.default_rng(1).normal(size=(7, *shape)).astype("float32")
    y = model.predict(x, verbose=0)
    model.fit(x, y, epochs=1, verbose=0)
    model.save(f"{folder}/{name}.h5")
    model.save_weights(f"{folder}/{name}_weights.h5")
    open(f"{folder}/{name}.json", "w").write(model.to_json())
    np.savez(f"{folder}/{name}.npz", x=x, y=model.predict(x, verbose=0))
"""

OPEN = """
import sys, warnings
warnings.filterwarnings("error", category=UserWarning)
warnings.filterwarnings("ignore", message=".*saved optimizer has 0 variables.*")
import numpy as np, keras
model = keras.models.load_model(sys.argv[1])
if len(sys.argv) > 2:
    data = np.load(sys.argv[2])
    found = model.predict(data["x"], verbose=0)
    distance = float(np.abs(found - data["y"]).max())
    assert distance < 1e-5, distance
    if getattr(model, "optimizer", None) is not None:
        model.fit(data["x"], data["y"], epochs=1, verbose=0)
"""


def run(*command):
    variables = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3")
    variables.setdefault("KERAS_BACKEND", "jax")
    done = subprocess.run(command, capture_output=True, text=True, env=variables)
    return done.returncode == 0, done.stderr.strip()[-600:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--downhill", default=str(PROJECT / ".build/release/downhill"))
    options = parser.parse_args()
    good = True

    def check(name, inputs, data=()):
        nonlocal good
        with tempfile.TemporaryDirectory() as folder:
            written = f"{folder}/new.keras"
            done, text = run(options.downhill, "convert", *map(str, inputs), written)
            if done:
                done, text = run(sys.executable, "-c", OPEN, written, *map(str, data))
        print(f"{'ok     ' if done else 'FAILED '} {name}{'' if done else ': ' + text}")
        good &= done

    for path in sorted((PROJECT / "Tests/Samples").glob("*.h5")):
        check(path.name, [path])
    if importlib.util.find_spec("tf_keras"):
        with tempfile.TemporaryDirectory() as folder:
            done, text = run(sys.executable, "-c", MAKE, folder)
            if not done:
                print("FAILED  Keras 2 made no models: " + text)
                sys.exit(1)
            for path in sorted(Path(folder).glob("*.json")):
                data = [path.with_suffix(".npz")]
                check(path.stem + ".h5", [path.with_suffix(".h5")], data)
                weights = path.with_name(path.stem + "_weights.h5")
                check(path.stem + " in two files", [path, weights], data)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
