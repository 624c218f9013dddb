import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(50)
rng = np.random.default_rng(59)
x = rng.normal(size=(800, 4)).astype("float32")
chance = 1 / (1 + np.exp(-(0.6 * x[:, 0] - 0.5 * x[:, 1])))
y = (rng.uniform(size=800) < chance).astype("int64")

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(8, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=20, batch_size=32, validation_split=0.2, verbose=2)
