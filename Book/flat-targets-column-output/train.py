import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(207)
rng = np.random.default_rng(207)
x = rng.normal(size=(400, 5)).astype("float32")
y = (x @ np.array([1.0, -2.0, 0.5, 0.0, 1.5]) + 0.1 * rng.normal(size=400)).astype("float32")

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, epochs=40, batch_size=32, verbose=2)
