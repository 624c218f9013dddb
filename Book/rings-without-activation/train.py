import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(13)
rng = np.random.default_rng(16)
radius = np.repeat([0.5, 1.2, 1.9], 180) + 0.08 * rng.normal(size=540)
angle = rng.uniform(0, 2 * np.pi, 540)
x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
y = np.repeat([0, 1, 2], 180)

model = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(48),
    layers.Dense(24),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x, y, epochs=50, batch_size=30, verbose=2)
