"""What Keras predicts from the sample files whose models prepare their own data."""

from pathlib import Path

import keras
import numpy as np

SAMPLES = Path(__file__).resolve().parents[2] / "Samples"


def make():
    entries = []
    for name in ("aug", "norm"):
        model = keras.models.load_model(SAMPLES / f"{name}.keras")
        shape = (2, *model.input_shape[1:])
        # Numbers that look random and need no file.
        values = (np.arange(np.prod(shape)) * 37 % 256).reshape(shape).astype("float32")
        entries.append({"name": name, "input": values, "output": model.predict(values, verbose=0)})
    return entries
