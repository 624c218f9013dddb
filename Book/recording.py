"""Runs a training program under real Keras and records its first call of `fit` as a capture.

    python recording.py train.py capture/

The capture holds what `downhill` reads: `capture.json`, `model.keras` (weights and compile arguments
as they were when `fit` was called), `data.npz`, `history.json` and `log.txt`.
"""

import contextlib
import inspect
import io
import json
import os
import runpy
import sys
import traceback
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras  # noqa: E402
import numpy as np  # noqa: E402

# What is recorded of a callback, where it has it: all of it plain numbers and strings.
CALLBACK_SETTINGS = [
    "monitor", "patience", "min_delta", "restore_best_weights", "start_from_epoch", "baseline",
    "factor", "cooldown", "min_lr", "mode", "swap_on_epoch",
]


def describe(callback):
    """The class' name alone, or with its settings where Keras lets them be known."""
    name = type(callback).__name__
    settings = {k: getattr(callback, k) for k in CALLBACK_SETTINGS if hasattr(callback, k)}
    return {"class_name": name, "config": settings} if settings else name


def order_of(model, key, names):
    """The keys of a dictionary of inputs or outputs as the model file has them, else their names."""
    try:
        layers = model.get_config().get(key)
    except NotImplementedError:
        layers = None
    return list(layers) if isinstance(layers, dict) else names


def flat(name, value, order, suffix=""):
    """One array under its name, or several under numbered names in the model's order."""
    if value is None:
        return {}
    if isinstance(value, dict):
        # Names of another kind (of layers, say) say nothing of the order.
        keys = [k for k in order if k in value] if set(value) <= set(order) else list(value)
        value = [value[key] for key in keys]
    if isinstance(value, (list, tuple)) and value and hasattr(value[0], "shape"):
        if len(value) > 1:
            return {f"{name}{i}{suffix}": np.asarray(v) for i, v in enumerate(value)}
        value = value[0]
    return {name + suffix: np.asarray(value)}


def arrays(model, bound):
    inputs = order_of(model, "input_layers", [x.name for x in getattr(model, "inputs", None) or []])
    outputs = order_of(model, "output_layers", getattr(model, "output_names", None) or [])
    sets = [(bound.get("x"), bound.get("y"), bound.get("sample_weight"), "")]
    validation = bound.get("validation_data")
    if validation is not None:
        sets.append((*validation, None)[:3] + ("_val",))
    found = {}
    for x, y, weights, suffix in sets:
        found |= flat("x", x, inputs, suffix) | flat("y", y, outputs, suffix)
        found |= flat("sample_weight", weights, outputs, suffix)
    return found


def arguments(bound):
    names = ["epochs", "batch_size", "validation_split", "shuffle", "class_weight",
             "initial_epoch", "steps_per_epoch", "validation_steps", "validation_batch_size",
             "validation_freq"]
    given = {k: bound[k] for k in names if k in bound and bound[k] is not None}
    if "class_weight" in given:
        given["class_weight"] = {str(k): float(v) for k, v in given["class_weight"].items()}
    return {**given, "callbacks": [describe(c) for c in bound.get("callbacks") or []]}


class Recorder:
    """Stands in for `Model.fit`, and hands every call on to it unchanged."""

    def __init__(self, script, folder):
        self.folder = folder
        self.original = keras.Model.fit
        self.capture = {
            "schema": "downhill.capture/1", "status": "raised", "error": None, "fit": {},
            "script": {"path": os.path.relpath(script, folder)},
            "environment": {
                "keras": keras.__version__, "backend": keras.backend.backend(),
                "python": f"{sys.version_info.major}.{sys.version_info.minor}",
            },
        }
        self.history = {}

    def fit(self, model, *positional, **named):
        call = inspect.signature(self.original).bind(model, *positional, **named).arguments
        if self.capture["fit"]:
            return self.original(model, *positional, **named)
        self.capture["fit"] = arguments(call)
        model.save(self.folder / "model.keras")
        np.savez_compressed(self.folder / "data.npz", **arrays(model, call))
        history = self.original(model, *positional, **named)
        self.history = history.history
        self.capture["status"] = "finished"
        return history


def record(script, folder):
    folder.mkdir(parents=True, exist_ok=True)
    recorder = Recorder(script, folder)
    keras.Model.fit = lambda model, *a, **k: recorder.fit(model, *a, **k)
    console = io.StringIO()
    with contextlib.redirect_stdout(console):
        try:
            runpy.run_path(str(script), run_name="__main__")
        except Exception as error:
            recorder.capture["error"] = f"{type(error).__name__}: {error}"
            console.write(traceback.format_exc(limit=0))
    history = {k: [float(v) for v in values] for k, values in recorder.history.items()}
    (folder / "capture.json").write_text(json.dumps(recorder.capture, indent=1) + "\n")
    (folder / "history.json").write_text(json.dumps(history, sort_keys=True) + "\n")
    (folder / "log.txt").write_text(console.getvalue())
    return history


if __name__ == "__main__":
    record(Path(sys.argv[1]), Path(sys.argv[2]))
