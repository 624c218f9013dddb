import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(4)
rng = np.random.default_rng(11)
signals = rng.normal(size=(480, 6)).astype("float32")
returns = (signals @ [0.8, -0.6, 0.4, 0.0, 0.3, -0.2] + 0.1 * rng.normal(size=480)).astype("float32")

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(1, activation="relu"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse", metrics=["mae"])
model.fit(signals, returns, validation_split=0.2, epochs=40, batch_size=24, verbose=2)
