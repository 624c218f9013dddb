import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(55)
rng = np.random.default_rng(69)
t = np.arange(560)
demand = np.sin(2 * np.pi * t / 24) + 0.4 * np.sin(2 * np.pi * t / 7) + 0.1 * rng.normal(size=560)
windows = np.stack([demand[i : i + 24] for i in range(len(demand) - 24)])[:, :, None].astype("float32")
following = demand[24:].astype("float32")

model = keras.Sequential([
    keras.Input((24, 1)),
    layers.Flatten(),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse", metrics=["mae"])
model.fit(
    windows, following, epochs=40, batch_size=32, validation_split=0.2, shuffle=False, verbose=2,
    callbacks=[keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=4, min_lr=1e-4)],
)
