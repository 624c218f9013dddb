import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(52)
rng = np.random.default_rng(19)
x = rng.normal(size=(450, 8)).astype("float32")
y = (x @ [1.5, -1.0, 0.5, 0, 0, 0.3, 0, 0] + 0.2 * rng.normal(size=450)).astype("float32")

strong = keras.regularizers.L1(1.0)
model = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(32, activation="relu", kernel_regularizer=strong),
    layers.Dense(16, activation="relu", kernel_regularizer=strong),
    layers.Dense(1, kernel_regularizer=strong),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse", metrics=["mse"])
model.fit(x, y, epochs=30, batch_size=30, validation_split=0.2, verbose=2)
