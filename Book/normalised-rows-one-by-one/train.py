import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_iris

keras.utils.set_random_seed(218)
x, y = load_iris(return_X_y=True)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
order = np.random.default_rng(1).permutation(len(x))
x, y = x[order], y[order]

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(16, activation="relu"),
    layers.BatchNormalization(),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=10, batch_size=1, verbose=2)
