import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(47)
rng = np.random.default_rng(53)
x = rng.normal(size=(500, 5)).astype("float32")
score = np.clip(55 + 14 * x[:, 0] + 8 * x[:, 1] - 5 * x[:, 2] + 4 * rng.normal(size=500), 0, 100)

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse", metrics=["mae"])
model.fit(x, score, epochs=50, batch_size=25, validation_split=0.2, verbose=2)
