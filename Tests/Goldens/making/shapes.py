"""Which shapes every layer takes and what comes out, and which it refuses: asked of a symbolic call and of a
real one."""

import copy
import json
from pathlib import Path

import keras
import numpy as np

HERE = Path(__file__).resolve().parent.parent
FILES = ["layers", "images", "categories"]
MODELS = ["sequence_masks", "sequence_recurrent", "sequence_attention", "sequence_operators", "spectral"]
# Of each class so many layers with other arguments.
MOST = 2
BATCH = 2
# Layers whose inputs are arguments of their own.
SPREAD = {"MultiHeadAttention", "GroupQueryAttention"}
# Arguments that no shape depends on.
WITHOUT_SHAPE = ("initializer", "regularizer", "constraint")


def entries(file):
    return json.loads((HERE / f"{file}.json").read_text())


def lean(value):
    """A configuration without the arguments that no shape depends on."""
    if isinstance(value, dict):
        return {k: lean(v) for k, v in value.items()
                if k not in ("dtype", "trainable", "seed", "build_config", "registered_name", "quantization_config")
                and not k.endswith(WITHOUT_SHAPE)}
    return [lean(v) for v in value] if isinstance(value, list) else value


def samples():
    """(class, configuration, rows) of layers in the golden files."""
    found, counts = [], {}

    def add(name, config, rows):
        config = lean(config)
        key = json.dumps([name, {k: v for k, v in config.items() if k != "name"}, rows], sort_keys=True)
        if counts.setdefault(name, {}).get(key) or len(counts[name]) >= MOST or name == "InputLayer":
            return
        counts[name][key] = True
        found.append((name, config, rows))

    def visit(value):
        if isinstance(value, dict):
            name = value.get("class_name")
            if isinstance(value.get("config"), dict) and isinstance(name, str) and "inbound_nodes" in value:
                if value.get("module") == "keras.layers" and hasattr(keras.layers, name):
                    add(name, value["config"], rows_of(value))
            for inner in value.values():
                visit(inner)
        elif isinstance(value, list):
            for inner in value:
                visit(inner)

    for file in FILES:
        for entry in entries(file):
            shapes = [list(v["shape"][1:]) for v in entry.get("inputs", [])]
            if "image" in entry:
                shapes = [list(entry["image"]["shape"])]
            if "input_value" in entry:
                shapes = [[10, 50]]
            if shapes:
                add(entry["class_name"], entry.get("config") or {}, shapes)
    for file in MODELS:
        for entry in entries(file):
            layers = entry["config"]["config"]["layers"]
            if entry["config"]["class_name"] == "Sequential":
                for layer in layers:
                    shape = (layer.get("build_config") or {}).get("input_shape")
                    if shape and not isinstance(shape[0], list) and shape[0] is None and None not in shape[1:]:
                        add(layer["class_name"], layer["config"], [shape[1:]])
            visit(layers)
    return found


def rows_of(layer):
    """The shapes of the tensors of the first call."""
    shapes = []

    def visit(value):
        if isinstance(value, dict):
            if value.get("class_name") == "__keras_tensor__":
                shapes.append(value["config"]["shape"][1:])
                return
            for inner in value.values():
                visit(inner)
        elif isinstance(value, list):
            for inner in value:
                visit(inner)

    calls = layer["inbound_nodes"]
    visit(calls[0]["args"] if calls else [])
    return shapes


def variations(rows):
    """Shapes near those that fit: other ranks, other extents, other numbers of inputs."""
    def each(change):
        return [change(list(row)) for row in rows]

    yield rows
    yield each(lambda row: [])
    yield each(lambda row: row[:-1])
    yield each(lambda row: row[1:])
    yield each(lambda row: row + [3])
    yield each(lambda row: row + [2, 2, 2])
    yield each(lambda row: [3] + row)
    yield each(lambda row: [extent + 1 for extent in row])
    yield each(lambda row: row[:-1] + [row[-1] + 1] if row else [])
    yield each(lambda row: [row[0] + 1] + row[1:] if row else [])
    yield each(lambda row: [1 for _ in row])
    yield each(lambda row: row[:-1] + [1] if row else [])
    yield each(lambda row: [1] + row[1:] if row else [])
    if len(rows) > 1:
        yield [[extent + 2 for extent in rows[0]]] + rows[1:]
        yield [rows[0] + [3]] + rows[1:]
        yield [rows[0][:-1]] + rows[1:]
        yield rows[:-1]
        yield rows + rows[:1]
    else:
        yield rows + rows


def outcome(name, config, rows):
    """The rows that come out, or why nothing does that one could go on with."""
    def layer():
        # Keras takes configurations apart while it reads them.
        return keras.layers.deserialize({
            "module": "keras.layers", "class_name": name, "config": copy.deepcopy(config), "registered_name": None})

    def called(inputs):
        if name in SPREAD:
            return layer()(*inputs)
        return layer()(inputs if len(inputs) > 1 else inputs[0])

    try:
        made = called([keras.Input(tuple(row)) for row in rows])
        symbolic = [list(v.shape[1:]) for v in (made if isinstance(made, (list, tuple)) else [made])]
    except Exception as error:
        return None, str(error)
    try:
        real = called([np.zeros((BATCH, *row), "float32") for row in rows])
        real = [list(v.shape[1:]) for v in (real if isinstance(real, (list, tuple)) else [real])]
    except Exception as error:
        return None, str(error)
    # Layers behind it would be built for one shape and be given another.
    return (real, "") if real == symbolic else (None, f"declares {symbolic}, computes {real}")


def make():
    result = []
    for name, config, rows in samples():
        cases, seen = [], []
        for changed in variations(rows):
            if changed in seen:
                continue
            seen.append(changed)
            made, why = outcome(name, config, changed)
            # An array without numbers is nothing that anyone trains on.
            if made is not None and any(0 in shape for shape in made):
                continue
            case = {"rows": changed, "result": made}
            # For whoever wonders why.
            cases.append({**case, "error": " ".join(why.split())[:100]} if made is None else case)
        # What cannot even be made, as Keras does not read what it wrote, says nothing of shapes.
        if cases[0]["result"] is None:
            print(name, cases[0]["error"])
            continue
        result.append({"class_name": name, "config": config, "cases": cases})
        keras.backend.clear_session()
    return result
