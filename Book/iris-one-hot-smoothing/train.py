import keras
import numpy as np
from keras import layers

from sklearn.datasets import load_iris

keras.utils.set_random_seed(37)
x, y = load_iris(return_X_y=True)
x = ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")
order = np.random.default_rng(5).permutation(len(x))
x, y = x[order], keras.utils.to_categorical(y[order], 3)

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(16, activation="elu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(
    optimizer=keras.optimizers.Adam(0.02),
    loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
    metrics=["accuracy"],
)
model.fit(x, y, epochs=40, batch_size=15, validation_split=0.2, verbose=2)
