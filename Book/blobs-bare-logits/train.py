import keras
import numpy as np
from keras import layers

from sklearn.datasets import make_blobs

keras.utils.set_random_seed(12)
x, y = make_blobs(n_samples=500, centers=5, n_features=3, cluster_std=1.8, random_state=6)
x = (x - x.mean(axis=0)) / x.std(axis=0)

model = keras.Sequential([
    keras.Input((3,)),
    layers.Dense(40, activation="relu"),
    layers.Dense(20, activation="relu"),
    layers.Dense(5),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=25, validation_split=0.2, verbose=2)
