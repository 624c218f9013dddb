import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(5)
rng = np.random.default_rng(14)
x = rng.normal(size=(400, 5)).astype("float32")
y = np.where(x @ [1.0, -2.0, 0.5, 0.0, 1.5] + 0.8 * rng.normal(size=400) > 0, 1, -1)

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=20, validation_split=0.25, verbose=2)
