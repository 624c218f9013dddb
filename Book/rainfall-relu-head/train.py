import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(7)
rng = np.random.default_rng(22)
x = rng.normal(size=(480, 5)).astype("float32")
rain = np.maximum(0, 1.0 + x @ [0.9, -0.4, 0.3, 0.0, 0.2] + 0.1 * rng.normal(size=480)).astype("float32")

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(32, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(1, activation="relu", bias_initializer="ones"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse", metrics=["mae"])
model.fit(x, rain, epochs=50, batch_size=24, validation_split=0.2, verbose=2)
