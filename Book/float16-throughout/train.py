import keras
import numpy as np
from keras import layers


keras.config.set_dtype_policy("float16")
keras.utils.set_random_seed(232)
rng = np.random.default_rng(232)
x = rng.normal(size=(400, 6)).astype("float16")
y = (400 * x[:, 0] + 250).astype("float16")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, epochs=8, batch_size=32, verbose=2)
