"""The run of Tests/Samples/recorded-steps: start it with `downhill run --keep FOLDER --no-diagnosis`."""

import numpy as np
import keras

keras.utils.set_random_seed(7)
r = np.random.default_rng(3)
x = r.normal(size=(60, 4)).astype("float32")
y = (x[:, 0] * x[:, 1] > 0).astype("float32")
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(6, activation="tanh"),
                          keras.layers.BatchNormalization(), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "binary_crossentropy")
model.fit(x, y, epochs=2, batch_size=12, class_weight={0: 1.0, 1: 2.0}, verbose=0)
