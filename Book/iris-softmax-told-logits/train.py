import keras
import numpy as np
from keras import layers

from sklearn.datasets import load_iris

keras.utils.set_random_seed(23)
x, y = load_iris(return_X_y=True)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
order = np.random.default_rng(0).permutation(len(x))
x, y = x[order], y[order]

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(12, activation="tanh"),
    layers.Dense(3, activation="softmax"),
])
model.compile(
    optimizer=keras.optimizers.Adam(0.02),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(x, y, epochs=60, batch_size=15, validation_split=0.2, verbose=2)
