import keras
import numpy as np
from keras import layers

from sklearn.datasets import make_blobs

keras.utils.set_random_seed(34)
x, y = make_blobs(n_samples=450, centers=5, n_features=4, cluster_std=1.5, random_state=10)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(6, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(x, y.astype("int32"), epochs=25, batch_size=25, validation_split=0.2, verbose=2)
