"""Opens on TensorFlow the models that `downhill` wrote, predicts, trains a step; prints distances."""

import json
import sys
from pathlib import Path

import keras
import numpy as np

from agreement import distance, joined, no_warning


def opened(folder):
    expected = np.load(folder / "expected.npz")
    data = np.load(folder / "data.npz")
    with no_warning():
        model = keras.models.load_model(folder / "trained.keras")
        # Compiling for TensorFlow's XLA would take most of the time and shows nothing of the file.
        model.jit_compile = False
        predicted = joined(model.predict(expected["x"], verbose=0))
        y = data["y"] if "y" in data else [data["y0"], data["y1"]]
        model.fit(data["x"], y, epochs=1, verbose=0)
    return distance(predicted, expected["prediction"])


def main(root):
    results = {}
    for path in sorted(root.glob("*/fifty/expected.npz")):
        try:
            results[path.parent.parent.name] = opened(path.parent)
        except Exception as error:
            results[path.parent.parent.name] = f"{type(error).__name__}: {error}"
    print(json.dumps(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
