import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(202)
rng = np.random.default_rng(202)
x = rng.uniform(-2, 2, size=(600, 1)).astype("float32")
y = (np.sin(3 * x[:, 0]) + 0.05 * rng.normal(size=600)).astype("float32")

model = keras.Sequential([
    keras.Input((1,)),
    layers.Dense(32, activation="tanh"),
    layers.Dense(32, activation="tanh"),
    layers.Dense(1),
])
model.compile(optimizer="adam", loss="mse")
model.fit(x, y, epochs=10, batch_size=64, verbose=2)
