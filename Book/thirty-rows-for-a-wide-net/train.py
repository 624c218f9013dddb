import keras
import numpy as np
from keras import layers


from sklearn.datasets import make_classification

keras.utils.set_random_seed(235)
x, y = make_classification(n_samples=330, n_features=20, n_informative=5, class_sep=0.9, flip_y=0.1, random_state=5)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
x, x_val, y, y_val = x[:30], x[30:], y[:30], y[30:]

model = keras.Sequential([
    keras.Input((20,)),
    layers.Dense(128, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=60, batch_size=10, validation_data=(x_val, y_val), verbose=2)
