import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(234)
rng = np.random.default_rng(234)
x = rng.normal(size=(600, 5)).astype("float32")
y = (x @ np.array([1.0, -1.0, 0.5, 0.0, 0.7]) + 0.05 * rng.normal(size=600)).astype("float32")
x[[40, 222, 391]] *= 1000

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
model.fit(x, y, epochs=25, batch_size=32, verbose=2)
