import keras
import numpy as np
from keras import layers


from sklearn.datasets import make_blobs

keras.utils.set_random_seed(208)
x, y = make_blobs(n_samples=900, n_features=6, centers=4, cluster_std=2.0, random_state=208)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
x, x_val, y, y_val = x[:600], x[600:], y[:600], y[600:]
rng = np.random.default_rng(208)
wrong = rng.random(len(y)) < 0.5
y[wrong] = rng.integers(0, 4, wrong.sum())

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=60, batch_size=32, validation_data=(x_val, y_val), verbose=2)
