"""Writes a run as the folder that `downhill` reads: model, data and the arguments of `fit`."""

import json
import sys

import keras
import numpy as np


def write(folder, model, x, y, fit):
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    np.savez_compressed(folder / "data.npz", x=x, y=y)
    weights = fit.get("class_weight")
    capture = {
        "schema": "downhill.capture/1", "status": "finished", "error": None,
        "fit": {**fit, "shuffle": False, "callbacks": [],
                "class_weight": weights and {str(k): v for k, v in weights.items()}},
        "environment": {
            "keras": keras.__version__, "backend": keras.backend.backend(),
            "python": f"{sys.version_info.major}.{sys.version_info.minor}"},
    }
    (folder / "capture.json").write_text(json.dumps(capture, indent=1))
    return folder
