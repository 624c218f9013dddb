"""Five steps of optimizers on the parameters of a small model: matrices, vectors, a table."""

import keras
import numpy as np
from keras import layers as L
from keras import optimizers as O

from .writing import plain_config

STEPS = 5


def cases():
    yield O.ScheduleFreeAdamW()
    yield O.ScheduleFreeAdamW(0.1, beta_1=0.8, beta_2=0.99, epsilon=1e-6, weight_decay=0.1)
    yield O.ScheduleFreeAdamW(0.1, warmup_steps=3, clipnorm=0.5)
    yield O.ScheduleFreeAdamW(0.1, gradient_accumulation_steps=2)
    yield O.Muon(0.1)
    yield O.Muon(0.1, exclude_layers=["^.*last/ker", "nothing"], exclude_embeddings=False,
                 nesterov=False, rms_rate=None, adam_lr_ratio=0.5)
    yield O.Muon(0.1, weight_decay=None, adam_weight_decay=0.2, ns_steps=3, momentum=0.8,
                 muon_a=3.0, muon_b=-4.0, muon_c=2.0, adam_beta_1=0.8, adam_beta_2=0.9, epsilon=1e-4)
    # What depends on the shape of a parameter has more than vectors to show.
    yield O.Adafactor(0.1)
    yield O.Lamb(0.1)
    yield O.Adam(0.1, global_clipnorm=0.5)


def parameters():
    """The variables of a model, whose paths some optimizers look at."""
    model = keras.Sequential([
        keras.Input((3,)), L.Embedding(4, 2, name="words"), L.Flatten(), L.Dense(3, name="hidden"),
        L.Reshape((3, 1)), L.Conv1D(2, 2, name="conv"), L.Flatten(), L.Dense(2, name="last")], name="m")
    return model.trainable_variables


def entry(optimizer):
    random = np.random.default_rng(4)
    variables = parameters()
    for variable in variables:
        variable.assign(random.normal(0, 0.8, variable.shape).round(3))
    start = [{"path": v.path, "value": np.asarray(v.value)} for v in variables]
    gradients, after = [], []
    for _ in range(STEPS):
        step = [random.normal(0, 0.5, v.shape).astype("float32").round(3) for v in variables]
        gradients.append(step)
        optimizer.apply([keras.ops.convert_to_tensor(g) for g in step], variables)
        after.append([np.array(v.value) for v in variables])
    saved = [{"path": v.path, "value": np.asarray(v.value)} for v in optimizer.variables]
    return {
        "class_name": type(optimizer).__name__, "config": plain_config(optimizer.get_config()),
        "variables": start, "gradients": gradients, "after": after, "saved": saved,
    }


def make():
    entries = []
    for optimizer in cases():
        entries.append(entry(optimizer))
        keras.backend.clear_session()
    return entries
