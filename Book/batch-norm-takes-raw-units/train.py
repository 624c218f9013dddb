import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(24)
rng = np.random.default_rng(29)
n = 500
x = np.stack([rng.normal(900, 250, n), rng.normal(15_000, 4_000, n), rng.normal(3, 1, n)], axis=1)
z = (x - x.mean(axis=0)) / x.std(axis=0)
y = (z[:, 0] - z[:, 1] + 0.5 * z[:, 2] + 0.4 * rng.normal(size=n) > 0).astype("int64")

model = keras.Sequential([
    keras.Input((3,)),
    layers.BatchNormalization(momentum=0.9),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=25, validation_split=0.2, verbose=2)
