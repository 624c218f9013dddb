import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_digits

keras.utils.set_random_seed(201)
x, y = load_digits(return_X_y=True)
x = (x / 16.0).astype("float32")[:1400]
y = y[:1400]

model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=2, batch_size=128, validation_split=0.2, verbose=2)
