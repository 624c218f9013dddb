"""Applies the edits of a report that no model file can hold: those of the data and of `fit`."""

import keras
import numpy as np


def scale_x(data, how):
    mean, spread = data["x"].mean(axis=0), data["x"].std(axis=0)
    if how == "min-max":
        mean, spread = data["x"].min(axis=0), np.ptp(data["x"], axis=0)
    spread = np.where(spread == 0, 1, spread)
    return {**data, **{k: (data[k] - mean) / spread for k in ("x", "x_val") if k in data}}


def scale_y(data, how):
    mean, spread = data["y"].mean(axis=0), data["y"].std(axis=0)
    return {**data, **{k: (data[k] - mean) / spread for k in ("y", "y_val") if k in data}}


def map_y(data, how):
    codes = np.unique(data["y"]) if "codes" in how else None

    def mapped(y):
        if codes is not None:
            y = np.searchsorted(codes, y)
        if "argmax" in how:
            y = y.argmax(axis=-1)
        if "subtract" in how:
            y = y - how["subtract"]
        if "divide" in how:
            y = y / how["divide"]
        if "one_hot" in how:
            y = keras.utils.to_categorical(y, how["one_hot"])
        return y

    return {**data, **{k: mapped(data[k]) for k in ("y", "y_val") if k in data}}


def drop_rows(data, how):
    def finite(array):
        return np.isfinite(array.reshape(len(array), -1).astype("float64")).all(axis=1)

    edited = dict(data)
    if isinstance(how, dict):
        # Rows of the user's training array: `validation_split` takes its rows from the end of it.
        return {**data, **{k: np.delete(data[k], how["rows"], 0) for k in ("x", "y")}}
    for x, y in (("x", "y"), ("x_val", "y_val")):
        if x in data:
            keep = finite(data[x]) & finite(data[y])
            edited[x], edited[y] = data[x][keep], data[y][keep]
    return edited


def fill_x(data, how):
    return {**data, **{k: np.where(np.isfinite(data[k]), data[k], how) for k in ("x", "x_val")
                       if k in data}}


KNOWN = {
    "data.x.scale": scale_x, "data.y.scale": scale_y, "data.y.map": map_y,
    "data.drop_rows": drop_rows, "data.x.fill": fill_x,
}


def apply(remedy, data, fit):
    """Data and arguments of `fit` after the edits; an edit not known here is run as its Python line."""
    lines = remedy.get("python") or [None] * len(remedy["edits"])
    for edit, line in zip(remedy["edits"], lines):
        target = edit["target"]
        if target in KNOWN:
            data = KNOWN[target](data, edit["to"])
        elif target.startswith("data."):
            if not line:
                raise ValueError(f"the report gives no Python line for {target}")
            space = {"np": np, "keras": keras, **data}
            exec(line, space)
            data = {k: space[k] for k in data}
        elif target.startswith("fit."):
            fit = {**fit, target.removeprefix("fit."): edit["to"]}
    return data, fit
