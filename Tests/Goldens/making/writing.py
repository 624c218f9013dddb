"""Writes golden files: arrays as shape and flat data, floats as the shortest text of a float32."""

import json

import numpy as np


def number(value):
    value = np.float32(value)
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    text = np.format_float_scientific(value, trim="-", unique=True)
    plain = str(value)
    return min(text.replace("e+", "e"), plain, key=len)


def encode(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(k))}: {encode(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(encode(v) for v in value) + "]"
    if isinstance(value, np.ndarray):
        if np.issubdtype(value.dtype, np.integer) or value.dtype == bool:
            data = ",".join(str(int(v)) for v in value.ravel())
        else:
            data = ",".join(number(v) for v in value.ravel())
        shape = json.dumps(list(value.shape))
        return '{"shape": ' + shape + ', "data": [' + data + "]}"
    if isinstance(value, np.floating):
        return number(value)
    if isinstance(value, np.integer):
        return str(int(value))
    return json.dumps(value)


def write(path, value):
    if isinstance(value, list):
        body = "[\n" + ",\n".join(encode(v) for v in value) + "\n]\n"
    else:
        rows = [f"{json.dumps(str(k))}: {encode(v)}" for k, v in value.items()]
        body = "{\n" + ",\n".join(rows) + "\n}\n"
    json.loads(body)
    with open(path, "w") as file:
        file.write(body)


def plain_config(value):
    """A configuration without the ids of shared objects, which differ from run to run."""
    if isinstance(value, dict):
        return {k: plain_config(v) for k, v in value.items() if k != "shared_object_id"}
    if isinstance(value, (list, tuple)):
        return [plain_config(v) for v in value]
    if hasattr(value, "shape") and hasattr(value, "tolist"):
        # As Keras writes arrays into files.
        return {"class_name": "__tensor__", "config": {
            "value": value.tolist(), "dtype": str(value.dtype)}}
    return value
