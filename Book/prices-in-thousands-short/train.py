import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(237)
rng = np.random.default_rng(237)
x = rng.normal(size=(1200, 6)).astype("float32")
y = (1.5 * x[:, 0] - x[:, 1] + 0.3 * np.sin(2 * x[:, 2]) + 0.2 * rng.normal(size=1200)).astype("float32")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse", metrics=["mae"])
model.fit(x, y, epochs=12, batch_size=32, validation_split=0.2, verbose=2)
