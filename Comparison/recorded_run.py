"""Writes a run as the folder that `downhill` reads: model, data and the arguments of `fit`."""

import json
import sys

import keras
import numpy as np


def write(folder, model, x, y, fit):
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    arrays = {}
    # Several inputs and outputs are numbered; each output may have weights of its own.
    for name, value in (("x", x), ("y", y), ("sample_weight", fit.get("sample_weight"))):
        if isinstance(value, (list, tuple)):
            arrays |= {f"{name}{i}": v for i, v in enumerate(value)}
        elif value is not None:
            arrays[name] = value
    np.savez_compressed(folder / "data.npz", **arrays)
    weights = fit.get("class_weight")
    capture = {
        "schema": "downhill.capture/1", "status": "finished", "error": None,
        "fit": {**{k: v for k, v in fit.items() if k != "sample_weight"}, "shuffle": False, "callbacks": [],
                "class_weight": weights and {str(k): v for k, v in weights.items()}},
        "environment": {
            "keras": keras.__version__, "backend": keras.backend.backend(),
            "python": f"{sys.version_info.major}.{sys.version_info.minor}"},
    }
    (folder / "capture.json").write_text(json.dumps(capture, indent=1))
    return folder
