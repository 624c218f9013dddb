import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(33)
rng = np.random.default_rng(44)
x = rng.normal(size=(500, 8)).astype("float32")
y = (np.tanh(x[:, 0] * 1.5) + 0.5 * x[:, 1] - 0.4 * x[:, 2] * x[:, 3]).astype("float32")

model = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=1.0), loss="mse", metrics=["mae"])
model.fit(x, y, epochs=25, batch_size=20, validation_split=0.2, verbose=2)
