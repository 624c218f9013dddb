import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(229)
rng = np.random.default_rng(229)
x = rng.integers(1, 6, size=(800, 4)).astype("float32") - 3
y = (x.sum(axis=1) > 0).astype("int32")

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=25, batch_size=32, validation_split=0.25, verbose=2)
