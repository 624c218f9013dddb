import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(231)
rng = np.random.default_rng(231)
x = rng.normal(size=(500, 4)).astype("float32")
y = np.exp(0.4 * x[:, 0] - 0.3 * x[:, 1] + 1).astype("float32")

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mape", metrics=["mae"])
model.fit(x, y, epochs=40, batch_size=32, verbose=2)
