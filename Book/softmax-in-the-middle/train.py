import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(46)
rng = np.random.default_rng(61)
x = rng.normal(size=(500, 12)).astype("float32")
y = (x @ rng.normal(size=(12, 6)) + 0.2 * rng.normal(size=(500, 6))).argmax(axis=1)

model = keras.Sequential([
    keras.Input((12,)),
    layers.Dense(40, activation="softmax"),
    layers.Dense(40, activation="softmax"),
    layers.Dense(6, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=25, validation_split=0.2, verbose=2)
