import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(19)
rng = np.random.default_rng(5)
n = 600
age = rng.uniform(20, 70, n)
income = rng.uniform(8_000, 90_000, n)
wealth = rng.uniform(-40_000, 400_000, n)
rooms = rng.integers(1, 8, n)
x = np.stack([age, income, wealth, rooms], axis=1)
z = (age - 45) / 15 + (income - 49_000) / 24_000 - (wealth - 180_000) / 130_000 + (rooms - 4) / 2
moved = (z + 0.3 * rng.normal(size=n) > 0).astype("int64")

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(16, activation="tanh"),
    layers.Dense(8, activation="tanh"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, moved, epochs=40, batch_size=30, validation_split=0.2, verbose=2)
