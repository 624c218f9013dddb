import keras
import numpy as np
from keras import layers


keras.utils.set_random_seed(32)
rng = np.random.default_rng(35)
x = rng.normal(size=(480, 7)).astype("float32")
position = np.stack([2.0 + x[:, 0] - 0.5 * x[:, 1] ** 2, -1.0 + np.sin(2 * x[:, 2]) + x[:, 3]], axis=1)

inputs = keras.Input((7,))
a = layers.Dense(32, activation="relu")(inputs)
b = layers.Dense(32, activation="relu")(a)
joined = layers.Concatenate()([a, b])
model = keras.Model(inputs, layers.Dense(2)(joined))
model.compile(optimizer=keras.optimizers.Adam(0.004), loss="mse", metrics=["mae"])
model.fit(x, position, epochs=40, batch_size=24, validation_split=0.2, verbose=2)
