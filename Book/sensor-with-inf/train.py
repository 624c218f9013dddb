import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(6)
rng = np.random.default_rng(30)
x = rng.normal(size=(450, 8)).astype("float32")
y = (0.8 * x[:, 0] - 0.5 * x[:, 5] + np.sin(x[:, 2])).astype("float32")
# A ratio of two readings, the second of which is sometimes exactly 0.
x[137, 6] = np.inf
x[301, 6] = -np.inf

model = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse")
model.fit(x, y, epochs=8, batch_size=25, verbose=2)
