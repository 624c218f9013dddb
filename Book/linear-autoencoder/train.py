import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(41)
rng = np.random.default_rng(45)
factors = rng.normal(size=(450, 3))
x = (factors @ rng.normal(size=(3, 12)) / np.sqrt(3) + 0.1 * rng.normal(size=(450, 12))).astype("float32")

model = keras.Sequential([
    keras.Input((12,)),
    layers.Dense(3, name="code"),
    layers.Dense(12, name="decoded"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, x, epochs=60, batch_size=30, validation_split=0.2, verbose=2)
