import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_digits

keras.utils.set_random_seed(238)
x, y = load_digits(return_X_y=True)
x = (x / 16.0).astype("float32")[:500]
y = y[:500]

model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(64, activation="relu"),
    layers.Dropout(0.3),
    layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=32, validation_split=0.3, verbose=2)
