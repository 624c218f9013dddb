import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(53)
rng = np.random.default_rng(65)
raw = rng.lognormal(0, 1.1, size=(520, 5))
x = ((raw - raw.mean(axis=0)) / raw.std(axis=0)).astype("float32")
y = (np.log(raw) @ [0.8, -0.6, 0.4, 0.3, 0.0] + 0.4 * rng.normal(size=520) > 0).astype("int64")

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=35, batch_size=26, validation_split=0.2, verbose=2)
