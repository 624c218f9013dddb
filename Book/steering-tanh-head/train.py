import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(17)
rng = np.random.default_rng(23)
x = rng.normal(size=(500, 6)).astype("float32")
angle = np.tanh(0.8 * x[:, 0] - 0.5 * x[:, 1] + 0.3 * x[:, 2] * x[:, 3]).astype("float32")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(32, activation="tanh"),
    layers.Dense(16, activation="tanh"),
    layers.Dense(1, activation="tanh"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse")
model.fit(x, angle, epochs=60, batch_size=25, validation_split=0.2, verbose=2)
