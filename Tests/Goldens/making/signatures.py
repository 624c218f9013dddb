"""The arguments of Keras' classes in the order in which they may stand without their names."""

import inspect
import textwrap

import keras

from .inventory import classes

FAMILIES = {
    "layers": (keras.layers, keras.layers.Layer),
    "optimizers": (keras.optimizers, keras.optimizers.Optimizer),
    "optimizers.schedules": (
        keras.optimizers.schedules, keras.optimizers.schedules.LearningRateSchedule),
    "losses": (keras.losses, keras.losses.Loss),
    "initializers": (keras.initializers, keras.initializers.Initializer),
    "regularizers": (keras.regularizers, keras.regularizers.Regularizer),
    "constraints": (keras.constraints, keras.constraints.Constraint),
    "callbacks": (keras.callbacks, keras.callbacks.Callback),
    "metrics": (keras.metrics, keras.metrics.Metric),
}
# Base classes, which nobody makes.
BASES = {
    "Layer", "Wrapper", "Optimizer", "LearningRateSchedule", "Loss", "Initializer", "Regularizer",
    "Constraint", "Callback", "CallbackList", "Metric", "BaseImagePreprocessingLayer",
}


def arguments(cls):
    found = []
    for name, parameter in inspect.signature(cls.__init__).parameters.items():
        if name == "self" or parameter.kind not in (
                parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            continue
        found.append(name)
    return found


def make():
    return {
        family: {
            name: arguments(cls) for name, cls in sorted(classes(module, base).items())
            if name not in BASES}
        for family, (module, base) in FAMILIES.items()}


def swift():
    """The table of the reader of scripts."""
    for family, entries in make().items():
        print(f"\n    # {family}")
        for name, names in entries.items():
            lines = textwrap.wrap(f"{name}: " + " ".join(names), 90, subsequent_indent="  ",
                                  break_on_hyphens=False)
            print("\n".join("    " + line + (" \\" if n + 1 < len(lines) else "")
                            for n, line in enumerate(lines)).rstrip())


if __name__ == "__main__":
    swift()
