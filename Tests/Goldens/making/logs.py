"""What Keras prints while it trains, byte by byte, with the history and the losses of single batches."""

import contextlib
import io
import time

import keras
import numpy as np
from keras import layers as L

ROWS, BATCH, EPOCHS = 60, 10, 3


class BatchLosses(keras.callbacks.Callback):
    """The loss of each batch alone: Keras hands out the running mean of the epoch."""

    def __init__(self):
        super().__init__()
        self.epochs = []

    def on_epoch_begin(self, epoch, logs=None):
        self.total, self.losses = 0.0, []
        self.epochs.append(self.losses)

    def on_train_batch_end(self, batch, logs=None):
        mean = float(logs["loss"])
        self.losses.append(mean * (batch + 1) - self.total)
        self.total = mean * (batch + 1)
        # The bar is drawn anew only after so long.
        time.sleep(0.06)


def run(verbose, loss="mse", rate=0.05, validation=True):
    keras.utils.set_random_seed(3)
    random = np.random.default_rng(3)
    x = random.normal(size=(ROWS, 4)).astype("float32")
    y = (x @ random.normal(size=(4, 1)) + 2).astype("float32")
    model = keras.Sequential([keras.Input((4,)), L.Dense(6, activation="tanh"), L.Dense(1)])
    model.compile(keras.optimizers.SGD(rate), loss, metrics=["mae"])
    batches = BatchLosses()
    console = io.StringIO()
    with contextlib.redirect_stdout(console):
        history = model.fit(
            x, y, batch_size=BATCH, epochs=EPOCHS, verbose=verbose, shuffle=False,
            validation_data=(x[:10], y[:10]) if validation else None, callbacks=[batches])
    return {
        "text": console.getvalue(), "batches": batches.epochs,
        "history": {k: [float(v) for v in values] for k, values in history.history.items()},
    }


def make():
    return [
        {"name": "bars", **run(1)},
        {"name": "lines", **run(2)},
        {"name": "bars_to_nan", **run(1, rate=1e18, validation=False)},
    ]
