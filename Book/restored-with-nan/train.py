import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(36)
rng = np.random.default_rng(41)
x = rng.normal(size=(360, 7)).astype("float32")
y = (x[:, 0] + x[:, 1] * x[:, 2] > 0).astype("int64")

model = keras.Sequential([
    keras.Input((7,)),
    layers.Dense(20, activation="relu", name="encoder"),
    layers.Dense(10, activation="relu", name="middle"),
    layers.Dense(1, activation="sigmoid", name="decision"),
])
# What an earlier run, which had diverged, left behind.
kernel, bias = model.get_layer("middle").get_weights()
bias[4] = np.nan
model.get_layer("middle").set_weights([kernel, bias])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=5, batch_size=18, verbose=2)
