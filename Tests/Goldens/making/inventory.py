"""The public classes and functions of Keras, which the table of coverage is measured against."""

import inspect
import os

import keras
from keras.src import api_export


def classes(module, base=None):
    """Each class once, under the name by which files call it: the first one it is exported under."""
    found = {}
    for name in dir(module):
        value = getattr(module, name)
        if inspect.isclass(value) and (base is None or issubclass(value, base)):
            exported = api_export.get_name_from_symbol(value) or value.__name__
            found.setdefault(exported.split(".")[-1], value)
    return found


# The parts of keras.layers, by the folder that a class is written in.
PARTS = {
    "activations": "Activations", "attention": "Attention", "convolutional": "Convolution",
    "core": "Core", "merging": "Merging", "normalization": "Normalization", "pooling": "Pooling",
    "preprocessing": "Preprocessing", "regularization": "Regularization", "reshaping": "Reshaping",
    "rnn": "Recurrent",
}


def layers():
    groups = {}
    for name, value in classes(keras.layers, keras.layers.Layer).items():
        path = value.__module__.split(".")
        part = path[path.index("layers") + 1] if "layers" in path else "other"
        title = PARTS.get(part, "Other")
        if "image_preprocessing" in path:
            title = "Images"
        groups.setdefault(title, []).append(name)
    return {title: sorted(names) for title, names in sorted(groups.items())}


def functions(module):
    return sorted(
        name for name in dir(module)
        if inspect.isfunction(getattr(module, name)) and name not in ("get", "serialize", "deserialize"))


def make():
    schedule = keras.optimizers.schedules.LearningRateSchedule
    groups = {f"Layers: {title}": names for title, names in layers().items()}
    groups["Losses"] = sorted(classes(keras.losses, keras.losses.Loss))
    groups["Metrics"] = sorted(classes(keras.metrics, keras.metrics.Metric))
    groups["Optimizers"] = sorted(classes(keras.optimizers, keras.optimizers.Optimizer))
    groups["Learning rate schedules"] = sorted(classes(keras.optimizers.schedules, schedule))
    groups["Initializers"] = sorted(classes(keras.initializers, keras.initializers.Initializer))
    groups["Regularizers"] = sorted(classes(keras.regularizers, keras.regularizers.Regularizer))
    groups["Constraints"] = sorted(classes(keras.constraints, keras.constraints.Constraint))
    groups["Activations"] = functions(keras.activations)
    return {"keras": keras.__version__, "groups": groups}
