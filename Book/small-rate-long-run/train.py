import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(39)
rng = np.random.default_rng(43)
x = rng.normal(size=(400, 5)).astype("float32")
y = (x @ [0.5, -0.3, 0.8, 0.0, 0.2] + 0.05 * rng.normal(size=400)).astype("float32")

model = keras.Sequential([
    keras.Input((5,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(2e-4), loss="mse")
model.fit(x, y, epochs=250, batch_size=20, validation_split=0.2, verbose=2)
