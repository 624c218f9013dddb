import keras
import numpy as np
from keras import layers


from sklearn.datasets import load_wine

keras.utils.set_random_seed(203)
x, y = load_wine(return_X_y=True)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
order = np.random.default_rng(2).permutation(len(x))
x, y = x[order], y[order]

model = keras.Sequential([
    keras.Input((13,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=40, batch_size=8, validation_split=0.25, verbose=2)
