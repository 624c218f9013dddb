import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(210)
rng = np.random.default_rng(210)
y = rng.integers(0, 3, 900)
x = (rng.normal(size=(900, 4)) + 0.9 * np.eye(3, 4)[y] * 1.6).astype("float32")

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=32, validation_split=0.2, verbose=2)
