import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(18)
rng = np.random.default_rng(25)
x = rng.uniform(-1, 1, size=(520, 2)).astype("float32")
y = ((x[:, 0] > 0) ^ (x[:, 1] > 0)).astype("float32")

start = keras.initializers.Constant(0.1)
model = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(24, activation="tanh", kernel_initializer=start),
    layers.Dense(24, activation="tanh", kernel_initializer=start),
    layers.Dense(1, activation="sigmoid", kernel_initializer=start),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=60, batch_size=20, verbose=2)
