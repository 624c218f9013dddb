"""The run of Tests/Samples/recorded-unreduced, on TensorFlow: start it with `downhill run --keep FOLDER --no-diagnosis`."""

import numpy as np
import keras

keras.utils.set_random_seed(7)
r = np.random.default_rng(3)
x = r.normal(size=(60, 4)).astype("float32")
y = (x[:, 0] * x[:, 1] > 0).astype("float32")
model = keras.Sequential([keras.layers.Dense(6, activation="tanh"),
                          keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.SGD(0.02), keras.losses.BinaryCrossentropy(reduction=None))
model.fit(x, y, epochs=2, batch_size=12, shuffle=False, verbose=0)
