import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(220)
rng = np.random.default_rng(220)
y = (rng.random(1000) < 0.1).astype("int32")
x = (rng.normal(size=(1000, 5)) + 3.5 * y[:, None] * [1, -1, 0.5, 0, 0]).astype("float32")

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(8, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=20, batch_size=32, validation_split=0.2, verbose=2)
